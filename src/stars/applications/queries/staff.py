"""One application as an authority's officer reads it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db.models import OuterRef, Prefetch, Subquery

from stars.actors.actor import Actor
from stars.applications.enums import REASONS_FOR, Action, Reason
from stars.applications.judging import JudgedRule, judged, reasons_for
from stars.applications.models import Application, Decision
from stars.applications.queries.own import NotYours
from stars.applications.queries.queue import with_what_lists_show
from stars.common import clock, person_codes
from stars.funding.queries import versions_at
from stars.people.models import Person, PersonIdentifier
from stars.schemes.codes import SchemeCode
from stars.schemes.declarations import SCHEMES
from stars.schemes.parameters import Parameters


@dataclass(frozen=True, slots=True)
class Client:
    """Who is being worked for; stands on every page about them and is repeated by each binding act."""

    name: str
    birth_year: int | None
    masked_code: str


def application_for(actor: Actor, public_id: UUID) -> Application | None:
    """A submitted application of the actor's sources, with what its page names; None when there is none.

    Raises `NotYours` for another source's.
    """
    decided = Prefetch("decisions", queryset=Decision.objects.order_by("at", "pk"))
    found = (
        with_what_lists_show(Application.objects.filter(public_id=public_id))
        .exclude(submitted_at=None)
        .prefetch_related("answers", "timeline", decided)
        .first()
    )
    if found is not None and found.scheme not in actor.schemes:
        raise NotYours(found.pk)
    return found


def client_of(application: Application) -> Client:
    """Name, year of birth and masked code of the applicant of an application that came from one of the lists."""
    return _client(application.applicant, cast(str | None, getattr(application, "code", None)))


def _client(person: Person, digits: str | None) -> Client:
    code = person_codes.parse(digits, on=clock.today(), technical=True) if digits else None
    born = person.birth_date or (code.birth_date if code else None)
    return Client(person.full_name, born.year if born else None, code.masked if code else "")


def clients_of_money(money: Iterable[tuple[str, UUID | None]]) -> dict[tuple[str, UUID | None], Client]:
    """Whose each movement of money is: named by the number of an application, or by the owner of an account."""
    wanted = set(money)
    numbers = dict(
        Application.objects.filter(number__in=[number for number, _owner in wanted if number]).values_list(
            "number", "applicant_id"
        )
    )
    owners = {(number, owner): owner or numbers.get(number) for number, owner in wanted}
    code = PersonIdentifier.objects.filter(person=OuterRef("pk"), valid_until=None)
    people = Person.objects.annotate(code=Subquery(code.values("value")[:1])).in_bulk(
        [owner for owner in owners.values() if owner]
    )
    return {
        key: _client(people[owner], people[owner].code) for key, owner in owners.items() if owner in people
    }


def said_by_registers(application: Application) -> dict[str, str]:
    """The answers that came with the application, by register."""
    pairs = cast(Sequence[str], getattr(application, "said", ()))
    return dict(pair.split(":", 1) for pair in pairs)


def reasons_for_all(action: Action, applications: Iterable[Application]) -> list[Reason]:
    """The reasons that fit each of these applications, by the rules of its source when it was submitted."""
    moments: dict[str, list[datetime]] = {}
    for each in applications:
        if each.submitted_at is not None:
            moments.setdefault(each.scheme, []).append(each.submitted_at)
    offered = [
        set(reasons_for(action, SCHEMES[SchemeCode(scheme)], parameters))
        for scheme, sent in moments.items()
        for parameters in versions_at(scheme, sent)
    ]
    return [reason for reason in REASONS_FOR[action] if all(reason in known for known in offered)]


def rules_about(application: Application, parameters: Parameters) -> list[JudgedRule]:
    """Every rule beside its register's answer."""
    return judged(application, said_by_registers(application), parameters)
