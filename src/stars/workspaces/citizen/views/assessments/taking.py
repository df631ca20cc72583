"""Taking a test: about seven questions a page, each answer kept at once, to be left and taken up anywhere (manual 3.6)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from stars.assessments import operations, queries
from stars.assessments.forms import PageForm, Unreadable, read_answers
from stars.assessments.types import Paper, Question
from stars.people import operations as people
from stars.people import queries as persons
from stars.workspaces.citizen.views.assessments.base import AttemptView

_NOT_OURS = (Unreadable, operations.NoSuchItem, operations.OffScale)
MISSING = "trukst"


class OpenAttemptView(AttemptView):
    """A page of a test that goes on; a finished one leads to its result."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Stale tabs of a finished attempt go to the result."""
        if self.attempt.finished_at is not None:
            return self.finished()
        try:
            return super().dispatch(request, *args, **kwargs)
        except operations.Finished:
            # Another tab finished it while this one was on its way.
            return self.finished()

    def finished(self) -> HttpResponse:
        """To the result."""
        messages.info(self.request, _("This test is finished. Its answers cannot be changed any more."))
        return redirect("citizen:test-result", self.attempt.public_id)

    @cached_property
    def paper(self) -> Paper:
        """What is asked and what was answered."""
        return queries.paper_of(self.attempt)

    def page_url(self, page: int) -> str:
        """Address of a page."""
        return reverse("citizen:test-page", args=[self.attempt.public_id, page])


class GoOn(OpenAttemptView):
    """The address of an attempt."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """To the first question without an answer."""
        return redirect(self.page_url(self.paper.page_to_go_on))


class TestPage(OpenAttemptView):
    """One page of questions."""

    @property
    def number(self) -> int:
        """Which page it is."""
        number: int = self.kwargs["page"]
        return number

    @cached_property
    def questions(self) -> list[Question]:
        """The page's questions; 404 for a page that is not there."""
        keys = self.paper.keys(self.number)
        if not keys:
            raise Http404
        return queries.questions(self.paper, keys)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """What was answered; what a session that ended kept comes first, unless answers came later."""
        if MISSING in request.GET:
            form = PageForm(self.questions, self.known())
            return self.page(form, status=200 if form.is_valid() else 422)
        typed = persons.typed_into(self.person, request.path, since=self.last_answer())
        return self.page(PageForm(self.questions, initial={name: v[-1] for name, v in (typed or {}).items()}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Kept, whole or not; on to the next page when whole, and to the result from the last."""
        form = PageForm(self.questions, request.POST)
        answers = form.answers
        _refuse_strangers(request.POST, form)
        operations.answer_page(self.attempt.public_id, answers, by=self.actor)
        people.forget_typed(self.person, request.path)
        if "later" in request.POST:
            messages.success(request, _("Your answers are kept. You can go on from “Home” at any time."))
            return redirect("citizen:home")
        if not form.is_valid():
            return self.page(form, status=422)
        if self.number < self.paper.pages:
            return redirect(self.page_url(self.number + 1))
        return self.finish()

    def finish(self) -> HttpResponse:
        """Close the attempt; or to the first page that lacks answers."""
        try:
            operations.finish(self.attempt, by=self.actor)
        except operations.Unanswered:
            missing = queries.paper_of(self.attempt).page_to_go_on
            return redirect(f"{self.page_url(missing)}?{MISSING}=1")
        return redirect("citizen:test-result", self.attempt.public_id)

    def known(self) -> dict[str, str]:
        """The answers as if they had just been sent."""
        blank = PageForm(self.questions)
        return {name: field.initial for name, field in blank.fields.items() if field.initial is not None}

    def last_answer(self) -> datetime | None:
        """When the newest answer of this page was given."""
        return max((each.given.at for each in self.questions if each.given), default=None)

    def page(self, form: PageForm, *, status: int = 200) -> HttpResponse:
        """The questions with how far one has come."""
        attempt, paper = self.attempt, self.paper
        context = {
            "heading": self.instrument.label,
            "form": form,
            "bank": attempt.bank,
            "number": self.number,
            "pages": paper.pages,
            "answered": paper.answered,
            "total": len(paper.asked),
            "first": self.questions[0].number,
            "last": self.questions[-1].number,
            "back_url": self.page_url(self.number - 1) if self.number > 1 else "",
            "autosave_url": reverse("citizen:test-keep", args=[attempt.public_id]),
        }
        return render(self.request, "citizen/tests/page.html", context, status=status)


class KeepAnswers(AttemptView):
    """Where the page's script puts each answer."""

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """204 when kept; 409 when the test is finished."""
        try:
            answers = read_answers(request.POST.dict())
            if answers:
                operations.answer_page(public_id, answers, by=self.actor)
            else:
                self.find()
        except _NOT_OURS as strange:
            raise BadRequest from strange
        except operations.Finished:
            return HttpResponse(status=409)
        except operations.NotTheirs as refused:
            self.find()  # for the audit, which tells somebody else's from what is not there
            raise Http404 from refused
        return HttpResponse(status=204)


def _refuse_strangers(data: Mapping[str, str], form: PageForm) -> None:
    """Nobody's browser sends answers to questions that the page does not ask."""
    try:
        sent = set(read_answers(dict(data.items())))
    except Unreadable as strange:
        raise BadRequest from strange
    if not sent <= {each.key for each in form.questions}:
        raise BadRequest
