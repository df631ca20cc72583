"""Where an application stands, in words: five stages, who acts next, and by when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stars.applications.enums import OPEN, Action, PlaceState, Status
from stars.applications.letters import usual_check
from stars.applications.models import Application, TimelineEntry, WaitingPlace
from stars.applications.words import authority_of, day_of, due_in_words
from stars.common import clock
from stars.ui.templatetags.ui import latvian, with_latvian

State = Literal["done", "current", "todo", "failed"]

_COLOURS: dict[str, str] = {
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


def colour(status: str) -> str:
    """Colour of the status tag, the same wherever it stands; the word on it says the same."""
    return _COLOURS.get(status, "neutral")


def live_offer(application: Application) -> WaitingPlace | None:
    """The place that is offered and can still be answered."""
    if application.status not in (Status.ELIGIBLE, Status.WAITING):
        return None
    now = clock.now()
    offered = (place for place in application.places.all() if place.state == PlaceState.OFFERED)
    return next((place for place in offered if place.offer_due_at and now <= place.offer_due_at), None)


def ended_by_cancelling(application: Application) -> bool:
    """Learning ended because the group was cancelled."""
    last = _latest(application)
    return last is not None and last.action == Action.END


def status_sentence(application: Application) -> str:
    """What happened, who acts next, and by when. A sentence that ends with a day ends with the day's own point."""
    return _SENTENCES[Status(application.status)](application)


def _draft(application: Application) -> str:
    return _("Begun and not sent yet.")


def _submitted(application: Application) -> str:
    words = {
        "day": day_of(application.submitted_at),
        "authority": authority_of(application.scheme),
        "days": usual_check(application.scheme),
    }
    if application.money_short_at:
        return _("Submitted on %(day)s – waits for money; %(authority)s decides when there is some.") % words
    return _("Submitted on %(day)s – %(authority)s checks eligibility, %(days)s.") % words


def _returned(application: Application) -> str:
    return _("Returned for correction – it is your turn: please send it again by %(due)s.") % {
        "due": _due(application.correction_due_at)
    }


def _eligible(application: Application) -> str:
    if said := _turn(application):
        return said
    return _("Confirmed – the institution now forms the group and will contact you.")


def _waiting(application: Application) -> str:
    if said := _turn(application):
        return said
    return _("On the waiting list – the institution will offer a place when one becomes free.")


def _turn(application: Application) -> str:
    """What the applicant is asked between confirmation and admission; "" when it is not their turn."""
    if offer := live_offer(application):
        offered = _("A place in the group “%(group)s” is offered to you – please answer by %(due)s.")
        return with_latvian(offered, {"group": offer.group.name}, due=_due(offer.offer_due_at))
    if application.regroup_due_at:
        return _("Confirmed – please choose another group by %(due)s.") % {
            "due": _due(application.regroup_due_at)
        }
    return ""


def _admitted(application: Application) -> str:
    group = application.group
    if group is None:
        return _("Admission is confirmed.")
    start, end = _date(group.starts_on), _date(group.ends_on)
    if clock.today() < group.starts_on:
        said = _(
            "Admitted to the group “%(group)s” – learning begins on %(start)s; "
            "the institution will contact you about the contract."
        )
    elif clock.today() <= group.ends_on:
        said = _("You learn in the group “%(group)s” until %(end)s")
    else:
        said = _("Learning in the group “%(group)s” is over – the institution now notes the result.")
    return with_latvian(said, {"group": group.name}, start=start, end=end)


def _refused(application: Application) -> str:
    words = {"day": day_of(application.ended_at)}
    if ended_by_cancelling(application):
        return _("Learning ended on %(day)s because the group was cancelled.") % words
    return _("Not admitted: decided on %(day)s") % words


def _completed(application: Application) -> str:
    return _("Completed on %(day)s") % {"day": day_of(application.ended_at)}


def _expelled(application: Application) -> str:
    return _("Expelled from learning on %(day)s") % {"day": day_of(application.ended_at)}


def _withdrawn(application: Application) -> str:
    return _("You withdrew on %(day)s") % {"day": day_of(application.ended_at)}


_SENTENCES: dict[Status, Callable[[Application], str]] = {
    Status.DRAFT: _draft,
    Status.SUBMITTED: _submitted,
    Status.RETURNED: _returned,
    Status.ELIGIBLE: _eligible,
    Status.WAITING: _waiting,
    Status.ADMITTED: _admitted,
    Status.REFUSED: _refused,
    Status.COMPLETED: _completed,
    Status.EXPELLED: _expelled,
    Status.WITHDRAWN: _withdrawn,
}


def stages(application: Application) -> list[Stage]:
    """The five stages; a way that ended early shows how far it came and where it stopped."""
    labels = [_("Submitted"), _("Eligibility check"), _("Admission"), _("Learning"), _("Certificate")]
    has_ended = application.status in (Status.WITHDRAWN, Status.REFUSED, Status.EXPELLED)
    done = _came_to(application) if has_ended else _DONE.get(Status(application.status), 0)
    notes = [
        day_of(application.submitted_at),
        _last_day_of(application, Action.CONFIRM) if done > 1 else _check_note(application),
        _last_day_of(application, Action.ADMIT, Action.ACCEPT) if done > 2 else _admission_note(application),
        _learning_note(application),
        latvian((application.promised or {}).get("document", "")),
    ]
    if has_ended:
        passed = [Stage(label, note, "done") for label, note in zip(labels[:done], notes, strict=False)]
        outcome = application.get_status_display()
        return [*passed, Stage(outcome, f"{labels[done]}, {day_of(application.ended_at)}", "failed")]
    states: list[State] = ["done" if number < done else "todo" for number in range(5)]
    if done < len(states):
        states[done] = "current"
    return [Stage(*parts) for parts in zip(labels, notes, states, strict=True)]


def _came_to(application: Application) -> int:
    """How many stages were behind the application before it ended."""
    opened = [entry for entry in application.timeline.all() if entry.status in OPEN]
    latest = max(opened, key=lambda entry: (entry.at, entry.pk), default=None)
    return _DONE[Status(latest.status)] if latest else 1


def _check_note(application: Application) -> str:
    if application.correction_due_at:
        return _("your correction, by %(due)s") % {"due": day_of(application.correction_due_at)}
    return _("by %(office)s") % {"office": authority_of(application.scheme)}


def _admission_note(application: Application) -> str:
    if offer := live_offer(application):
        return _("a place is offered, answer by %(due)s") % {"due": day_of(offer.offer_due_at)}
    if application.regroup_due_at:
        return _("choose another group by %(due)s") % {"due": day_of(application.regroup_due_at)}
    if application.status == Status.WAITING:
        return _("on the waiting list")
    return _("by the institution")


def _learning_note(application: Application) -> str:
    if application.status in (Status.ADMITTED, Status.COMPLETED) and application.group:
        return f"{_date(application.group.starts_on)}–{_date(application.group.ends_on)}"
    starts = (application.promised or {}).get("starts_on", "")
    return _("not before %(day)s") % {"day": _date(date.fromisoformat(starts))} if starts else ""


def _last_day_of(application: Application, *actions: Action) -> str:
    """The day on which one of the actions passed a stage; "" where no line tells it."""
    done = [entry.at for entry in application.timeline.all() if entry.action in actions]
    return day_of(max(done)) if done else ""


def _latest(application: Application) -> TimelineEntry | None:
    return max(application.timeline.all(), key=lambda entry: (entry.at, entry.pk), default=None)


def _due(moment: datetime | None) -> str:
    return due_in_words(moment) if moment else ""


def _date(day: date) -> str:
    return date_format(day, "d.m.Y.")
