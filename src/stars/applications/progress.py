"""Where an application stands, in words: five stages, who acts next, and what has happened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stars.applications.enums import Status
from stars.applications.models import Application, TimelineEntry
from stars.applications.words import EVENTS

State = Literal["done", "current", "todo", "failed"]

# The agency's promise, not a measured figure: measured times come with decisions.
CHECK_WORKDAYS = 5

COLOURS: dict[str, str] = {
    Status.DRAFT: "neutral",
    Status.SUBMITTED: "info",
    Status.RETURNED: "warning",
    Status.ELIGIBLE: "success",
    Status.WAITING: "warm",
    Status.ADMITTED: "success",
    Status.COMPLETED: "success",
}
# How many of the five stages are behind an application in this status.
_DONE = {
    Status.SUBMITTED: 1,
    Status.RETURNED: 1,
    Status.ELIGIBLE: 2,
    Status.WAITING: 2,
    Status.ADMITTED: 3,
    Status.COMPLETED: 5,
}


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the way as the timeline draws it."""

    label: str
    note: str
    state: State


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, for the list under the timeline."""

    at: datetime
    text: str | Promise
    who: str


def colour(application: Application) -> str:
    """Colour of the status tag; the word beside it says the same."""
    return COLOURS.get(application.status, "neutral")


def status_sentence(application: Application) -> str:
    """What happened, who acts next, and by when."""
    days = ngettext("usually %(count)d workday", "usually %(count)d workdays", CHECK_WORKDAYS) % {
        "count": CHECK_WORKDAYS
    }
    submitted = _day(application.submitted_at)
    sentences = {
        Status.DRAFT: _("Begun and not sent yet."),
        Status.SUBMITTED: _("Submitted on %(day)s – the agency checks eligibility, %(days)s.")
        % {"day": submitted, "days": days},
        Status.RETURNED: _("Returned for correction – it is your turn."),
        Status.ELIGIBLE: _("Confirmed – the institution now forms the group and will contact you."),
        Status.WAITING: _("On the waiting list – the institution will offer a place when one becomes free."),
        Status.ADMITTED: _("Admitted – the institution will tell you when learning begins."),
        Status.REFUSED: _("Not admitted."),
        Status.COMPLETED: _("Completed."),
        Status.EXPELLED: _("Expelled from learning."),
        Status.WITHDRAWN: _("You withdrew on %(day)s.") % {"day": _day(application.ended_at)},
    }
    return sentences[Status(application.status)]


def stages(application: Application) -> list[Stage]:
    """The five stages; a way that ended early shows where it stopped."""
    done = _DONE.get(Status(application.status), 0)
    promised = application.promised or {}
    starts = promised.get("starts_on", "")
    notes = [
        _day(application.submitted_at),
        _("by the agency"),
        _("by the institution"),
        _("not before %(day)s") % {"day": _iso_day(starts)} if starts else "",
        promised.get("document", ""),
    ]
    labels = [_("Submitted"), _("Eligibility check"), _("Admission"), _("Learning"), _("Certificate")]
    if application.status in (Status.WITHDRAWN, Status.REFUSED, Status.EXPELLED):
        ended = Stage(application.get_status_display(), _day(application.ended_at), "failed")
        return [Stage(labels[0], notes[0], "done"), ended]
    states: list[State] = ["done" if number < done else "todo" for number in range(5)]
    if done < len(states):
        states[done] = "current"
    return [Stage(*parts) for parts in zip(labels, notes, states, strict=True)]


def events(application: Application) -> list[Event]:
    """Everything that happened, the latest first; staff are named by their office, not by name."""
    entries = sorted(application.timeline.all(), key=lambda entry: (entry.at, entry.pk), reverse=True)
    return [
        Event(entry.at, EVENTS.get(entry.action, entry.get_status_display()), _office(entry))
        for entry in entries
    ]


def _office(entry: TimelineEntry) -> str:
    return entry.actor_label if entry.actor_role == "citizen" else _("Agency")


def _day(value: datetime | None) -> str:
    return date_format(localtime(value), "d.m.Y.") if value else ""


def _iso_day(text: str) -> str:
    return date_format(datetime.fromisoformat(text), "d.m.Y.")
