"""A decision as a document: what was decided, why, under which rules, and how it can be contested."""

from typing import Any

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from stars.applications.display import field_labels
from stars.applications.enums import DOCUMENTED, Action, Answer, Register
from stars.applications.judging import scheme_of
from stars.applications.models import Application, Decision
from stars.applications.words import EVENTS, authority_of, due_in_words, reasons_in_words
from stars.funding.queries import version_of
from stars.schemes.parameters import Parameters
from stars.schemes.types import Finding, Verdict
from stars.ui.pdf import render_pdf
from stars.ui.templatetags.ui import money

# Those that go against the applicant and say how they are contested.
_CONTESTED = (Action.CONFIRM, Action.REFUSE, Action.LAPSE)


def decision_document(application: Application, decision_id: int) -> bytes | None:
    """The PDF of one of the application's decisions, in Latvian as the law asks; None when there is no such one."""
    decision = next((each for each in application.decisions.all() if each.pk == decision_id), None)
    if decision is None or decision.action not in DOCUMENTED:
        return None
    with translation.override("lv"):
        return render_pdf("applications/decision.html", _context(application, decision))


def _context(application: Application, decision: Decision) -> dict[str, Any]:
    return {
        "heading": _("Decision on application %(number)s") % {"number": application.number},
        "application": application,
        "promised": application.promised or {},
        "decision": decision,
        "office": _office(application, decision),
        "decided": EVENTS[decision.action],
        "reasons": reasons_in_words(decision.reasons),
        "fields": field_labels(application.scheme, decision.fields),
        "due": due_in_words(decision.due_at) if decision.due_at else "",
        "findings": _findings(application, decision),
        "registers": [
            (Register(register).label, Answer(answer).label)
            for register, answer in sorted(decision.registers.items())
        ],
        "figures": _figures(decision),
        "is_contested": decision.action in _CONTESTED,
    }


def _office(application: Application, decision: Decision) -> str:
    """Who decided, by name. What lapsed by itself is the decision of whoever returned it, and contested there."""
    returned = [each for each in application.decisions.all() if each.organisation and each.at <= decision.at]
    latest = max(returned, key=lambda each: (each.at, each.pk), default=decision)
    return decision.organisation or latest.organisation or capfirst(authority_of(application.scheme))


def _findings(application: Application, decision: Decision) -> list[tuple[str, str]]:
    """Each rule and how it was judged."""
    scheme, parameters = scheme_of(application), _parameters(application, decision)
    said = {Verdict.MET: _("met"), Verdict.NOT_MET: _("not met"), Verdict.TO_CHECK: _("to be checked")}
    rows = []
    for row in decision.findings:
        criterion = scheme.criterion(row["rule"])
        if criterion is not None:
            verdict = Verdict(row["verdict"])
            rows.append((str(Finding(criterion, verdict, parameters).question), said[verdict]))
    return rows


def _parameters(application: Application, decision: Decision) -> Parameters:
    """Those under which it was decided, whatever has been set since: "MN-2026-1/3" names the third."""
    version = int(decision.rules_version.rpartition("/")[2])
    return version_of(application.scheme, version) or scheme_of(application).parameters


def _figures(decision: Decision) -> list[tuple[str, str]]:
    labels = {
        "price_cents": _("Price of the programme"),
        "copayment_cents": _("Co-payment"),
        "support_cents": _("Public money"),
    }
    return [(labels[name], money(cents)) for name, cents in decision.figures.items() if name in labels]
