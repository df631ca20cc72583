"""The result of a finished test: the page, and the document to take along."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from stars.assessments import queries
from stars.ui.pdf import render_pdf
from stars.ui.templatetags.ui import day
from stars.workspaces.citizen.views.assessments.base import AttemptView, test_address
from stars.workspaces.citizen.views.assessments.results import result_page_of
from stars.workspaces.citizen.views.assessments.results.base import ResultPage
from stars.workspaces.downloads import download


class FinishedAttemptView(AttemptView):
    """A page of an attempt that is finished; an open one goes on."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """There is no result before the end."""
        if self.attempt.finished_at is None:
            messages.info(
                request, _("This test is not finished yet. Its result comes after the last question.")
            )
            return redirect("citizen:test-attempt", self.attempt.public_id)
        return super().dispatch(request, *args, **kwargs)

    @property
    def shown(self) -> ResultPage:
        """How results of this test are shown."""
        return result_page_of(self.instrument)

    def values(self) -> dict[str, Any]:
        """What page and document say."""
        attempt = self.attempt
        return {
            "heading": self.instrument.label,
            "attempt": attempt,
            "bank": attempt.bank,
            "result": attempt.result,
            **self.shown.values(attempt, self.actor),
        }


class Outcome(FinishedAttemptView):
    """The page."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """What came of it, in pictures and words."""
        last = {"label": day(self.attempt.finished_at), "url": ""}
        context = {
            **self.values(),
            "crumbs": self.crumbs(self.instrument_crumb(), last),
            "instrument": self.instrument,
            "test_url": test_address(self.instrument),
            "has_document": bool(self.shown.document),
            "attempts": (attempts := queries.finished_attempts(self.actor, self.instrument).count()),
            "may_compare": self.shown.is_comparable and attempts > 1,
        }
        return render(request, self.shown.template, context)


class OutcomePdf(FinishedAttemptView):
    """The document."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Only of tests that have one."""
        if not self.shown.document:
            raise Http404
        context = {**self.values(), "person": self.person.full_name}
        name = f"{self.instrument.value}-{self.attempt.finished_at:%Y-%m-%d}.pdf"
        return download(render_pdf(self.shown.document, context), name)
