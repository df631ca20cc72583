"""What a person has learned, as far as recommendations ask: what may be continued, and what is not to be repeated."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from stars.actors.actor import Actor
from stars.applications.enums import Status
from stars.applications.models import Application
from stars.catalogue.documents import slug
from stars.catalogue.recommendations import Learned
from stars.classifiers.enums import Kind
from stars.common import clock
from stars.common.months import add_months
from stars.enrolments.models import Enrolment

# What somebody broke off is not recommended again for as long as they had to wait after it by the earlier rules
# (facts 1.3); whoever wants to try again finds it in the full catalogue.
_REST_MONTHS: Final = 6
_ENDED: Final = (Status.COMPLETED, Status.EXPELLED, Status.WITHDRAWN)
_PROGRAMME: Final = ("field_id", "qualification_id", "digcomp_competences", "digcomp_level", "varam_level")


@dataclass(frozen=True, slots=True)
class Past:
    """The completed programmes, the latest first; and the programmes that lie behind the person."""

    learned: tuple[Learned, ...]
    behind: frozenset[int]


def past_of(by: Actor) -> Past:
    """The actor's own learning: one statement. Giving up before learning began is no learning."""
    contracts = Enrolment.objects.filter(application=OuterRef("pk"))
    rows = (
        Application.objects.filter(applicant_id=by.person_id, status__in=_ENDED)
        .annotate(has_contract=Exists(contracts))
        .order_by("-ended_at", "-pk")
        .values(
            *("programme_id", "status", "ended_at", "has_contract"),
            *(f"programme__{name}" for name in _PROGRAMME),
        )
    )
    found, today = list(rows), clock.today()
    completed = [row for row in found if row["status"] == Status.COMPLETED]
    broken_off = [row for row in found if row["status"] != Status.COMPLETED and _is_resting(row, today)]
    return Past(
        tuple(_learned(row) for row in completed),
        frozenset(row["programme_id"] for row in (*completed, *broken_off)),
    )


def _is_resting(row: dict[str, Any], today: date) -> bool:
    return row["has_contract"] and today < add_months(localdate(row["ended_at"]), _REST_MONTHS)


def _learned(row: dict[str, Any]) -> Learned:
    return Learned(
        id=row["programme_id"],
        field=slug(row["programme__field_id"], Kind.FIELD),
        qualification=slug(row["programme__qualification_id"], Kind.QUALIFICATION),
        digcomp_competences=tuple(
            slug(code, Kind.DIGCOMP_COMPETENCE) for code in row["programme__digcomp_competences"]
        ),
        digcomp_level=row["programme__digcomp_level"],
        varam_level=row["programme__varam_level"],
    )
