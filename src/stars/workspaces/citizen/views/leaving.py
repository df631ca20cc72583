"""“Atteikties”: without consequence until the round closes, afterwards with what the rules say (manual 3.4.2)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stars.applications import operations as applications
from stars.applications.consequences import waiting_period
from stars.applications.enums import Action, WithdrawalReason
from stars.applications.lifecycle import TransitionNotAllowed
from stars.applications.queries.leaving import Consequence
from stars.common import clock
from stars.enrolments import operations, queries
from stars.funding.queries import payments_in_force
from stars.people import operations as people
from stars.people import queries as persons
from stars.workspaces.citizen.views.application_base import ApplicationView
from stars.workspaces.citizen.views.applications import may_withdraw


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


class LeavingView(ApplicationView):
    """What both ways out share."""

    def begun_form(self) -> WithdrawForm:
        """The form, with what a session that ended kept of it."""
        typed = persons.typed_into(self.person, self.request.path) or {}
        return WithdrawForm(initial={name: texts[-1] for name, texts in typed.items() if texts})


class Withdraw(LeavingView):
    """“Atteikties”, with a reason, until the round closes."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The question, or why it is too late."""
        return self.page(self.begun_form())

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
        except applications.ApplicationPeriodOver:
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
        context = {
            "form": form,
            "application": application,
            "may_withdraw": may_withdraw(application),
            "is_paid": bool(payments_in_force(str(application.number))),
        }
        return render(self.request, "citizen/applications/withdraw.html", context, status=status)


class Leave(LeavingView):
    """After the round has closed: what it costs, and then the way out."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The consequence, before the question. While the round is open there is none."""
        if may_withdraw(self.application):
            return redirect("citizen:application-withdraw", self.application.public_id)
        return self.page(self.begun_form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Leave; somebody who left already is told so."""
        form = WithdrawForm(request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            operations.leave(self.application, by=self.actor, **form.cleaned_data)
        except TransitionNotAllowed:
            return self.over()
        people.forget_typed(self.person, request.path)
        messages.success(request, _("You have withdrawn. You can now choose another programme."))
        return redirect("citizen:application", self.application.public_id)

    def page(self, form: WithdrawForm, *, status: int = 200) -> HttpResponse:
        """The consequence and the form, or that there is nothing to leave any more."""
        try:
            costs = queries.leaving_costs(self.application)
        except TransitionNotAllowed:
            return self.over()
        group = self.application.group
        context = {
            "form": form,
            "application": self.application,
            "consequences": consequence_lines(costs),
            "is_over": costs.action == Action.LEAVE_LEARNING and group and group.ends_on < clock.today(),
        }
        return render(self.request, "citizen/applications/leave.html", context, status=status)

    def over(self) -> HttpResponse:
        """The application ended meanwhile."""
        if self.application.is_draft:
            return redirect("citizen:application-review", self.application.public_id)
        context = {
            "application": self.application,
            "heading": _("Withdraw from the application"),
            "refusal": _("The application has ended meanwhile, so there is nothing to withdraw from."),
        }
        return render(self.request, "citizen/applications/answer.html", context, status=409)


_ENDS = {
    Action.LEAVE: gettext_lazy("The application ends, and its place in the queue is lost."),
    Action.LEAVE_WAITING: gettext_lazy(
        "The application ends. All your places on waiting lists and an offered place go to others."
    ),
    Action.LEAVE_ADMISSION: gettext_lazy(
        "The application ends. Your place in the group goes to the next person, and a learning contract ends."
    ),
    Action.LEAVE_LEARNING: gettext_lazy(
        "Learning is interrupted. What you have attended so far does not lead to a document."
    ),
}


def consequence_lines(costs: Consequence) -> list[str]:
    """What leaving means, one sentence each."""
    lines = [str(_ENDS[costs.action])]
    if costs.is_paid:
        lines.append(_("Learning was paid for when it began; that payment stays."))
    elif costs.paid_percent:
        lines.append(
            _("%(percent)d %% of the public money held for your learning is spent; the rest is free again.")
            % {"percent": costs.paid_percent}
        )
    else:
        lines.append(_("The public money held for your learning is free again."))
    lines.append(waiting_period(costs, clock.today()))
    if costs.action in (Action.LEAVE_ADMISSION, Action.LEAVE_LEARNING):
        lines.append(_("About a co-payment that you have made, please ask the institution."))
    return lines
