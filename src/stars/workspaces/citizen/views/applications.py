"""A sent application: where it stands, its copy, and withdrawing (manual 3.4.2)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stars.applications import operations, progress
from stars.applications import queries as applications
from stars.applications.display import sections
from stars.applications.enums import WithdrawalReason
from stars.applications.events import events
from stars.applications.lifecycle import TransitionNotAllowed
from stars.applications.models import Application
from stars.common import clock
from stars.people import operations as people
from stars.people import queries
from stars.ui.pdf import render_pdf
from stars.workspaces.citizen.views.application_base import ApplicationView
from stars.workspaces.citizen.views.rows import person_rows, promise_rows


class ApplicationPage(ApplicationView):
    """Receipt, status in words, timeline, answers, what was promised."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """A draft goes on where it was left."""
        application = self.application
        if application.is_draft:
            return redirect("citizen:application-review", application.public_id)
        return render(request, "citizen/applications/page.html", _shown(application))


class ApplicationPdf(ApplicationView):
    """The submitted application as a document."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Only of what was submitted."""
        application = self.application
        if application.is_draft:
            return redirect("citizen:application-review", application.public_id)
        context = _shown(application) | {
            "heading": _("Application for learning"),
            "locked_person": person_rows(self.person),
        }
        return HttpResponse(
            render_pdf("citizen/applications/document.html", context),
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="{application.number}.pdf"'},
        )


class Discard(ApplicationView):
    """Throws a draft away."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Back to Sākums."""
        try:
            operations.discard(self.application, by=self.actor)
        except operations.NotADraft:
            messages.info(
                request, _("This application has already been sent; it cannot be changed any more.")
            )
            return redirect("citizen:application", self.application.public_id)
        except operations.DraftGone:
            # A second click: what it asks for is done.
            return redirect("citizen:home")
        messages.success(request, _("The draft is deleted."))
        return redirect("citizen:home")


class WithdrawForm(forms.Form):
    """Why."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why do you withdraw?"),
        choices=WithdrawalReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose a reason.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Anything to add"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )


class Withdraw(ApplicationView):
    """“Atteikties”, with a reason, until the round closes."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The question, or why it is too late; what a session that ended kept is filled in."""
        typed = queries.typed_into(self.person, request.path) or {}
        return self.page(WithdrawForm(initial={name: texts[-1] for name, texts in typed.items() if texts}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Withdraw and lead to the catalogue."""
        form = WithdrawForm(request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            operations.withdraw(
                self.application,
                reason=form.cleaned_data["reason"],
                note=form.cleaned_data["note"],
                by=self.actor,
            )
        except operations.ApplicationPeriodOver:
            return self.page(form, status=409)
        except TransitionNotAllowed:
            return redirect("citizen:application", self.application.public_id)
        people.forget_typed(self.person, request.path)
        messages.success(request, _("You have withdrawn. You can now choose another programme."))
        return redirect("citizen:application", self.application.public_id)

    def page(self, form: WithdrawForm, *, status: int = 200) -> HttpResponse:
        """The form, or the plain word that the period is over."""
        application = self.application
        if not application.is_open:
            return redirect("citizen:application", application.public_id)
        context = {"form": form, "application": application, "may_withdraw": _may_withdraw(application)}
        return render(self.request, "citizen/applications/withdraw.html", context, status=status)


def _may_withdraw(application: Application) -> bool:
    return application.is_open and application.round is not None and clock.now() < application.round.closes_at


def _shown(application: Application) -> dict[str, Any]:
    applications.with_story(application)
    return {
        "application": application,
        "promised": application.promised or {},
        "promise_rows": promise_rows(application.promised or {}),
        "sections": sections(application, groups=[application.group] if application.group else []),
        "stages": progress.stages(application),
        "events": events(application),
        "sentence": progress.status_sentence(application),
        "colour": progress.colour(application),
        "may_withdraw": _may_withdraw(application),
    }
