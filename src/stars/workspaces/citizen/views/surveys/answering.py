"""Answering a survey: page by page, then all answers once more, then sent."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from stars.surveys import operations
from stars.surveys.display import answered_rows
from stars.surveys.forms import SurveyForm
from stars.workspaces.citizen.views.surveys.base import SurveyView


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
