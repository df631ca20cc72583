"""Reads of memberships: who acts for whom, and as whom somebody acts now."""

from uuid import UUID

from django.db.models import Q, QuerySet

from stars.actors.actor import Actor
from stars.actors.permissions import Role
from stars.common import clock
from stars.organisations.models import Membership, Organisation
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


def memberships_of(person_id: UUID) -> list[Membership]:
    """The memberships by which the person may act now."""
    return list(memberships_in_force().filter(person_id=person_id))


def hat_of(membership: Membership) -> Hat:
    """A membership as the role switcher shows it."""
    organisation = membership.organisation
    return Hat(
        membership.pk, organisation.name, organisation.short_name or organisation.name, _role(membership)
    )


def by_identity_code(code: str) -> Organisation | None:
    """The organisation that the national sign-in calls so; None when the platform knows none."""
    return Organisation.objects.filter(identity_code=code).exclude(identity_code="").first()


def membership_by_code(organisation: Organisation, person_code: str) -> Membership | None:
    """The membership in force of whoever has or had this personal code; None when there is none."""
    mine = memberships_in_force().filter(organisation=organisation)
    return mine.filter(person__identifiers__value=person_code).first()


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
