"""One application for whoever decides on it: everything that counts."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from stars.applications import corrections, operations
from stars.applications.display import field_labels, sections
from stars.applications.document import decision_document
from stars.applications.enums import DOCUMENTED, Action, Answer, Reason
from stars.applications.events import events
from stars.applications.forms.decisions import ConfirmForm, RefuseForm, ReopenForm, SendBackForm
from stars.applications.judging import reasons_for, scheme_of
from stars.applications.lifecycle import TRANSITIONS
from stars.applications.models import Application
from stars.applications.operations.decisions import figures_of, last_refusal
from stars.applications.operations.looks import note_look
from stars.applications.progress import colour
from stars.applications.promised import promise_rows
from stars.applications.queries import named_groups, queue, staff
from stars.applications.queries.own import NotYours
from stars.applications.queries.rules import rules_of
from stars.schemes.parameters import Parameters
from stars.schemes.types import Verdict
from stars.ui.templatetags.ui import money
from stars.workspaces.agency.views.queue import QueueView
from stars.workspaces.downloads import download

_DECISIONS = (Action.CONFIRM, Action.REFUSE, Action.RETURN)


class CaseView(QueueView):
    """A page of one submitted application of one's own sources; any other is a 404 that the audit remembers."""

    kwargs: dict[str, Any]

    @cached_property
    def application(self) -> Application:
        """The application of the address."""
        public_id: UUID = self.kwargs["public_id"]
        try:
            found = staff.application_for(self.actor, public_id)
        except NotYours as foreign:
            operations.note_foreign_look(foreign.application_id, by=self.actor)
            raise Http404 from foreign
        if found is None:
            raise Http404
        return found

    @cached_property
    def parameters(self) -> Parameters:
        """The source's parameters when it was submitted."""
        return rules_of(self.application)

    def reasons(self, action: Action) -> list[Reason]:
        """What may be given as the reason for the step."""
        return reasons_for(action, scheme_of(self.application), self.parameters)

    @cached_property
    def rules(self) -> list[Any]:
        """Every rule beside its register's answer."""
        return staff.rules_about(self.application, self.parameters)

    @property
    def has_unmet(self) -> bool:
        """Whether confirming would need a note."""
        return any(rule.finding.verdict is Verdict.NOT_MET for rule in self.rules)

    def send_back_form(self, *data: Any) -> SendBackForm:
        """The form by which it is returned."""
        scheme = scheme_of(self.application)
        names = [name for step in scheme.steps for name in step.fields]
        labels = dict(zip(names, field_labels(self.application.scheme, names), strict=True))
        return SendBackForm(*data, offered=self.reasons(Action.RETURN), scheme=scheme, labels=labels)

    def page(self, *, status: int = 200, **context: Any) -> HttpResponse:
        """The application as a whole, with each decision that is possible now."""
        application, wanted = self.application, self.filters.wanted
        note_look(application, by=self.actor)
        refusal = last_refusal(application)
        possible = [each for each in _DECISIONS if application.status in TRANSITIONS[each].sources]
        is_own = application.applicant_id == self.actor.person_id
        shown = {
            "heading": staff.client_of(application).name,
            "application": application,
            "client": staff.client_of(application),
            "colour": colour(application.status),
            "rules": self.rules,
            "money_rows": _money_rows(application),
            "promise_rows": promise_rows(application.promised or {}),
            "sections": sections(application, groups=named_groups(application)),
            "differences": corrections.difference(application),
            "events": events(application),
            "documents": [each for each in application.decisions.all() if each.action in DOCUMENTED],
            "is_own": is_own,
            "may_decide": bool(possible) and not is_own,
            "may_reopen": refusal is not None and not is_own and refusal.actor_id != self.actor.person_id,
            "was_refused_here": refusal is not None and refusal.actor_id == self.actor.person_id,
            "filled_in": "",
            "beside": queue.neighbours(wanted, application),
            "query": self.request.GET.urlencode(),
            "confirm_form": ConfirmForm(needs_note=False),
            "refuse_form": RefuseForm(offered=self.reasons(Action.REFUSE)),
            "send_back_form": self.send_back_form(),
            "reopen_form": ReopenForm(offered=self.reasons(Action.REOPEN)),
            "needs_note": self.has_unmet,
            "has_silent": not set(staff.said_by_registers(application).values()) <= {Answer.YES, Answer.NO},
        }
        return render(self.request, "agency/applications/page.html", shown | context, status=status)

    def onward(self) -> HttpResponse:
        """To the next in the queue; to the application when there is none."""
        following = queue.neighbours(self.filters.wanted, self.application).after
        return self.to(following or self.application.public_id)

    def to(self, public_id: UUID) -> HttpResponse:
        """To an application, within the queue from which one came."""
        response = redirect("agency:application", public_id)
        if query := self.request.GET.urlencode():
            response["Location"] += f"?{query}"
        return response

    def stale(self) -> HttpResponse:
        """Somebody was faster, or it was a second click."""
        messages.info(self.request, _("Meanwhile the application moved on; this is how it stands now."))
        return self.to(self.application.public_id)


class Case(CaseView):
    """To look at."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The look is recorded."""
        return self.page()


class DecisionPdf(CaseView):
    """A decision as a document."""

    def get(self, request: HttpRequest, *, decision_id: int, **kwargs: Any) -> HttpResponse:
        """The look is recorded."""
        note_look(self.application, by=self.actor)
        content = decision_document(self.application, decision_id)
        if content is None:
            raise Http404
        return download(content, f"{self.application.number}-{decision_id}.pdf")


def _money_rows(application: Application) -> list[tuple[str, str]]:
    figures = figures_of(application, staff.said_by_registers(application))
    rows = [
        (_("Price of the programme"), money(figures["price_cents"])),
        (_("Co-payment"), money(figures["copayment_cents"])),
        (_("Public money that is held on confirmation"), money(figures["support_cents"])),
    ]
    # Only where the source asks for it: nobody is said to have denied what they were never asked.
    if application.low_income is not None:
        declared = _("Yes") if application.low_income else _("No")
        rows.append((_("Low-income household declared"), declared))
    return rows
