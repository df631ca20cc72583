"""Sākums: what to do next, what was begun, and every open application (manual 3.4.1)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from stars.actors.permissions import Permission
from stars.applications import progress, queries
from stars.applications.enums import Status
from stars.applications.models import Application
from stars.common import clock
from stars.workspaces.views import WorkspaceView


class Home(WorkspaceView, TemplateView):
    """The first page of the profile: the person's turns by urgency, then what they began, then what others do."""

    permission = Permission.APPLICATION_FILL
    template_name = "citizen/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Open applications with their ways, drafts, and the next steps in words."""
        opened = queries.open_applications_of(self.actor)
        drafts = queries.drafts_of(self.actor)
        return super().get_context_data(
            given_name=self.person.given_name,
            turns=_turns(opened),
            applications=[_shown(application) for application in opened],
            drafts=drafts,
            email_is_confirmed=self.person.email_confirmed_at is not None,
            email=self.person.email,
            summary=_summary(len(opened), len(drafts), turns=any(map(_turn, opened))),
            **kwargs,
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """Something that waits for the person, and until when."""

    due: datetime
    heading: str
    text: str
    programme: str
    action: str
    url: str


def _turns(opened: list[Application]) -> list[Turn]:
    """What waits for the person, the nearest deadline first."""
    return sorted((turn for turn in map(_turn, opened) if turn), key=lambda turn: turn.due)


def _turn(application: Application) -> Turn | None:
    offer = progress.live_offer(application)
    if offer and offer.offer_due_at:
        due, heading, action = offer.offer_due_at, _("A place is offered to you"), _("Answer the offer")
    elif application.status == Status.RETURNED and application.correction_due_at:
        due, heading = application.correction_due_at, _("The application awaits your correction")
        action = _("Correct the application")
    elif application.regroup_due_at:
        due, heading, action = (
            application.regroup_due_at,
            _("Please choose another group"),
            _("Choose a group"),
        )
    else:
        return None
    return Turn(
        due=due,
        heading=heading,
        text=progress.status_sentence(application),
        programme=application.programme.title,
        action=action,
        url=reverse("citizen:application", args=[application.public_id]),
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


def _summary(opened: int, drafts: int, *, turns: bool) -> str:
    if turns:
        return _("Something waits for you: please look at the deadline.")
    if not opened and not drafts:
        return _("Find a programme and apply: your applications will appear here.")
    if not opened:
        return _("You have begun an application and not sent it yet.")
    return _("Your applications and what happens next with each.")
