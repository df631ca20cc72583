"""What every decision begins with, and what it keeps."""

from collections.abc import Iterable
from typing import Any

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.applications.enums import Action, Reason
from stars.applications.forms.decisions import LONGEST_NOTE
from stars.applications.judging import as_stored, judged, reasons_for, scheme_of
from stars.applications.lifecycle import transition
from stars.applications.models import Application
from stars.applications.operations.perform import ReasonOwed
from stars.applications.operations.perform import locked as locked_row
from stars.applications.operations.registers import answers_about
from stars.applications.queries.rules import rules_of
from stars.common.typed import words
from stars.schemes.parameters import Parameters


def to_decide(action: Action, application: Application, *, by: Actor) -> Application:
    """The locked row, when this actor may take the step on it now.

    Raises `TransitionNotAllowed`, `OutOfScope`, `OwnAffair`.
    """
    by.must(Permission.APPLICATION_CHECK)
    locked = locked_row(application)
    by.must_decide_on(locked.scheme)
    by.must_not_be(locked.applicant_id)
    transition(action, locked.status)
    return locked


def as_judged(application: Application) -> tuple[dict[str, Any], Parameters]:
    """What every decision keeps of the rules, under the parameters by which the application was sent."""
    parameters = rules_of(application)
    answers = answers_about(application)
    findings = as_stored(judged(application, answers, parameters))
    return {"findings": findings, "registers": answers}, parameters


def given_reasons(
    action: Action, application: Application, parameters: Parameters, reasons: Iterable[str], note: str
) -> list[str]:
    """The codes, when they are reasons for this step and say enough (Administrative Procedure Law, section 67).

    Raises `ReasonOwed`.
    """
    codes = [str(code) for code in dict.fromkeys(reasons)]
    offered = reasons_for(action, scheme_of(application), parameters)
    if not codes or not set(codes) <= {reason.value for reason in offered}:
        raise ReasonOwed
    if Reason.OTHER in codes and not cleaned_note(note):
        raise ReasonOwed
    return codes


def cleaned_note(note: str) -> str:
    """The note as it is kept: without signs that no text may hold, no longer than the form lets it be."""
    return words(note, longest=LONGEST_NOTE)
