"""Deciding on many at once: chosen in the queue, shown with their messages, then done in the order of submission."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stars.actors.permissions import Permission
from stars.applications import notices, operations
from stars.applications.enums import Action, Status
from stars.applications.forms.decisions import ConfirmForm, RefuseForm
from stars.applications.models import Application
from stars.applications.operations.bulk import Decided, Outcome, chosen
from stars.applications.operations.looks import note_list
from stars.workspaces.agency.views.decisions import account_in_words, short_in_words
from stars.workspaces.views import StaffView


class DecideMany(StaffView):
    """First a preview; the same address with `done` decides."""

    permission = Permission.APPLICATION_CHECK

    def get(self, request: HttpRequest) -> HttpResponse:
        """The applications are chosen in the queue."""
        return redirect("agency:applications")

    def post(self, request: HttpRequest) -> HttpResponse:
        """A preview, the preview with what is missing, or the result."""
        public_ids = _uuids(request.POST.getlist("p"))
        action = Action.REFUSE if request.POST.get("action") == Action.REFUSE.value else Action.CONFIRM
        if not public_ids:
            messages.info(request, _("Choose at least one application."))
            return redirect("agency:applications")
        if len(public_ids) > operations.MOST_AT_ONCE:
            messages.warning(request, _("At most %(count)d at once.") % {"count": operations.MOST_AT_ONCE})
            return redirect("agency:applications")
        if "done" not in request.POST:
            form: forms.Form = RefuseForm() if action is Action.REFUSE else ConfirmForm()
            return self.preview(public_ids, action, form)
        form = RefuseForm(request.POST) if action is Action.REFUSE else ConfirmForm(request.POST)
        if not form.is_valid():
            return self.preview(public_ids, action, form, status=422)
        cleaned = form.cleaned_data
        decided = operations.decide_many(
            public_ids, action, reasons=cleaned.get("reasons", []), note=cleaned["note"], by=self.actor
        )
        return self.result(decided)

    def preview(
        self, public_ids: list[UUID], action: Action, form: forms.Form, *, status: int = 200
    ) -> HttpResponse:
        """Whom it concerns, in the order in which it will be done, and the message to each."""
        found = chosen(public_ids, by=self.actor)
        note_list(found, by=self.actor)
        typed = form.cleaned_data if form.is_bound and hasattr(form, "cleaned_data") else {}
        context = {
            "heading": _("Refuse several") if action is Action.REFUSE else _("Confirm several"),
            "form": form,
            "action": action.value,
            "rows": [(each, self._why_not(each), _letter(each, action, typed)) for each in found],
        }
        return render(self.request, "agency/applications/many.html", context, status=status)

    def result(self, decided: list[Decided]) -> HttpResponse:
        """What became of each."""
        note_list([each.application for each in decided], by=self.actor)
        done = sum(each.outcome is Outcome.DONE for each in decided)
        words = ngettext("%(count)d application is decided.", "%(count)d applications are decided.", done)
        context = {
            "heading": _("What was decided"),
            "summary": words % {"count": done},
            "rows": [
                (each.application, outcome_in_words(each), each.outcome is Outcome.DONE) for each in decided
            ],
        }
        return render(self.request, "agency/applications/many_done.html", context)

    def _why_not(self, application: Application) -> str:
        if application.applicant_id == self.actor.person_id:
            return _("This is your own application: a colleague has to decide.")
        if application.status != Status.SUBMITTED:
            return _("Meanwhile it moved on and stays as it is.")
        return ""


def _letter(application: Application, action: Action, typed: dict[str, Any]) -> tuple[str, str]:
    if action is Action.REFUSE:
        return notices.preview(
            application, action, reasons=typed.get("reasons", []), note=typed.get("note", "")
        )
    return notices.preview(application, action)


def outcome_in_words(decided: Decided) -> str:
    """What became of one of many."""
    if decided.outcome is Outcome.BUDGET_SHORT:
        return short_in_words(decided.left_cents, decided.needed_cents)
    if decided.outcome is Outcome.FUNDS_SHORT:
        return account_in_words(decided.left_cents, decided.needed_cents)
    return {
        Outcome.DONE: _("decided"),
        Outcome.NOT_REACHED: _("not tried: the round's money ended before it"),
        Outcome.OWN: _("your own application: a colleague has to decide"),
        Outcome.STALE: _("meanwhile it moved on and stays as it is"),
        Outcome.REASON_OWED: _("a rule is not met: open it and write why it is confirmed nevertheless"),
    }[decided.outcome]


def _uuids(texts: list[str]) -> list[UUID]:
    """Those that are public ids; a tampered one counts for nothing."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return list(dict.fromkeys(found))
