"""The link of an invitation. Mail programs open links by themselves, so that a button accepts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from stars.actors.permissions import Permission
from stars.organisations import operations
from stars.ui.templatetags.ui import with_latvian
from stars.workspaces import roles
from stars.workspaces.views import WorkspaceView


class AcceptInvitation(WorkspaceView):
    """For whoever is signed in and has accepted the texts, in whatever role they are."""

    permission = Permission.SESSION_USE
    needs_registration = False

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """What one is invited to, and the button."""
        try:
            invitation = operations.open_invitation(token)
        except operations.InvitationNotValid:
            return self._not_valid(request)
        return render(request, "staff/invitation.html", {"invitation": invitation})

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Accept, and begin to work there."""
        try:
            membership = operations.accept(token, self.person, by=self.actor)
        except (operations.InvitationNotValid, operations.PeriodNotInOrder):
            return self._not_valid(request)
        except operations.AlreadyMember:
            messages.info(request, _("You work for this organisation already."))
            return redirect("staff:roles")
        acting = roles.choose(request, self.person, membership.pk)
        if acting is None:
            return redirect("staff:roles")
        messages.success(
            request,
            with_latvian(_("You now work for %(organisation)s."), {"organisation": acting.organisation}),
        )
        return redirect(roles.HOME[acting.role])

    def _not_valid(self, request: HttpRequest) -> HttpResponse:
        return render(request, "staff/invitation.html", {"invitation": None}, status=410)
