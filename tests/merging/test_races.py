"""A merge against what happens in the same moment, with real threads on the real engine."""

from collections.abc import Callable

import pytest
from tests.applications.test_races import together
from tests.crossing import crossed
from tests.merging.conftest import Twins
from tests.world import OGRE, World, make_group, make_programme, make_staff

from stars.actors.actor import SYSTEM
from stars.applications import operations as applications
from stars.applications.enums import OPEN
from stars.applications.models import Application
from stars.audit.models import AuditEvent
from stars.merging import operations
from stars.merging.models import MergeProposal
from stars.organisations import operations as organisations
from stars.organisations.models import Membership, Organisation
from stars.organisations.operations.memberships import lock
from stars.people import operations as people
from stars.people.models import Person
from stars.schemes.codes import SchemeCode

pytestmark = pytest.mark.django_db(transaction=True)
Filled = Callable[..., Application]


def test_two_officers_settle_at_once(twins: Twins) -> None:
    proposal, third = twins.propose(), make_staff(3, "agency")
    results = together(
        lambda: operations.settle(proposal, by=twins.second), lambda: operations.settle(proposal, by=third)
    )
    assert sorted(type(result).__name__ for result in results) == ["AlreadySettled", "Person"]


@pytest.mark.parametrize("is_accepted", [True, False], ids=["settle", "decline"])
def test_a_second_click_of_the_same_officer_does_nothing(twins: Twins, is_accepted: bool) -> None:
    proposal = twins.propose()
    settle = operations.settle if is_accepted else operations.decline

    first, second = together(*[lambda: settle(proposal, by=twins.second)] * 2)

    assert first == second == (twins.kept if is_accepted else None)
    kind = "person.merged" if is_accepted else "person.merge-declined"
    assert AuditEvent.objects.filter(kind=kind, subject_id=str(twins.merged.pk)).count() == 1


def test_one_confirms_and_one_declines_at_once(twins: Twins) -> None:
    proposal, third = twins.propose(), make_staff(3, "agency")
    together(
        lambda: operations.settle(proposal, by=twins.second), lambda: operations.decline(proposal, by=third)
    )
    is_merged = Person.objects.get(pk=twins.merged.pk).merged_into_id is not None
    assert MergeProposal.objects.get().is_accepted is is_merged


def test_opposite_proposals_at_once_leave_one(twins: Twins) -> None:
    results = together(
        lambda: operations.propose(twins.kept, twins.merged, "x", by=twins.first),
        lambda: operations.propose(twins.merged, twins.kept, "x", by=twins.second),
    )
    assert sorted(type(result).__name__ for result in results) == ["AlreadyProposed", "MergeProposal"]


def test_an_application_begun_in_the_same_moment_is_not_left_behind(twins: Twins, world: World) -> None:
    proposal, by = twins.propose(), people.actor_of(twins.merged)
    _, begun = together(
        lambda: operations.settle(proposal, by=twins.second),
        lambda: applications.start(twins.merged, world.programme, SchemeCode("MN"), by=by),
    )
    assert Person.objects.get(pk=twins.merged.pk).merged_into_id == twins.kept.pk
    assert Application.objects.filter(applicant=twins.merged).count() == 0
    assert type(begun).__name__ in ("Application", "DraftGone")


def test_an_application_sent_in_the_same_moment_leaves_one_open(
    twins: Twins, filled: Filled, world: World
) -> None:
    applications.submit(filled(twins.kept), by=people.actor_of(twins.kept))
    other = make_programme("Tīkli")
    group = make_group(other, OGRE, rounds=[world.rounds["MN"]])
    draft = filled(twins.merged, programme=other, group=group)
    proposal, by = twins.propose(), people.actor_of(twins.merged)
    settled, sent = together(
        lambda: operations.settle(proposal, by=twins.second), lambda: applications.submit(draft, by=by)
    )
    is_merged = Person.objects.get(pk=twins.merged.pk).merged_into_id is not None
    opened = Application.objects.filter(status__in=OPEN)
    if is_merged:
        assert type(sent).__name__ in ("DraftGone", "AlreadyOpen", "NotPermitted")
        assert [one.applicant_id for one in opened] == [twins.kept.pk]
    else:
        assert (type(settled).__name__, type(sent).__name__) == ("MustBeSettledFirst", "Application")
        assert {one.applicant_id for one in opened} == {twins.kept.pk, twins.merged.pk}


def test_a_person_is_merged_while_somebody_employs_them(twins: Twins) -> None:
    """Who employs locks the organisation and then, for the key, the person; who merges must not go the other way."""
    make_staff(7, "institution", person=twins.merged)
    place = Organisation.objects.get(slug="tehnikums")
    proposal = twins.propose()

    employed, kept = crossed(
        lambda: lock(place.pk),
        lambda: operations.settle(proposal, by=twins.second),
        then=lambda: organisations.grant(
            place, twins.kept, role="officer", basis_document="Rīkojums Nr. 2", by=SYSTEM
        ),
    )

    assert isinstance(employed, Membership), employed
    assert kept == twins.kept
    assert Membership.objects.filter(organisation=place, ended_at=None).count() == 1
