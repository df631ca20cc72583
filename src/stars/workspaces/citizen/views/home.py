"""Sākums: what to do next, what was begun, and every open application (manual 3.4.1)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from stars.actors.permissions import Permission
from stars.applications import progress, queries
from stars.applications.models import Application
from stars.applications.promise import withdrawal_until
from stars.assessments import queries as tests
from stars.common import clock
from stars.surveys.queries import obligatory_unanswered
from stars.workspaces.citizen.views.surveys import survey_card
from stars.workspaces.views import WorkspaceView


class Home(WorkspaceView, TemplateView):
    """The first page of the profile: the person's turns by urgency, then what they began, then what others do."""

    permission = Permission.APPLICATION_FILL
    template_name = "citizen/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Open applications with their ways, drafts, and the next steps in words."""
        opened = queries.open_applications_of(self.actor)
        drafts = queries.drafts_of(self.actor)
        begun = tests.open_attempts(self.actor)
        rows = [_shown(application) for application in opened]
        surveys = [survey_card(each, clock.today()) for each in obligatory_unanswered(self.actor)]
        return super().get_context_data(
            given_name=self.person.given_name,
            waiting=sorted((row for row in rows if row["turn"]), key=lambda row: row["turn"].due),
            applications=[row for row in rows if not row["turn"]],
            drafts=drafts,
            tests=begun,
            surveys=surveys,
            email_is_confirmed=self.person.email_confirmed_at is not None,
            email=self.person.email,
            summary=_summary(
                len(opened),
                len(drafts),
                len(begun),
                turns=bool(surveys) or any(row["turn"] for row in rows),
            ),
            **kwargs,
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """That an application waits for the person: what to do, until when, and where."""

    due: datetime
    action: str
    url: str


def _turn(application: Application) -> Turn | None:
    """What the person has to do about the application; None when others act."""
    page = reverse("citizen:application", args=[application.public_id])
    offer = progress.live_offer(application)
    if offer and offer.offer_due_at:
        return Turn(offer.offer_due_at, _("Answer the offer"), page)
    if application.correction_due_at:
        form = reverse("citizen:application-correct", args=[application.public_id])
        return Turn(application.correction_due_at, _("Correct the application"), form)
    if application.regroup_due_at:
        return Turn(application.regroup_due_at, _("Choose a group"), page)
    return None


def _shown(application: Application) -> dict[str, Any]:
    closes = withdrawal_until(application)
    return {
        "application": application,
        "turn": _turn(application),
        "stages": progress.stages(application),
        "sentence": progress.status_sentence(application),
        "colour": progress.colour(application.status),
        "url": reverse("citizen:application", args=[application.public_id]),
        "may_withdraw": closes is not None and clock.now() < closes,
    }


def _summary(opened: int, drafts: int, tests: int, *, turns: bool) -> str:
    if turns:
        return _("Something waits for you: please look at the deadline.")
    if not opened and drafts:
        return _("You have begun an application and not sent it yet.")
    if not opened and tests:
        return _("You have begun a test and not finished it yet.")
    if not opened:
        return _("Find a programme and apply: your applications will appear here.")
    return _("Your applications and what happens next with each.")
