"""In which role one works: the choice, and the page of whoever has none."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from stars.actors.permissions import Permission
from stars.audit import operations as audit
from stars.workspaces import roles
from stars.workspaces.redirects import safe_next
from stars.workspaces.views import WorkspaceView

_LONGEST_NUMBER = 18


class Roles(WorkspaceView, TemplateView):
    """The role switcher as a page; the header's buttons send their choice here too."""

    permission = Permission.SESSION_USE
    needs_registration = False
    template_name = "staff/roles.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything that the person can be, memberships of today included."""
        roles.begin(self.request, self.person)
        return super().get_context_data(
            heading=_("Choose your role"),
            choices=roles.choices_for(self.request),
            back=safe_next(self.request, self.request.GET.get("next"), default=""),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Change the role. A membership of somebody else, or one that ended, is a 404 and an audit event."""
        given = request.POST.get("membership", "")
        membership_id = None if given == "" else _number(given)
        actor = None if membership_id == 0 else roles.choose(request, self.person, membership_id)
        if actor is None:
            audit.record(
                "session.role-refused", by=self.actor, subject="person", subject_id=self.actor.person_id
            )
            raise Http404
        return redirect(safe_next(request, request.POST.get("next"), default=reverse(roles.HOME[actor.role])))


def _number(text: str) -> int:
    """The number that was sent; 0, which is nobody's, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else 0
