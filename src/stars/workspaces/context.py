"""What every page's frame shows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stars.actors.actor import ANONYMOUS
from stars.people import queries as people
from stars.workspaces import roles
from stars.workspaces.navigation import profile_links


def page(request: HttpRequest) -> dict[str, Any]:
    """Who is signed in, where one can go, how long the session lasts."""
    actor = getattr(request, "actor", ANONYMOUS)
    signed_in = actor.person_id is not None
    in_profile = (
        signed_in
        and not actor.is_staff
        and request.path.startswith("/profils/")
        and people.is_registered(request.user)
    )  # type: ignore[arg-type]
    return {
        "signed_in": signed_in,
        "person_label": actor.label,
        "role_label": roles.WORDS[actor.role] if signed_in else "",
        "role_organisation": actor.organisation,
        "role_choices": roles.choices_for(request) if signed_in else [],
        "role_home": reverse(roles.HOME[actor.role]) if signed_in else "",
        "is_at_work": actor.is_staff,
        "profile_navigation": profile_links(request.path) if in_profile else [],
        "sign_in_choices": [] if signed_in else sign_in_choices(),
        "messages_count": 0,
        "session_seconds": settings.SESSION_IDLE_SECONDS,
        "session_warning": settings.SESSION_WARNING_SECONDS,
        "session_ping_url": reverse("public:session-ping") if signed_in else "",
    }


def sign_in_choices() -> list[dict[str, Any]]:
    """Whom one can sign in as, residents first (manual 2)."""
    return [
        {"label": _("resident"), "url": reverse("public:sign-in-start", args=["iedzivotajs"])},
        {
            "label": _("staff of an institution or authority"),
            "url": reverse("public:sign-in-start", args=["darbinieks"]),
        },
    ]
