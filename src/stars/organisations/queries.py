"""Reads of memberships: who acts for whom, and as whom somebody acts now."""

from uuid import UUID

from django.db.models import Q, QuerySet

from stars.actors.actor import Actor
from stars.actors.permissions import Role
from stars.common import clock
from stars.organisations.models import Membership
from stars.organisations.types import ROLES, SCHEMES_OF, Hat
from stars.people.models import Person


def memberships_in_force() -> QuerySet[Membership]:
    """Memberships that count today, of organisations that have a work place, with their organisations."""
    today = clock.today()
    return (
        Membership.objects.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=today),
            valid_from__lte=today,
            ended_at__isnull=True,
            organisation__kind__in={kind for kind, _ in ROLES},
        )
        .select_related("organisation")
        .order_by("organisation__name", "pk")
    )


def hats_of(person_id: UUID) -> list[Hat]:
    """The organisations for which the person may act now."""
    return [
        Hat(membership.pk, membership.organisation.name, _role(membership))
        for membership in memberships_in_force().filter(person_id=person_id)
    ]


def acting(person: Person, membership_id: int) -> Actor | None:
    """The person acting by the membership; None when it is not theirs or does not count any more."""
    membership = memberships_in_force().filter(person=person, pk=membership_id).first()
    return None if membership is None else actor_by(membership, person)


def actor_by(membership: Membership, person: Person) -> Actor:
    """The actor that a membership makes of its person."""
    organisation = membership.organisation
    return Actor(
        role=_role(membership),
        person_id=person.pk,
        label=str(person),
        organisation_id=organisation.pk,
        organisation=organisation.name,
        schemes=SCHEMES_OF.get(organisation.kind, frozenset()),
    )


def _role(membership: Membership) -> Role:
    return ROLES[membership.organisation.kind, membership.role]
