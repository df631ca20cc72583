"""Reads about two records that may be one person: what each has, and what stands in the way."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stars.applications.enums import OPEN
from stars.applications.models import Application
from stars.common import clock, person_codes
from stars.funding.queries import schemes_granted_twice
from stars.merging.models import MergeProposal
from stars.merging.types import Conflict, Link, Obstacle, Preview, Side
from stars.people.models import Person, PersonIdentifier
from stars.ui.templatetags.ui import day

MOST_FOUND = 20
_SHOWN_APPLICATIONS = 20
_WORDS = {
    Obstacle.OPEN_IN_SOURCE: gettext_lazy("Both have an open application in one funding source"),
    Obstacle.OPEN_FOR_PROGRAMME: gettext_lazy("Both have an open application for one programme"),
    Obstacle.OTHER_PROPOSAL: gettext_lazy("Another proposal about one of them is open"),
    Obstacle.GONE: gettext_lazy("One of them was merged already"),
}
# What is counted of a person: words, table, the column that names the person, and which of the rows.
_COUNTED: tuple[tuple[Promise | str, str, str, Q], ...] = (
    (gettext_lazy("Applications"), "applications.Application", "applicant", Q()),
    (gettext_lazy("Learning accounts"), "funding.LearningAccount", "person", Q()),
    (gettext_lazy("Learnings"), "enrolments.Enrolment", "person", Q()),
    (gettext_lazy("Documents of education"), "enrolments.Enrolment", "person", ~Q(document_number="")),
    (
        gettext_lazy("Memberships in organisations"),
        "organisations.Membership",
        "person",
        Q(ended_at__isnull=True),
    ),
    (gettext_lazy("Favourites"), "catalogue.Favourite", "person", Q()),
    (gettext_lazy("Accepted texts"), "people.Consent", "person", Q()),
    (gettext_lazy("Messages sent"), "notices.Delivery", "person_id", Q()),
)


def find_by_code(digits: str) -> list[Person]:
    """The person who has or had this code, as a list of one or none."""
    found = PersonIdentifier.objects.select_related("person").filter(value=digits)
    return [identifier.person for identifier in found]


def find_by_name(text: str) -> list[Person]:
    """People whose names begin with all of the words; never more than can be looked through."""
    found = Person.objects.filter(merged_into=None)
    for word in text.split():
        found = found.filter(Q(given_name__istartswith=word) | Q(family_name__istartswith=word))
    return list(found.order_by("family_name", "given_name", "pk")[:MOST_FOUND])


def person(person_id: UUID) -> Person | None:
    """A person who was not merged into another; None otherwise."""
    return Person.objects.filter(pk=person_id, merged_into=None).first()


def pair(kept_id: UUID, merged_id: UUID) -> tuple[Person, Person] | None:
    """Two persons of whom neither was merged into another; None when they are not two."""
    found = Person.objects.filter(merged_into=None).in_bulk([kept_id, merged_id])
    return (found[kept_id], found[merged_id]) if len(found) == 2 else None


def open_proposal(kept: Person, merged: Person) -> MergeProposal | None:
    """What was proposed about exactly these two and waits."""
    return MergeProposal.objects.filter(kept=kept, merged=merged, settled_at=None).first()


def masked_codes(people: list[Person]) -> dict[UUID, list[str]]:
    """The codes of these people as lists show them."""
    found: dict[UUID, list[str]] = {each.pk: [] for each in people}
    for identifier in PersonIdentifier.objects.filter(person__in=people).order_by("valid_from", "pk"):
        code = person_codes.parse(identifier.value, on=clock.today(), technical=True)
        found[identifier.person_id].append(code.masked)
    return found


def proposals(*, is_open: bool) -> QuerySet[MergeProposal]:
    """Proposals that wait, the oldest first; or those that are settled, the latest first."""
    found = MergeProposal.objects.select_related("kept", "merged").filter(settled_at__isnull=is_open)
    return found.order_by("proposed_at", "pk") if is_open else found.order_by("-settled_at", "-pk")


def proposal(number: int) -> MergeProposal | None:
    """A proposal with both persons; None when there is none."""
    return MergeProposal.objects.select_related("kept", "merged").filter(pk=number).first()


def preview(kept: Person, merged: Person, *, but: MergeProposal | None = None) -> Preview:
    """What each of the two has, and what must be settled first."""
    applications = list(_applications(kept, merged))
    codes, counted = masked_codes([kept, merged]), _counted(kept, merged)
    mine, other = (
        Side(
            person_id=one.pk,
            name=one.full_name,
            birth_date=day(one.birth_date),
            codes=codes[one.pk],
            is_registered=hasattr(counted[one.pk], "profile"),
            applications=[
                f"{row.number or _('draft')}: {row.programme.title} – {row.get_status_display()}"
                for row in reversed(applications)
                if row.applicant_id == one.pk
            ][:_SHOWN_APPLICATIONS],
            holdings=[
                (label, str(getattr(counted[one.pk], f"count_{number}")))
                for number, (label, *_rest) in enumerate(_COUNTED)
            ],
        )
        for one in (kept, merged)
    )
    in_the_way = _in_the_way(kept, merged, [row for row in applications if row.status in OPEN], but=but)
    return Preview(mine, other, in_the_way, schemes_granted_twice([kept.pk, merged.pk]))


def conflicts(kept: Person, merged: Person, *, but: MergeProposal | None = None) -> list[Conflict]:
    """Everything that two persons have and one cannot have."""
    return _in_the_way(kept, merged, _applications(kept, merged).filter(status__in=OPEN), but=but)


def _applications(kept: Person, merged: Person) -> QuerySet[Application]:
    rows = Application.objects.filter(applicant__in=[kept, merged])
    return rows.select_related("programme").order_by("pk")


def _in_the_way(
    kept: Person, merged: Person, opened: Iterable[Application], *, but: MergeProposal | None
) -> list[Conflict]:
    found = _of_applications(kept, merged, opened)
    if kept.merged_into_id is not None or merged.merged_into_id is not None:
        found.append(_conflict(Obstacle.GONE))
    others = MergeProposal.objects.filter(settled_at=None).filter(
        Q(kept__in=[kept, merged]) | Q(merged__in=[kept, merged])
    )
    others = others.exclude(kept=kept, merged=merged) if but is None else others.exclude(pk=but.pk)
    if others.exists():
        found.append(_conflict(Obstacle.OTHER_PROPOSAL))
    return found


def _of_applications(kept: Person, merged: Person, opened: Iterable[Application]) -> list[Conflict]:
    theirs: dict[UUID, list[Application]] = {kept.pk: [], merged.pk: []}
    for row in opened:
        theirs[row.applicant_id].append(row)
    found = []
    for mine in theirs[kept.pk]:
        for other in theirs[merged.pk]:
            if mine.scheme == other.scheme:
                found.append(_conflict(Obstacle.OPEN_IN_SOURCE, mine, other))
            elif mine.programme_id == other.programme_id:
                found.append(_conflict(Obstacle.OPEN_FOR_PROGRAMME, mine, other))
    return found


def _conflict(obstacle: Obstacle, *applications: Application) -> Conflict:
    links = [Link(f"{each.number}: {each.programme.title}", each.public_id) for each in applications]
    return Conflict(obstacle, _WORDS[obstacle], links)


def _counted(*people: Person) -> dict[UUID, Person]:
    """The same people with their profile and one number for each line of what is counted, in one statement."""
    counts = {}
    for number, (_label, model, column, which) in enumerate(_COUNTED):
        table: Any = apps.get_model(model)
        rows = table.objects.filter(which, **{column: OuterRef("pk")}).order_by().values(column)
        counts[f"count_{number}"] = Coalesce(Subquery(rows.values(number=Count("pk"))), Value(0))
    return Person.objects.select_related("profile").annotate(**counts).in_bulk([one.pk for one in people])
