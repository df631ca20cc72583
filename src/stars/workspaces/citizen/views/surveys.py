"""Anketas (manual 3.7): what one is asked after learning, page by page, and the answers once sent."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from stars.actors.permissions import Permission
from stars.applications.queries.money import sent_in
from stars.common import clock
from stars.surveys import operations, queries
from stars.surveys.answering import missing, visible_steps
from stars.surveys.display import answered_rows
from stars.surveys.forms import SurveyForm
from stars.surveys.models import Invitation
from stars.surveys.types import Definition, Question
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


class SurveyPage(SurveyView):
    """What it is about and until when; once sent, the answers."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The way in, or what was answered."""
        begins = self.url_of(next(iter(self.pages)))
        todo = self.unfinished()
        context = {
            "card": survey_card(self.invitation, clock.today()),
            "intro": self.definition.intro.said(self.language),
            "crumbs": _crumbs(),
            "is_begun": bool(self.answers),
            "continue_url": begins if not self.answers else self.url_of(todo) if todo else self.review_url,
            "rows": answered_rows(_asked(self.pages), self.answers, self.language),
        }
        return render(request, "citizen/surveys/page.html", context)


class SurveyStep(SurveyView):
    """One page of questions."""

    @cached_property
    def number(self) -> int:
        """The page of the address; one that is not asked is not there."""
        number: int = self.kwargs["number"]
        if number not in self.pages:
            raise Http404
        return number

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """With what was answered before."""
        self.must_be_open()
        return self.page(SurveyForm(self.pages[self.number], self.language, answers=self.answers))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """What is right is kept; on to the next page when all is."""
        form = SurveyForm(self.pages[self.number], self.language, request.POST)
        operations.answer(self.invitation, form.kept, by=self.actor)
        if "later" in request.POST:
            messages.success(request, _("Saved. You can go on from “Surveys” at any time."))
            return redirect("citizen:surveys")
        if not form.is_valid():
            return self.page(form, status=422)
        del self.answers, self.pages
        following = next((number for number in self.pages if number > self.number), None)
        return redirect(self.url_of(following) if following else self.review_url)

    def page(self, form: SurveyForm, *, status: int = 200) -> HttpResponse:
        """The questions with the way through the survey."""
        before = [number for number in self.pages if number < self.number]
        context = {
            "heading": self.definition.title.said(self.language),
            "form": form,
            "steps": self.trail(self.number),
            "back_url": self.url_of(before[-1]) if before else "",
            "autosave_url": reverse("citizen:survey-keep", args=[self.invitation.public_id, self.number]),
        }
        return render(self.request, "citizen/surveys/step.html", context, status=status)


class KeepSurveyStep(SurveyStep):
    """Where the page's script puts answers as they are given."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """204 when kept."""
        form = SurveyForm(self.pages[self.number], self.language, request.POST)
        operations.answer(self.invitation, form.kept, by=self.actor)
        return HttpResponse(status=204)


class SendSurvey(SurveyView):
    """All answers with links to correct them; one button sends."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """To the first page with a missing answer, when there is one."""
        self.must_be_open()
        todo = self.unfinished()
        if todo:
            messages.warning(request, _("Some obligatory questions are not answered yet."))
            return redirect(self.url_of(todo))
        parts = [
            {
                "number": place,
                "rows": answered_rows(questions, self.answers, self.language),
                "url": self.url_of(number),
            }
            for place, (number, questions) in enumerate(self.pages.items(), start=1)
        ]
        context = {"heading": _("Review and send"), "steps": self.trail(None), "parts": parts}
        return render(request, "citizen/surveys/review.html", context)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Send; twice is once."""
        try:
            operations.submit(self.invitation, by=self.actor)
        except operations.Unanswered:
            messages.warning(request, _("Some obligatory questions are not answered yet."))
            return redirect(self.url_of(self.unfinished() or next(iter(self.pages))))
        messages.success(request, _("Thank you! Your answers have been sent."))
        return redirect("citizen:survey", self.invitation.public_id)


def _asked(pages: dict[int, list[Question]]) -> list[Question]:
    return [question for page in pages.values() for question in page]


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Surveys"), "url": reverse("citizen:surveys")}, {"label": _("Survey"), "url": ""}]
