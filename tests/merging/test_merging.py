"""Two records become one person: by two officers, after what is in the way, with everything and for good."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.test import Client
from tests.merging.conftest import Twins
from tests.world import RIGA, World, make_group, make_person, make_programme, make_staff

from stars.actors.actor import SYSTEM, Actor, NotPermitted, OwnAffair
from stars.applications import operations as applications
from stars.applications.models import Application
from stars.audit.models import AuditEvent
from stars.common import clock
from stars.merging import operations, queries
from stars.merging.models import MergeProposal
from stars.merging.types import Obstacle
from stars.notices.models import Delivery
from stars.organisations import operations as organisations
from stars.organisations.models import Membership, Organisation
from stars.people import operations as people
from stars.people.models import Consent, Person, PersonEvent, PersonIdentifier, Profile
from stars.people.types import SignedIn
from stars.schemes.codes import SchemeCode

pytestmark = pytest.mark.django_db
Filled = Callable[..., Application]


def submitted(filled: Filled, person: Person, scheme: str = "MN", **chosen: object) -> Application:
    return applications.submit(filled(person, scheme, **chosen), by=people.actor_of(person))


def obstacles(twins: Twins) -> list[Obstacle]:
    return [conflict.obstacle for conflict in queries.conflicts(twins.kept, twins.merged)]


class TestTwoOfficers:
    """Nobody does it alone."""

    def test_the_proposer_does_not_settle(self, twins: Twins) -> None:
        proposal = twins.propose()
        with pytest.raises(operations.SameOfficer):
            operations.settle(proposal, by=twins.first)
        assert Person.objects.get(pk=twins.merged.pk).merged_into_id is None

    def test_the_proposer_may_take_it_back(self, twins: Twins) -> None:
        proposal = twins.propose()
        operations.decline(proposal, by=twins.first)
        with pytest.raises(operations.AlreadySettled):
            operations.settle(proposal, by=twins.second)
        assert twins.propose().pk != proposal.pk

    @pytest.mark.parametrize(("kind", "role"), [("institution", "admin"), ("ministry", "admin")])
    def test_only_the_agency(self, twins: Twins, kind: str, role: str) -> None:
        stranger = make_staff(9, kind, role=role)
        with pytest.raises(NotPermitted):
            operations.propose(twins.kept, twins.merged, "x", by=stranger)
        with pytest.raises(NotPermitted):
            operations.settle(twins.propose(), by=stranger)
        with pytest.raises(NotPermitted):
            operations.propose(twins.kept, twins.merged, "x", by=people.actor_of(twins.kept))

    def test_nobody_about_themselves(self, twins: Twins) -> None:
        myself = Person.objects.get(pk=twins.first.person_id)
        with pytest.raises(OwnAffair):
            operations.propose(myself, twins.merged, "x", by=twins.first)
        proposal = operations.propose(twins.kept, myself, "x", by=twins.second)
        with pytest.raises(OwnAffair):
            operations.settle(proposal, by=twins.first)

    def test_one_proposal_about_a_person_at_a_time(self, twins: Twins) -> None:
        twins.propose()
        with pytest.raises(operations.AlreadyProposed):
            operations.propose(twins.merged, twins.kept, "x", by=twins.second)
        with pytest.raises(operations.AlreadyProposed):
            operations.propose(make_person(3), twins.merged, "x", by=twins.second)
        with pytest.raises(operations.SamePerson):
            operations.propose(twins.kept, twins.kept, "x", by=twins.first)

    def test_what_the_register_said_needs_one_officer(self, twins: Twins) -> None:
        proposal = operations.propose_found(twins.kept, twins.merged, "Reģistrs")
        assert operations.propose_found(twins.merged, twins.kept, "Reģistrs") == proposal
        assert operations.settle(proposal, by=twins.first) == twins.kept


class TestInTheWay:
    """What one person cannot have twice is settled first."""

    def test_open_applications_in_one_source(self, twins: Twins, filled: Filled, world: World) -> None:
        mine = submitted(filled, twins.kept)
        other = make_programme("Tīkli")
        group = make_group(other, RIGA, rounds=[world.rounds["MN"]])
        theirs = submitted(filled, twins.merged, programme=other, group=group)
        with pytest.raises(operations.MustBeSettledFirst) as told:
            twins.settle()
        (conflict,) = told.value.conflicts
        assert conflict.obstacle == Obstacle.OPEN_IN_SOURCE
        assert [link.public_id for link in conflict.applications] == [mine.public_id, theirs.public_id]
        applications.withdraw(theirs, reason="personal", by=people.actor_of(twins.merged))
        operations.settle(MergeProposal.objects.get(), by=twins.second)
        assert set(Application.objects.values_list("applicant", flat=True)) == {twins.kept.pk}

    def test_open_applications_for_one_programme(self, twins: Twins, filled: Filled) -> None:
        submitted(filled, twins.kept, "MN")
        submitted(filled, twins.merged, "IMK")
        assert obstacles(twins) == [Obstacle.OPEN_FOR_PROGRAMME]

    def test_of_two_drafts_the_later_goes_on(self, twins: Twins, filled: Filled) -> None:
        old, new = filled(twins.kept), filled(twins.merged)
        assert obstacles(twins) == []
        twins.settle()
        assert list(Application.objects.values_list("pk", "applicant")) == [(new.pk, twins.kept.pk)]
        assert old.pk != new.pk

    def test_whoever_is_gone(self, twins: Twins) -> None:
        twins.settle()
        gone = Person.objects.get(pk=twins.merged.pk)
        with pytest.raises(operations.MustBeSettledFirst):
            operations.propose(make_person(3), gone, "x", by=twins.first)
        assert queries.person(gone.pk) is None


class TestWhatBecomesOne:
    """Everything goes over, and nothing is lost."""

    def test_both_codes_lead_to_the_kept_person(self, twins: Twins) -> None:
        codes = list(PersonIdentifier.objects.filter(person=twins.merged).values_list("value", flat=True))
        twins.settle()
        before = Person.objects.count()
        assert people.sign_in(SignedIn(codes[0], "Ilze", "Jaunā")).pk == twins.kept.pk
        assert Person.objects.count() == before
        assert PersonIdentifier.objects.filter(person=twins.kept, valid_until=None).count() == 1
        assert PersonIdentifier.objects.filter(person=twins.kept).count() == 2

    def test_sessions_of_the_merged_end(self, twins: Twins, signed_in: Callable[..., Client]) -> None:
        people.accept_texts(twins.merged, by=people.actor_of(twins.merged))
        browser = signed_in(twins.merged)
        assert browser.get("/profils/").status_code == 200
        twins.settle()
        assert browser.get("/profils/")["Location"] == "/provider/login?next=%2Fprofils%2F"

    def test_a_profile_fills_a_gap_and_never_overwrites(self, twins: Twins) -> None:
        mine = Profile.objects.get(person=twins.kept).registered_at
        twins.settle()
        assert Profile.objects.get().registered_at == mine
        newcomer = people.sign_in(SignedIn("05058012222", "Ilze", "Bez profila"))
        operations.settle(operations.propose(newcomer, twins.kept, "x", by=twins.first), by=twins.second)
        assert Profile.objects.get().person_id == newcomer.pk
        assert Person.objects.get(pk=newcomer.pk).email == twins.kept.email
        assert Person.objects.get(pk=twins.merged.pk).merged_into_id == newcomer.pk

    def test_the_stronger_membership_goes_on(self, twins: Twins) -> None:
        place = Organisation.objects.create(
            kind="institution", slug="s", name="S", registration_number="90000000077"
        )
        for person, role in ((twins.kept, "officer"), (twins.merged, "admin")):
            organisations.grant(place, person, role=role, basis_document="R", by=SYSTEM)
        twins.settle()
        living = Membership.objects.get(organisation=place, ended_at=None)
        assert (living.person_id, living.role) == (twins.kept.pk, "admin")
        assert Membership.objects.filter(person=twins.merged).count() == 0

    def test_messages_and_consents_go_over(self, twins: Twins) -> None:
        for person in (twins.kept, twins.merged):
            people.accept_texts(person, by=people.actor_of(person))
        sent = Delivery.objects.count()
        twins.settle()
        assert Delivery.objects.filter(person_id=twins.kept.pk).count() == sent
        assert Consent.objects.filter(person=twins.kept).count() == 2
        assert Consent.objects.filter(person=twins.merged).count() == 0

    def test_a_tombstone_stays_and_the_history_knows_the_name(self, twins: Twins) -> None:
        twins.settle()
        gone = Person.objects.get(pk=twins.merged.pk)
        assert gone.merged_into_id == twins.kept.pk
        assert [gone.given_name, gone.family_name, gone.email, gone.phone] == [""] * 4
        events = PersonEvent.objects.filter(pgh_obj=gone).order_by("pgh_id")
        names = list(events.values_list("family_name", flat=True))
        assert names[0] == twins.merged.family_name

    def test_the_audit_names_both_and_what_went_over(self, twins: Twins) -> None:
        twins.settle()
        events = AuditEvent.objects.filter(kind="person.merged")
        assert {event.subject_id for event in events} == {str(twins.kept.pk), str(twins.merged.pk)}
        assert {event.actor_id for event in events} == {twins.second.person_id}

    def test_nothing_is_made_for_the_merged_any_more(self, twins: Twins, world: World) -> None:
        twins.settle()
        with pytest.raises(applications.DraftGone):
            applications.start(
                twins.merged, world.programme, SchemeCode("MN"), by=people.actor_of(twins.merged)
            )
        with pytest.raises(IntegrityError, match="merged into another"):
            Application.objects.create(
                applicant=twins.merged, programme=world.programme, scheme="MN", status="draft"
            )


def test_a_settled_merge_is_not_settled_again(twins: Twins) -> None:
    proposal = twins.propose()
    operations.settle(proposal, by=twins.second)
    third: Actor = make_staff(3, "agency")
    for settle in (operations.settle, operations.decline):
        with pytest.raises(operations.AlreadySettled):
            settle(proposal, by=third)
    with pytest.raises(operations.AlreadySettled):
        operations.decline(proposal, by=twins.second)
    assert MergeProposal.objects.get().settled_at - clock.now() < timedelta(minutes=1)
