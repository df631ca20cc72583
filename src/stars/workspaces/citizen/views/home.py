"""Sākums: what to do next, what was begun, and every open application (manual 3.4.1)."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from stars.actors.permissions import Permission
from stars.applications import progress, queries
from stars.applications.models import Application
from stars.common import clock
from stars.workspaces.views import WorkspaceView


class Home(WorkspaceView, TemplateView):
    """The first page of the profile."""

    permission = Permission.APPLICATION_FILL
    template_name = "citizen/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Open applications with their ways, drafts, and the next steps in words."""
        opened = queries.open_applications_of(self.actor)
        drafts = queries.drafts_of(self.actor)
        return super().get_context_data(
            given_name=self.person.given_name,
            applications=[_shown(application) for application in opened],
            drafts=drafts,
            email_is_confirmed=self.person.email_confirmed_at is not None,
            email=self.person.email,
            summary=_summary(len(opened), len(drafts)),
            **kwargs,
        )


def _shown(application: Application) -> dict[str, Any]:
    closes = application.round.closes_at if application.round else None
    return {
        "application": application,
        "stages": progress.stages(application),
        "sentence": progress.status_sentence(application),
        "colour": progress.colour(application),
        "url": reverse("citizen:application", args=[application.public_id]),
        "may_withdraw": closes is not None and clock.now() < closes,
    }


def _summary(opened: int, drafts: int) -> str:
    if not opened and not drafts:
        return _("Find a programme and apply: your applications will appear here.")
    if not opened:
        return _("You have begun an application and not sent it yet.")
    return _("Your applications and what happens next with each.")
