"""All surveys of a person, as cards."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from stars.actors.permissions import Permission
from stars.applications.queries.money import sent_in
from stars.common import clock
from stars.surveys import queries
from stars.surveys.models import Invitation
from stars.workspaces.listing import page_of
from stars.workspaces.views import WorkspaceView


def survey_card(invitation: Invitation, today: date) -> dict[str, Any]:
    """A survey as lists show it."""
    definition = invitation.version.definition
    is_open = invitation.submitted_at is None and invitation.version.takes_answers
    return {
        "invitation": invitation,
        "title": definition.title.said(get_language() or ""),
        "programme": invitation.application.programme,
        "is_open": is_open,
        "is_late": is_open and invitation.due_on < today,
        "is_obligatory": definition.is_obligatory,
        "url": reverse("citizen:survey", args=[invitation.public_id]),
    }


class Surveys(WorkspaceView, TemplateView):
    """All that one is asked: to be answered first, the earliest term first; then what was answered or closed."""

    permission = Permission.SURVEY_ANSWER
    template_name = "citizen/surveys/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of cards in two parts."""
        page = page_of(queries.invitations_of(self.actor), self.request.GET)
        cards = [survey_card(invitation, clock.today()) for invitation in page]
        return super().get_context_data(
            heading=_("Surveys"),
            page=page,
            parts=[
                ("open", _("To be answered"), [card for card in cards if card["is_open"]]),
                ("past", _("Answered and closed"), [card for card in cards if not card["is_open"]]),
            ],
            has_ended=queries.has_section(sent_in(self.actor)),
            **kwargs,
        )
