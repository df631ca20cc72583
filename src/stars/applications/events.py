"""What has happened to an application, for its owner: the list under the timeline."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from stars.actors.permissions import Role
from stars.applications.consequences import what_became_of
from stars.applications.display import field_labels
from stars.applications.enums import DOCUMENTED, WithdrawalReason
from stars.applications.models import Application, Decision, TimelineEntry
from stars.applications.words import EVENTS, due_in_words, reasons_in_words
from stars.funding.queries import returns_for
from stars.ui.templatetags.ui import latvian

# A decision and its line on the timeline are written in one transaction, some milliseconds apart.
_TOGETHER = timedelta(minutes=1)
_INSTITUTION = {Role.INSTITUTION_OFFICER, Role.INSTITUTION_ADMIN}
_MINISTRY = {Role.MINISTRY_OFFICER, Role.MINISTRY_ADMIN}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: when, what, which office, and (label, text) of what belongs to it."""

    at: datetime
    text: str | Promise
    who: str
    details: list[tuple[str, str]]
    decision: Decision | None = None

    @property
    def has_document(self) -> bool:
        """Whether the decision can be had as a document."""
        return self.decision is not None and self.decision.action in DOCUMENTED


def events(application: Application) -> list[Event]:
    """Everything that happened, the latest first; staff are named by their office, not by name."""
    entries = sorted(application.timeline.all(), key=lambda entry: (entry.at, entry.pk), reverse=True)
    decisions = list(application.decisions.all())
    return [_event(application, entry, decisions) for entry in entries]


def _event(application: Application, entry: TimelineEntry, decisions: list[Decision]) -> Event:
    decision = next((each for each in decisions if _belongs(each, entry)), None)
    return Event(
        at=entry.at,
        text=EVENTS.get(entry.action, entry.get_status_display()),
        who=_office(application, entry),
        details=_details(application, entry.details, decision),
        decision=decision,
    )


def _belongs(decision: Decision, entry: TimelineEntry) -> bool:
    return decision.action == entry.action and abs(decision.at - entry.at) < _TOGETHER


def _details(
    application: Application, said: dict[str, Any], decision: Decision | None
) -> list[tuple[str, str]]:
    """What the line needs beside its sentence, in words; unknown keys are left out."""
    reasons = decision.reasons if decision else said.get("reasons", [])
    fields = decision.fields if decision else said.get("fields", [])
    due = decision.due_at if decision and decision.due_at else _moment(said.get("due"))
    rows = [
        (_("Group"), latvian(said.get("group"))),
        (_("Reasons"), "; ".join([*reasons_in_words(reasons), *_why_left(said)])),
        (_("Explanation"), latvian(decision.note) if decision else ""),
        (_("To be corrected"), ", ".join(field_labels(application.scheme, fields))),
        (_("Deadline"), due_in_words(due) if due else ""),
        (_("You may apply again from"), _day(said.get("again_from"))),
        (_("Payment"), _returns(application) if said.get("returning_cents") else ""),
    ]
    return [row for row in rows if row[1]]


def _why_left(said: dict[str, Any]) -> list[str]:
    known = dict(WithdrawalReason.choices)
    return [str(known[said["reason"]])] if said.get("reason") in known else []


def _returns(application: Application) -> str:
    """What became of the payments that the step gives back, as it stands today."""
    return " ".join(what_became_of(owed) for owed in returns_for(str(application.number)))


def _day(text: Any) -> str:
    return date_format(date.fromisoformat(text), "d.m.Y.") if isinstance(text, str) and text else ""


def _moment(text: Any) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) and text else None


def _office(application: Application, entry: TimelineEntry) -> str:
    if entry.actor_role == Role.CITIZEN:
        return entry.actor_label
    if entry.actor_role == Role.SYSTEM:
        return _("Automatically")
    if entry.actor_role in _INSTITUTION:
        return latvian(application.programme.institution.name)
    return _("Ministry") if entry.actor_role in _MINISTRY else _("Agency")
