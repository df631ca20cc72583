"""What every page's frame shows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stars.actors.actor import ANONYMOUS, Actor
from stars.applications.queries.money import has_purse, sent_in
from stars.people import queries as people
from stars.surveys.queries import has_section
from stars.workspaces import roles
from stars.workspaces.navigation import Link, profile_links, staff_links

# Where the side navigation is that of the work place.
_WORK_PLACES = ("/iestade/", "/agentura/", "/darbs/")


def page(request: HttpRequest) -> dict[str, Any]:
    """Who is signed in, where one can go, how long the session lasts."""
    actor = getattr(request, "actor", ANONYMOUS)
    signed_in = actor.person_id is not None
    return {
        "signed_in": signed_in,
        "person_label": actor.label,
        "role_label": (actor.organisation or _("resident")) if signed_in else "",
        "role_words": roles.WORDS[actor.role] if signed_in else "",
        "role_organisation": actor.organisation,
        "role_choices": roles.choices_for(request) if signed_in else [],
        "profile_navigation": _navigation(request, actor),
        "navigation_label": _("Work place sections") if actor.is_staff else _("Profile sections"),
        "home_label": _("Work place") if actor.is_staff else _("Profile"),
        "home_url": reverse(roles.HOME[actor.role]) if signed_in else "",
        "sign_in_choices": [] if signed_in else sign_in_choices(),
        "messages_count": 0,
        "session_seconds": settings.SESSION_IDLE_SECONDS,
        "session_warning": settings.SESSION_WARNING_SECONDS,
        "session_ping_url": reverse("public:session-ping") if signed_in else "",
    }


def _navigation(request: HttpRequest, actor: Actor) -> list[Link]:
    """The sections beside the page: of the profile, or of the work place."""
    if request.path.startswith(_WORK_PLACES):
        return staff_links(actor, request.path)
    if actor.person_id is None or actor.is_staff or not request.path.startswith("/profils/"):
        return []
    if not people.is_registered(request.user):  # type: ignore[arg-type]
        return []
    sent = sent_in(actor)
    return profile_links(request.path, has_purse=has_purse(actor, sent), has_surveys=has_section(sent))


def sign_in_choices() -> list[dict[str, Any]]:
    """Whom one can sign in as, residents first (manual 2)."""
    return [
        {"label": _("resident"), "url": reverse("public:sign-in-start", args=["iedzivotajs"])},
        {
            "label": _("staff of an institution or authority"),
            "url": reverse("public:sign-in-start", args=["darbinieks"]),
        },
    ]
