"""Reads of memberships: who acts for whom, and as whom somebody acts now."""

from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from stars.actors.actor import Actor
from stars.actors.permissions import Role
from stars.common import clock
from stars.organisations.enums import MemberRole
from stars.organisations.models import Invitation, Membership, Organisation
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


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """Everybody who belongs to the organisation, those too who begin later or have run out; administrators first."""
    living = Membership.objects.filter(organisation=organisation, ended_at=None).select_related("person")
    return living.order_by("role", "person__family_name", "person__given_name", "pk")


def membership(number: int, *, organisation_id: int | None = None) -> Membership | None:
    """A living membership by its number, of this organisation only where one is given; None when there is none."""
    living = Membership.objects.filter(pk=number, ended_at=None).select_related("person", "organisation")
    return (living.filter(organisation_id=organisation_id) if organisation_id is not None else living).first()


def waiting_invitations() -> QuerySet[Invitation]:
    """Invitations without an answer, also those that have run out, of whoever may still invite.

    Whoever is an administrator no more leaves no door open behind them, to themselves least of all.
    """
    record = Person.objects.filter(pk=OuterRef(OuterRef("invited_by")))
    inviter = Q(person_id=OuterRef("invited_by")) | Q(person__in=record.values("merged_into"))
    administers = memberships_in_force().filter(
        inviter, organisation=OuterRef("organisation"), role=MemberRole.ADMIN
    )
    return Invitation.objects.filter(Exists(administers), accepted_at=None, withdrawn_at=None)


def valid_invitations() -> QuerySet[Invitation]:
    """Those of them whose link may be used now."""
    return waiting_invitations().filter(expires_at__gt=clock.now())


def open_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Invitations of the organisation that wait, the latest first."""
    return waiting_invitations().filter(organisation=organisation).order_by("-sent_at", "-pk")


def invitation(number: int, *, organisation_id: int) -> Invitation | None:
    """An invitation of the organisation by its number; None when there is none."""
    return Invitation.objects.filter(pk=number, organisation_id=organisation_id).first()


def find_organisations(*, text: str = "", kind: str = "") -> QuerySet[Organisation]:
    """Organisations by a part of the name or the registration number, and by kind, with the number of their members."""
    found = Organisation.objects.annotate(
        members=Count("memberships", filter=Q(memberships__ended_at=None), distinct=True),
        admins=Count(
            "memberships",
            filter=Q(memberships__ended_at=None, memberships__role=MemberRole.ADMIN),
            distinct=True,
        ),
    )
    if kind:
        found = found.filter(kind=kind)
    if text:
        wanted = Q(name__icontains=text) | Q(short_name__icontains=text)
        found = found.filter(wanted | Q(registration_number__startswith=text))
    return found.order_by("name", "pk")


def by_slug(slug: str) -> Organisation | None:
    """An organisation by its address; None when there is none."""
    return Organisation.objects.filter(slug=slug).first()


def by_pk(organisation_id: int) -> Organisation | None:
    """An organisation by its number; None when there is none."""
    return Organisation.objects.filter(pk=organisation_id).first()


def _role(membership: Membership) -> Role:
    return ROLES[membership.organisation.kind, membership.role]
