"""Places in groups, as the application's page shows them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stars.applications import queries
from stars.applications.enums import Status
from stars.applications.models import Application
from stars.applications.places import period_name, place_name, seats_in_words
from stars.applications.queries.places import GroupChoice, PlaceLine
from stars.catalogue.models import Group
from stars.common import clock
from stars.workspaces.citizen.views.rows import time_left

_CHOOSING = (Status.ELIGIBLE, Status.WAITING)


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place in a list, or an offered seat, in words and with where to answer."""

    line: PlaceLine
    group: str
    details: str
    position: str
    usual: str
    left: str
    accept_url: str
    give_up_url: str


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """A group to choose: at once, or by its list."""

    group: str
    details: str
    seats: str
    is_free: bool
    url: str


def place_rows(application: Application) -> dict[str, Any]:
    """What the application's page shows of places; empty where the state has none."""
    if application.status not in _CHOOSING:
        return {"places": [], "offers": [], "expired": [], "may_choose": False}
    rows = [_place_row(application, line) for line in queries.places_of(application)]
    return {
        "offers": [row for row in rows if row.line.is_answerable],
        "expired": [row for row in rows if row.line.is_offered and not row.line.is_answerable],
        "places": [row for row in rows if not row.line.is_offered],
        "may_choose": may_choose(application),
        "choice_left": _left(application.regroup_due_at),
    }


def choice_rows(application: Application) -> list[ChoiceRow]:
    """Groups that may be chosen, by their start."""
    takes = may_take(application)
    return [_choice_row(application, choice, takes=takes) for choice in queries.choices_for(application)]


def may_take(application: Application) -> bool:
    """Whether a free seat may be taken at once: the person was asked to choose another group, and it is not too late."""
    due = application.regroup_due_at
    return application.status == Status.ELIGIBLE and due is not None and clock.now() <= due


def may_choose(application: Application) -> bool:
    """Whether another group of the programme can be chosen: between confirmation and admission, and in time."""
    return application.status in _CHOOSING and not is_too_late(application)


def is_too_late(application: Application) -> bool:
    """Whether the person was asked to choose another group and the time for it has passed."""
    due = application.regroup_due_at
    return due is not None and due < clock.now()


def group_details(group: Group) -> str:
    """Place, period and time of a group."""
    return f"{place_name(group)}, {period_name(group)}"


def _place_row(application: Application, line: PlaceLine) -> PlaceRow:
    key = [application.public_id, line.group.pk]
    return PlaceRow(
        line=line,
        group=line.group.name,
        details=group_details(line.group),
        position=_("Place %(number)d in the list") % {"number": line.position},
        usual=_usual(line.usual_days),
        left=_left(line.offer_due_at),
        accept_url=reverse("citizen:place-accept", args=key),
        give_up_url=reverse("citizen:place-give-up", args=key),
    )


def _choice_row(application: Application, choice: GroupChoice, *, takes: bool) -> ChoiceRow:
    is_free = takes and choice.is_free
    name = "citizen:place-accept" if is_free else "citizen:place-join"
    return ChoiceRow(
        group=choice.group.name,
        details=group_details(choice.group),
        seats=_seats(choice),
        is_free=is_free,
        url=reverse(name, args=[application.public_id, choice.group.pk]),
    )


def _seats(choice: GroupChoice) -> str:
    free = seats_in_words(choice.group) if choice.group.seats_free else _("No free seats")
    if not choice.waiting:
        return free
    waiting = ngettext("%(count)d person waits", "%(count)d people wait", choice.waiting) % {
        "count": choice.waiting
    }
    return f"{free}, {waiting}"


def _left(due: datetime | None) -> str:
    return time_left(due) if due and clock.now() <= due else ""


def _usual(days: int | None) -> str:
    if days is None:
        return _("how long people usually wait has not been measured yet")
    if days == 0:
        return _("usually less than a day")
    return ngettext("usually %(count)d day", "usually %(count)d days", days) % {"count": days}
