"""What the pages of one survey share."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stars.actors.permissions import Permission
from stars.surveys import operations, queries
from stars.surveys.answering import missing, visible_steps
from stars.surveys.models import Invitation
from stars.surveys.types import Definition, Question
from stars.workspaces.views import WorkspaceView


class SurveyView(WorkspaceView):
    """A page of one's own survey; somebody else's is a 404 that the audit remembers."""

    permission = Permission.SURVEY_ANSWER
    kwargs: dict[str, Any]

    @cached_property
    def invitation(self) -> Invitation:
        """The survey of the address."""
        public_id: UUID = self.kwargs["public_id"]
        try:
            found = queries.own_invitation(self.actor, public_id)
        except queries.NotYours as foreign:
            operations.note_foreign_look(foreign.invitation_id, by=self.actor)
            raise Http404 from foreign
        if found is None:
            raise Http404
        return found

    @property
    def definition(self) -> Definition:
        """What is asked."""
        return self.invitation.version.definition

    @property
    def language(self) -> str:
        """In which language."""
        return get_language() or ""

    @cached_property
    def answers(self) -> dict[str, list[str]]:
        """What was answered so far."""
        return queries.answers_of(self.invitation)

    @cached_property
    def pages(self) -> dict[int, list[Question]]:
        """The pages that are asked, given the answers so far."""
        return visible_steps(self.definition, self.answers)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Stale tabs of what was sent or closed lead to the survey's own page."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except operations.AlreadySent:
            messages.info(request, _("The survey has been sent already; your answers stay as they are."))
        except operations.Closed:
            messages.info(request, _("The survey is closed and takes no more answers."))
        return redirect("citizen:survey", self.invitation.public_id)

    def must_be_open(self) -> None:
        """Raise `AlreadySent` or `Closed`."""
        if self.invitation.submitted_at is not None:
            raise operations.AlreadySent
        if not self.invitation.version.takes_answers:
            raise operations.Closed

    def url_of(self, number: int) -> str:
        """Address of a page."""
        return reverse("citizen:survey-step", args=[self.invitation.public_id, number])

    @property
    def review_url(self) -> str:
        """Address of the last page."""
        return reverse("citizen:survey-send", args=[self.invitation.public_id])

    def unfinished(self) -> int | None:
        """The first page on which an obligatory answer is missing."""
        left = missing(self.definition, self.answers)
        return next((number for number, page in self.pages.items() if set(left) & set(page)), None)

    def trail(self, current: int | None) -> list[dict[str, Any]]:
        """The pages as the progress shows them, with the review at the end."""
        left = missing(self.definition, self.answers)
        rows = [
            {
                "label": _("Page %(number)s") % {"number": place},
                "url": self.url_of(number),
                "state": "current" if number == current else "todo" if self._is_todo(page, left) else "done",
            }
            for place, (number, page) in enumerate(self.pages.items(), start=1)
        ]
        review = {"label": _("Review"), "url": self.review_url, "state": "todo" if current else "current"}
        return [*rows, review]

    def _is_todo(self, page: list[Question], left: list[Question]) -> bool:
        return any(question in left for question in page) or not any(
            question.code in self.answers for question in page
        )
