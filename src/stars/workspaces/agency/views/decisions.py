"""What an officer decides about an application; each form stands on its page."""

from abc import abstractmethod
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stars.applications import corrections, notices, operations
from stars.applications.enums import Action
from stars.applications.forms.decisions import ConfirmForm, ReasonsForm, RefuseForm, ReopenForm
from stars.applications.judging import scheme_of
from stars.applications.lifecycle import TRANSITIONS, TransitionNotAllowed
from stars.common import clock, workdays
from stars.funding import operations as funding
from stars.ui.templatetags.ui import money
from stars.workspaces.agency.views.case import CaseView
from stars.workspaces.kept import fill_in, forget, kept_for


class DecideView(CaseView):
    """What every step of an officer shares: its form stands on the application's page, and so does what went wrong."""

    action: Action
    form_name: str
    done: str | Promise

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The forms stand on the page of the application; what a session that ended kept is filled in there."""
        typed = kept_for(self)
        if typed is None or self.application.status not in TRANSITIONS[self.action].sources:
            return self.to(self.application.public_id)
        form = self.form()
        fill_in(form, typed)
        return self.again(form, status=200, filled_in=self.form_name)

    @abstractmethod
    def form(self, *data: Any) -> forms.Form:
        """Empty, or bound to what was sent."""

    @abstractmethod
    def act(self, cleaned: dict[str, Any]) -> None:
        """Take the step."""

    @abstractmethod
    def letter(self, cleaned: dict[str, Any]) -> tuple[str, str]:
        """Subject and text of the message that the applicant would get."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Done and on to the next, or the page again with what was typed."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.again(form, status=422)
        if "preview" in request.POST:
            subject, text = self.letter(form.cleaned_data)
            return self.again(form, status=200, letter={"subject": subject, "text": text})
        if self.application.applicant_id == self.actor.person_id:
            return self.again(form, status=403)
        return self._do(form)

    def _do(self, form: forms.Form) -> HttpResponse:
        try:
            self.act(form.cleaned_data)
        except TransitionNotAllowed:
            return self.stale()
        except operations.ReasonOwed:
            form.add_error(
                "note", _("A rule is not met: write why the application is confirmed nevertheless.")
            )
            return self.again(form, status=422)
        except _REFUSALS as refused:
            return self.again(form, status=409, refusal=refusal_in_words(refused))
        forget(self)
        messages.success(self.request, str(self.done) % {"number": self.application.number})
        return self.onward()

    def again(self, form: forms.Form, *, status: int, **context: Any) -> HttpResponse:
        """The page with what was typed; what is wrong with it stands above everything too."""
        if form.errors:
            context["form"] = form
        return self.page(status=status, **{**context, self.form_name: form})


_REFUSALS = (
    funding.BudgetExceeded,
    funding.FundsExceeded,
    operations.AlreadyOpen,
    operations.SameOfficer,
    operations.NotReopenable,
)


def refusal_in_words(refused: Exception) -> str:
    """Why the step is not possible, with the figures where money is missing."""
    if isinstance(refused, funding.BudgetExceeded):
        return short_in_words(refused.left_cents, refused.needed_cents)
    if isinstance(refused, funding.FundsExceeded):
        return account_in_words(refused.available_cents, refused.needed_cents)
    if isinstance(refused, operations.AlreadyOpen):
        return _(
            "The person has another open application in this source or for this programme; two are not possible."
        )
    return _("Another officer than the one who refused has to examine it again.")


class Confirm(DecideView):
    """Eligible: public money is held."""

    action, form_name = Action.CONFIRM, "confirm_form"
    done = gettext_lazy("%(number)s is confirmed.")

    def form(self, *data: Any) -> forms.Form:
        """A note, owed when a rule is not met."""
        return ConfirmForm(*data, needs_note=self.has_unmet)

    def act(self, cleaned: dict[str, Any]) -> None:
        """Confirm."""
        operations.confirm(self.application, note=cleaned["note"], by=self.actor)

    def letter(self, cleaned: dict[str, Any]) -> tuple[str, str]:
        """The message about it."""
        return notices.preview(self.application, Action.CONFIRM)


class ReasonedView(DecideView):
    """A step that owes reasons."""

    form_class: type[ReasonsForm]

    def form(self, *data: Any) -> forms.Form:
        """Reasons and words."""
        return self.form_class(*data, offered=self.reasons(self.action))

    def letter(self, cleaned: dict[str, Any]) -> tuple[str, str]:
        """The message about it."""
        return notices.preview(
            self.application, self.action, reasons=cleaned["reasons"], note=cleaned["note"]
        )


class Refuse(ReasonedView):
    """Refused, with reasons."""

    action, form_class, form_name = Action.REFUSE, RefuseForm, "refuse_form"
    done = gettext_lazy("%(number)s is refused.")

    def act(self, cleaned: dict[str, Any]) -> None:
        """Refuse."""
        operations.refuse(self.application, reasons=cleaned["reasons"], note=cleaned["note"], by=self.actor)


class Reopen(ReasonedView):
    """A second officer examines a refusal again."""

    action, form_class, form_name = Action.REOPEN, ReopenForm, "reopen_form"
    done = gettext_lazy("%(number)s is examined again; it stands at its old place in the queue.")

    def act(self, cleaned: dict[str, Any]) -> None:
        """Reopen."""
        operations.reopen(self.application, reasons=cleaned["reasons"], note=cleaned["note"], by=self.actor)

    def onward(self) -> HttpResponse:
        """To the application, which can be decided on now."""
        return self.to(self.application.public_id)


class SendBack(ReasonedView):
    """Returned for correction of the ticked fields."""

    action, form_name = Action.RETURN, "send_back_form"
    done = gettext_lazy("%(number)s is returned for correction; it keeps its day and place.")

    def form(self, *data: Any) -> forms.Form:
        """Fields, reasons and words."""
        return self.send_back_form(*data)

    def act(self, cleaned: dict[str, Any]) -> None:
        """Send back."""
        operations.send_back(
            self.application,
            fields=cleaned["fields_open"],
            reasons=cleaned["reasons"],
            note=cleaned["note"],
            by=self.actor,
        )

    def letter(self, cleaned: dict[str, Any]) -> tuple[str, str]:
        """The message about it, with the deadline that would be set now."""
        days = self.parameters.correction_workdays
        fields = corrections.with_companions(scheme_of(self.application), cleaned["fields_open"])
        return notices.preview(
            self.application,
            Action.RETURN,
            reasons=cleaned["reasons"],
            note=cleaned["note"],
            fields=fields,
            due=workdays.deadline(clock.now(), days),
        )


class AskRegisters(CaseView):
    """The silent and ignorant registers are asked once more."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The button stands on the page of the application."""
        return self.to(self.application.public_id)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Back to the application; the answers come by themselves."""
        operations.ask_again(self.application, by=self.actor)
        messages.success(request, _("The registers are asked again; the answers appear here."))
        return self.to(self.application.public_id)


def short_in_words(left_cents: int, needed_cents: int) -> str:
    """The round's budget does not suffice."""
    return _("The round's budget does not suffice: %(left)s is left, %(needed)s is needed.") % {
        "left": money(left_cents),
        "needed": money(needed_cents),
    }


def account_in_words(available_cents: int, needed_cents: int) -> str:
    """The person's account does not suffice."""
    return _("The learning account does not suffice: %(left)s is available, %(needed)s is needed.") % {
        "left": money(available_cents),
        "needed": money(needed_cents),
    }
