"""The e-mail about an application, put into words: what happened, why, by when, and what comes next."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext, ngettext

from stars.applications.consequences import waiting_period, will_return
from stars.applications.display import field_labels
from stars.applications.models import Application
from stars.applications.places import period_name
from stars.applications.queries.leaving import Consequence
from stars.applications.queries.usual import check_workdays
from stars.applications.words import (
    DEADLINE,
    DEADLINES,
    NEXT,
    What,
    authority_of,
    due_in_words,
    headline,
    reasons_in_words,
)
from stars.catalogue.models import Group
from stars.classifiers import queries as classifiers


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What the template sets: plain text in the reader's language; what is empty is left out."""

    headline: str
    number: str
    programme: str
    institution: str
    group: str
    lessons: str
    reasons: list[str]
    note: str
    fields: list[str]
    deadline: str
    consequences: list[str]
    next: str
    link: str

    def context(self) -> dict[str, Any]:
        """For the template."""
        return asdict(self)


def letter(
    application: Application,
    what: What,
    *,
    link: str,
    due: datetime | str | None = None,
    reasons: list[str] | None = None,
    note: str = "",
    group: Group | str = "",
    fields: list[str] | None = None,
    costs: tuple[Consequence, date] | None = None,
    returning_cents: int = 0,
) -> Letter:
    """The letter in the current language. `due` may be a moment or its ISO form, as a timeline keeps it.

    With a `group` that is more than its name the letter says where and when it learns; with `costs` what follows from an
    end on that day, and with `returning_cents` that a payment comes back.
    """
    promised: dict[str, Any] = application.promised or {}
    moment = datetime.fromisoformat(due) if isinstance(due, str) else due
    said = str(DEADLINES.get(what, DEADLINE)) % {"due": due_in_words(moment)} if moment else ""
    return Letter(
        headline=headline(what),
        number=application.number or "",
        programme=promised.get("programme") or application.programme.title,
        institution=promised.get("institution") or application.programme.institution.name,
        group=str(group.name if isinstance(group, Group) else group),
        lessons=lessons(group) if isinstance(group, Group) else "",
        reasons=reasons_in_words(reasons or []),
        note=note,
        fields=field_labels(application.scheme, fields or []),
        deadline=said,
        consequences=[
            *([waiting_period(*costs)] if costs else []),
            *([will_return(returning_cents)] if returning_cents else []),
        ],
        next=next_step(application.scheme, what),
        link=link,
    )


def lessons(group: Group) -> str:
    """Where and when a group learns: "Rīga, Skolas iela 5, 12.01.2027.–20.03.2027., workday evenings"."""
    places = [gettext("Remotely")] if group.is_remote else classifiers.names([str(group.municipality_id)])
    return ", ".join(filter(None, [*places, group.address, period_name(group)]))


def next_step(scheme: str, what: What) -> str:
    """Who acts next, in the current language."""
    return str(NEXT[what]) % {"authority": authority_of(scheme), "days": usual_check(scheme)}


def usual_check(scheme: str) -> str:
    """ "usually 5 workdays": how long the authority takes to decide."""
    days = check_workdays(scheme)
    return ngettext("usually %(count)d workday", "usually %(count)d workdays", days) % {"count": days}
