"""Deciding on many at once: chosen in the queue, shown with their messages, then done in the order of submission."""

import json
from hashlib import sha256
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stars.actors.permissions import Permission
from stars.applications import notices, operations
from stars.applications.enums import Action, Status
from stars.applications.forms.decisions import ConfirmForm, RefuseForm
from stars.applications.judging import verdicts
from stars.applications.models import Application
from stars.applications.operations.bulk import Decided, Outcome, chosen
from stars.applications.operations.decisions import figures_of
from stars.applications.operations.looks import note_list
from stars.applications.queries import staff
from stars.funding.queries import budgets_of
from stars.funding.types import Budget
from stars.schemes.types import Verdict
from stars.workspaces.agency.views.decisions import account_in_words, short_in_words
from stars.workspaces.kept import fill_in, forget, kept_for
from stars.workspaces.listing import query_without_place
from stars.workspaces.views import StaffView


class DecideMany(StaffView):
    """First the reasons and the messages; the same address with `done` decides."""

    permission = Permission.APPLICATION_CHECK

    def get(self, request: HttpRequest) -> HttpResponse:
        """The applications are chosen in the queue; those of a session that ended are shown once more."""
        typed = kept_for(self)
        found = chosen(_uuids(typed.getlist("p")), by=self.actor) if typed is not None else []
        if typed is None or not 0 < len(found) <= operations.MOST_AT_ONCE:
            return redirect(self.queue_url)
        action = _action(typed)
        form = self.form(action, found)
        fill_in(form, typed)
        return self.preview(found, action, form)

    def post(self, request: HttpRequest) -> HttpResponse:
        """A preview, the preview with what is missing, or the result."""
        public_ids = _uuids(request.POST.getlist("p"))
        action = _action(request.POST)
        if not public_ids:
            messages.info(request, _("Choose at least one application."))
            return redirect(self.queue_url)
        if len(public_ids) > operations.MOST_AT_ONCE:
            messages.warning(request, _("At most %(count)d at once.") % {"count": operations.MOST_AT_ONCE})
            return redirect(self.queue_url)
        found = chosen(public_ids, by=self.actor)
        if "done" not in request.POST and "preview" not in request.POST:
            return self.preview(found, action, self.form(action, found))
        form = self.form(action, found, request.POST)
        if not form.is_valid():
            return self.preview(found, action, form, status=422)
        cleaned = form.cleaned_data
        if "preview" in request.POST or (
            action is Action.REFUSE and request.POST.get("seen") != _digest(cleaned)
        ):
            return self.preview(found, action, form)
        decided = operations.decide_many(
            public_ids, action, reasons=cleaned.get("reasons", []), note=cleaned["note"], by=self.actor
        )
        forget(self)
        return self.result(decided)

    @property
    def queue_url(self) -> str:
        """The queue from which they were chosen, filtered as it was."""
        query = query_without_place(self.request.GET)
        return reverse("agency:applications") + (f"?{query}" if query else "")

    def form(self, action: Action, found: list[Application], *data: Any) -> forms.Form:
        """What all of them get: a note, or reasons that the rules of each of their sources know."""
        if action is Action.CONFIRM:
            return ConfirmForm(*data)
        return RefuseForm(*data, offered=staff.reasons_for_all(action, found))

    def preview(
        self, found: list[Application], action: Action, form: forms.Form, *, status: int = 200
    ) -> HttpResponse:
        """Whom it concerns, in the order in which it will be done, and the message to each.

        A refusal's message is written when its reasons are known, and nothing is refused before it was shown.
        """
        note_list(found, by=self.actor)
        typed = form.cleaned_data if form.is_bound and form.is_valid() else None
        is_written = action is Action.CONFIRM or typed is not None
        rows = [
            {
                "application": each,
                "client": staff.client_of(each),
                "why_not": self._why_not(each),
                "owes_note": action is Action.CONFIRM and _is_unmet(each),
                "letter": _letter(each, action, typed or {}) if is_written else None,
            }
            for each in found
        ]
        to_do = [each for each in found if not self._why_not(each)]
        context = {
            "heading": _("Refuse several") if action is Action.REFUSE else _("Confirm several"),
            "form": form,
            "queue_url": self.queue_url,
            "action": action.value,
            "rows": rows,
            "is_written": is_written,
            "seen": _digest(typed) if typed is not None else "",
            "sums": _sums(to_do) if action is Action.CONFIRM else [],
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
            "queue_url": self.queue_url,
            "query": query_without_place(self.request.GET),
            "rows": [
                (
                    each.application,
                    staff.client_of(each.application),
                    outcome_in_words(each),
                    each.outcome is Outcome.DONE,
                )
                for each in decided
            ],
        }
        return render(self.request, "agency/applications/many_done.html", context)

    def _why_not(self, application: Application) -> str:
        if application.applicant_id == self.actor.person_id:
            return _("This is your own application: a colleague has to decide.")
        if application.status != Status.SUBMITTED:
            return _("Meanwhile it moved on and stays as it is.")
        return ""


def _action(typed: MultiValueDict[str, str]) -> Action:
    return Action.REFUSE if typed.get("action") == Action.REFUSE.value else Action.CONFIRM


def _is_unmet(application: Application) -> bool:
    return Verdict.NOT_MET in verdicts(application)


def _sums(applications: list[Application]) -> list[dict[str, Any]]:
    """For each round what confirming all of these would hold, and what is left."""
    needed: dict[int, int] = {}
    rounds = {each.round_id: each.round for each in applications if each.round is not None}
    for each in applications:
        if each.round_id is not None:
            support = figures_of(each, staff.said_by_registers(each))["support_cents"]
            needed[each.round_id] = needed.get(each.round_id, 0) + support
    budgets = budgets_of(needed)
    return [
        {
            "round": rounds[round_id],
            "needed_cents": cents,
            "left_cents": (left := budgets.get(round_id, Budget()).left_cents),
            "is_short": cents > left,
        }
        for round_id, cents in needed.items()
    ]


def _digest(cleaned: dict[str, Any]) -> str:
    """What the messages were written from, so that other words are shown first too."""
    words = json.dumps([sorted(cleaned.get("reasons", [])), cleaned["note"]])
    return sha256(words.encode()).hexdigest()


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
