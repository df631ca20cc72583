"""The sections of the profile in the manual's order (manual 3.1), and of the work places by what somebody may do.

A section that does not exist yet is absent.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stars.actors.actor import Actor
from stars.actors.permissions import Permission


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the side navigation; one with a `permission` is for whoever holds it."""

    label: str | Promise
    url_name: str
    icon: str
    permission: Permission | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A section as the page draws it."""

    label: str | Promise
    url: str
    icon: str
    current: bool
    count: int = 0


# Appears with the first application in a source that has learning accounts (manual 3.1).
FUNDING = Section(_("Available funding"), "citizen:money", "euro")
# Appears with the first completion or expulsion and stays (manual 3.1 and 3.7).
SURVEYS = Section(_("Surveys"), "citizen:surveys", "survey")
SECTIONS = (
    Section(_("Home"), "citizen:home", "home"),
    Section(_("My profile"), "citizen:profile", "user"),
    FUNDING,
    Section(_("Education programmes"), "citizen:programmes", "book"),
    Section(_("Tests"), "citizen:tests", "chart"),
    SURVEYS,
    Section(_("History of learning and applications"), "citizen:history", "history"),
)

# Work places: each section once, shown to staff who may use it. Institutions and authorities share no permission that
# stands here, so that nobody sees another kind of work place.
STAFF_SECTIONS = (
    Section(_("Work place"), "institution:home", "home", Permission.APPLICATION_ADMIT),
    Section(_("Applicants"), "institution:applicants", "people", Permission.APPLICATION_ADMIT),
    Section(_("Groups"), "institution:groups", "calendar", Permission.APPLICATION_ADMIT),
    Section(_("Programmes"), "institution:programmes", "book", Permission.PROGRAMME_EDIT),
    Section(_("Work place"), "agency:home", "home", Permission.APPLICATION_CHECK),
    Section(_("Applications"), "agency:applications", "people", Permission.APPLICATION_CHECK),
    Section(_("Persons"), "agency:persons", "user", Permission.PERSON_MERGE),
    Section(_("Organisations"), "agency:organisations", "institution", Permission.MEMBER_GRANT),
    Section(_("Team"), "staff:team", "people", Permission.MEMBER_INVITE),
    Section(_("Approval of programmes"), "agency:approvals", "check-circle", Permission.PROGRAMME_APPROVE),
    Section(_("Application rounds"), "agency:rounds", "calendar", Permission.ROUND_MANAGE),
    Section(_("Rules of the funding sources"), "agency:rules", "gear", Permission.RULES_SET),
    Section(_("Tests"), "agency:tests", "chart", Permission.TEST_MANAGE),
    Section(_("Corrections"), "agency:corrections", "euro", Permission.ACCOUNT_CORRECT),
    Section(_("Surveys"), "agency:surveys", "survey", Permission.SURVEY_MANAGE),
)


def profile_links(path: str, *, has_purse: bool, has_surveys: bool) -> list[Link]:
    """The sections of the profile; that of money for whoever has or may have some, surveys after learning."""
    absent = [section for section, is_there in ((FUNDING, has_purse), (SURVEYS, has_surveys)) if not is_there]
    return _links([section for section in SECTIONS if section not in absent], path)


def staff_links(actor: Actor, path: str) -> list[Link]:
    """The sections of the actor's work place; none for somebody who does not work for an organisation."""
    if not actor.is_staff:
        return []
    return _links([section for section in STAFF_SECTIONS if _is_for(section, actor)], path)


def _is_for(section: Section, actor: Actor) -> bool:
    return section.permission is None or actor.may(section.permission)


def _links(sections: Iterable[Section], path: str) -> list[Link]:
    """The longest address that begins the path is the current one."""
    with_urls = [(section, reverse(section.url_name)) for section in sections]
    current = max((url for _section, url in with_urls if path.startswith(url)), key=len, default="")
    return [Link(section.label, url, section.icon, url == current) for section, url in with_urls]
