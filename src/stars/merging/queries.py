"""Reads about two records that may be one person: what each has, and what stands in the way."""

from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stars.applications.enums import OPEN
from stars.applications.models import Application
from stars.common import clock, person_codes
from stars.enrolments.models import Enrolment
from stars.funding.queries import accounts_count, schemes_with_living_account
from stars.merging.models import MergeProposal
from stars.merging.types import Conflict, Link, Obstacle, Preview, Side
from stars.organisations.models import Membership
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
    both = schemes_with_living_account(kept.pk) & schemes_with_living_account(merged.pk)
    return Preview(_side(kept), _side(merged), conflicts(kept, merged, but=but), sorted(both))


def conflicts(kept: Person, merged: Person, *, but: MergeProposal | None = None) -> list[Conflict]:
    """Everything that two persons have and one cannot have."""
    found = _of_applications(kept, merged)
    if kept.merged_into_id is not None or merged.merged_into_id is not None:
        found.append(_conflict(Obstacle.GONE))
    others = MergeProposal.objects.filter(settled_at=None).filter(
        Q(kept__in=[kept, merged]) | Q(merged__in=[kept, merged])
    )
    others = others.exclude(kept=kept, merged=merged) if but is None else others.exclude(pk=but.pk)
    if others.exists():
        found.append(_conflict(Obstacle.OTHER_PROPOSAL))
    return found


def _of_applications(kept: Person, merged: Person) -> list[Conflict]:
    theirs: dict[UUID, list[Application]] = {kept.pk: [], merged.pk: []}
    rows = Application.objects.filter(applicant__in=[kept, merged], status__in=OPEN)
    for row in rows.select_related("programme").order_by("pk"):
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


def _side(one: Person) -> Side:
    applications = Application.objects.filter(applicant=one).select_related("programme")
    learned = Enrolment.objects.filter(person=one)
    holdings = [
        (_("Applications"), applications.count()),
        (_("Learning accounts"), accounts_count(one.pk)),
        (_("Learnings"), learned.count()),
        (_("Documents of education"), learned.exclude(document_number="").count()),
        (_("Memberships in organisations"), Membership.objects.filter(person=one, ended_at=None).count()),
        (_("Favourites"), _count("catalogue.Favourite", one)),
        (_("Accepted texts"), _count("people.Consent", one)),
        (_("Messages sent"), _count("notices.Delivery", one)),
    ]
    return Side(
        person_id=one.pk,
        name=one.full_name,
        birth_date=day(one.birth_date),
        codes=masked_codes([one])[one.pk],
        is_registered=hasattr(one, "profile"),
        applications=[
            f"{row.number or _('draft')}: {row.programme.title} – {row.get_status_display()}"
            for row in applications.order_by("-pk")[:_SHOWN_APPLICATIONS]
        ],
        holdings=holdings,
    )


def _count(model: str, one: Person) -> int:
    table: Any = apps.get_model(model)
    return int(table.objects.filter(person_id=one.pk).count())
