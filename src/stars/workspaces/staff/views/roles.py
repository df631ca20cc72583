"""In which role one works: the choice, and the page of whoever has none."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from stars.actors.permissions import Permission
from stars.audit import operations as audit
from stars.common.typed import whole_number
from stars.organisations import operations
from stars.organisations import queries as organisations
from stars.organisations.models import Membership
from stars.ui.templatetags.ui import latvian, with_latvian
from stars.workspaces import roles
from stars.workspaces.redirects import safe_next
from stars.workspaces.views import WorkspaceView


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
        # 0 is the number of nobody's membership.
        membership_id = None if given == "" else whole_number(given) or 0
        actor = roles.choose(request, self.person, membership_id)
        if actor is None:
            audit.record(
                "session.role-refused", by=self.actor, subject="person", subject_id=self.actor.person_id
            )
            raise Http404
        return redirect(safe_next(request, request.POST.get("next"), default=reverse(roles.HOME[actor.role])))


class Leave(WorkspaceView):
    """Giving up one's own membership."""

    permission = Permission.SESSION_USE
    needs_registration = False

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        """Ask first."""
        return self._page(request, self._own(number))

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        """End it; the session goes on as a resident's when it worked by this membership."""
        membership = self._own(number)
        try:
            operations.end(membership, by=self.actor)
        except operations.LastAdministrator:
            return self._page(request, membership, is_last=True)
        except Membership.DoesNotExist:
            # A second click: the first has ended it.
            return redirect("staff:roles")
        messages.success(
            request,
            with_latvian(
                _("You do not work for %(organisation)s any more."),
                {"organisation": membership.organisation.name},
            ),
        )
        return redirect("staff:roles")

    def _own(self, number: int) -> Membership:
        membership = organisations.membership(number)
        if membership is None or membership.person_id != self.actor.person_id:
            raise Http404
        return membership

    def _page(self, request: HttpRequest, membership: Membership, *, is_last: bool = False) -> HttpResponse:
        context = {
            "heading": _("Leave the organisation"),
            "lead": latvian(membership.organisation.name),
            "is_last": is_last,
            "back_url": reverse("staff:roles"),
        }
        return render(request, "staff/leave.html", context, status=409 if is_last else 200)
