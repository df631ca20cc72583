"""The form “Iesniegums piesakoties mācībām”: steps, autosave, review, sending (manual 3.4.1–3.4.3)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from stars.applications import operations
from stars.applications.display import TITLES, programme_rows, sections
from stars.applications.forms import StepForm
from stars.applications.lifecycle import TransitionNotAllowed
from stars.applications.steps import Steps
from stars.people import operations as people
from stars.people import queries
from stars.schemes.eligibility import LEVEL, refusals
from stars.schemes.types import Step
from stars.workspaces.citizen.views.application_base import ApplicationView
from stars.workspaces.citizen.views.rows import person_rows


class DraftView(ApplicationView):
    """A page of a draft; what is sent already leads to its own page."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Stale tabs of a sent application go to the application."""
        if not self.application.is_draft:
            return self.already_sent()
        try:
            return super().dispatch(request, *args, **kwargs)
        except (operations.NotADraft, TransitionNotAllowed):
            # Another tab sent it while this one was on its way.
            return self.already_sent()
        except operations.DraftGone as gone:
            raise Http404 from gone

    def already_sent(self) -> HttpResponse:
        """A word, and the way to the application."""
        messages.info(
            self.request, _("This application has already been sent; it cannot be changed any more.")
        )
        return redirect("citizen:application", self.application.public_id)

    @cached_property
    def steps(self) -> Steps:
        """The form of this application."""
        return Steps(self.application)

    def trail(self, current: Step | None) -> list[dict[str, Any]]:
        """The steps as the progress above the form shows them, with the review at the end."""
        rows = [
            {
                "label": TITLES[state.step.key],
                "url": self.url_of(state.step),
                "state": "current" if state.step is current else "done" if state.is_filled else "todo",
            }
            for state in self.steps.states()
        ]
        review = {"label": _("Review"), "url": self.review_url, "state": "todo" if current else "current"}
        return [*rows, review]

    def url_of(self, step: Step) -> str:
        """Address of a step."""
        return reverse("citizen:application-step", args=[self.application.public_id, step.key])

    @property
    def review_url(self) -> str:
        """Address of the last page."""
        return reverse("citizen:application-review", args=[self.application.public_id])


class StepPage(DraftView):
    """One step."""

    @cached_property
    def step(self) -> Step:
        """The step of the address."""
        try:
            return self.steps.scheme.step(self.kwargs["step"])
        except KeyError as missing:
            raise Http404 from missing

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """What was stored, else what is known; what a session that ended kept comes first."""
        typed = queries.typed_into(self.person, request.path)
        return self.page(self.steps.form(self.step, typed=typed))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Kept whether right or wrong; on to the next step when right."""
        form = self.steps.form(self.step, request.POST)
        operations.keep_step(self.application, self.step.key, request.POST, by=self.actor)
        people.forget_typed(self.person, request.path)
        if not form.is_valid():
            return self.page(form, status=422)
        if "later" in request.POST:
            messages.success(request, _("Saved. You can go on from “Home” at any time."))
            return redirect("citizen:home")
        following = self.steps.after(self.step)
        return redirect(self.url_of(following) if following else self.review_url)

    def page(self, form: StepForm, *, status: int = 200) -> HttpResponse:
        """The step with its trail."""
        before = self.steps.before(self.step)
        context = {
            "heading": TITLES[self.step.key],
            "application": self.application,
            "form": form,
            "step": self.step,
            "steps": self.trail(self.step),
            "back_url": self.url_of(before) if before else "",
            "autosave_url": reverse(
                "citizen:application-keep", args=[self.application.public_id, self.step.key]
            ),
            "locked_person": person_rows(self.person),
            "locked_programme": programme_rows(self.application),
        }
        return render(self.request, "citizen/apply/step.html", context, status=status)


class KeepStep(DraftView):
    """Where the step's script puts what is typed."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """204 when kept."""
        try:
            operations.keep_step(self.application, self.kwargs["step"], request.POST, by=self.actor)
        except KeyError as missing:
            raise Http404 from missing
        return HttpResponse(status=204)


class Review(DraftView):
    """All answers with links to correct them; one button sends."""

    @property
    def is_handed_on(self) -> bool:
        """Thousands send in the first hour of a round."""
        return self.request.method == "POST"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """To the first step that is not whole, when there is one."""
        unfilled = self.steps.unfilled()
        if unfilled:
            messages.warning(request, _("Some answers are missing or are not right any more."))
            return redirect(self.url_of(unfilled[0]))
        return self.page()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Send; each refusal is a page in words."""
        try:
            operations.submit(self.application, by=self.actor)
        except operations.StepsUnfilled as unfilled:
            messages.warning(request, _("Some answers are missing or are not right any more."))
            return redirect("citizen:application-step", self.application.public_id, unfilled.first)
        except operations.NotEligible as refusal:
            about_level = refusals(refusal.findings) & {rule.code for rule in LEVEL}
            return self.page(status=422, findings=refusal.findings, level_refuses=bool(about_level))
        except operations.AlreadyOpen as conflict:
            return self.page(status=409, other=conflict.other)
        except operations.SourceClosed as closed:
            return self.page(status=409, closed=True, option=closed.option)
        except operations.ProgrammeGone:
            return self.page(status=409, gone=True)
        messages.success(request, _("Your application has been sent."))
        return redirect("citizen:application", self.application.public_id)

    def page(self, *, status: int = 200, **refusal: Any) -> HttpResponse:
        """The review, with what stands in the way when something does."""
        shown = [
            {"title": section.title, "rows": section.rows, "url": self.url_of(section.step)}
            for section in sections(self.application, groups=[offer.group for offer in self.steps.offers])
        ]
        context = {
            "application": self.application,
            "sections": shown,
            "steps": self.trail(None),
            "locked_person": person_rows(self.person),
            **refusal,
        }
        return render(self.request, "citizen/apply/review.html", context, status=status)
