"""The sections of the profile in the manual's order (manual 3.1). A section that does not exist yet is absent."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the side navigation."""

    label: str | Promise
    url_name: str
    icon: str


@dataclass(frozen=True, slots=True)
class Link:
    """A section as the page draws it."""

    label: str | Promise
    url: str
    icon: str
    current: bool
    count: int = 0


SECTIONS = (
    Section(_("Home"), "citizen:home", "home"),
    Section(_("My profile"), "citizen:profile", "user"),
    Section(_("Education programmes"), "citizen:programmes", "book"),
)


def profile_links(path: str) -> list[Link]:
    """The sections, the longest address that begins the path being the current one."""
    urls = [reverse(section.url_name) for section in SECTIONS]
    current = max((url for url in urls if path.startswith(url)), key=len, default="")
    return [
        Link(section.label, url, section.icon, url == current)
        for section, url in zip(SECTIONS, urls, strict=True)
    ]
