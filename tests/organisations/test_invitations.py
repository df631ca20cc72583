"""Invitations: one link, once, for fourteen days."""

import re
from datetime import timedelta

import pytest
import time_machine
from tests.applications.test_races import together
from tests.crossing import crossed
from tests.organisations.test_memberships import of, person
from tests.world import make_staff

from stars.actors.actor import Actor, NotPermitted, OutOfScope
from stars.common import clock
from stars.notices.models import Delivery
from stars.organisations import operations, queries
from stars.organisations.models import Invitation, Membership, Organisation
from stars.people import operations as people
from stars.people.models import Person

pytestmark = pytest.mark.django_db


def invite(by: Actor, email: str = "jauns@skola.example", **values: object) -> str:
    """The token in the message."""
    place = Organisation.objects.get(pk=by.organisation_id)
    given = {"role": "officer", "basis_document": "Rīkojums 3"} | values
    operations.invite(place, email=email, **given, by=by)
    (token,) = re.findall(r"/darbs/uzaicinajums/([\w-]+)/", Delivery.objects.latest("id").text)
    return token


def accept(token: str, who: Person) -> Membership:
    return operations.accept(token, who, by=people.actor_of(who))


@pytest.fixture
def admin(db: None) -> Actor:
    return make_staff(1, "institution", role="admin")


def test_whoever_opens_the_link_becomes_what_was_offered(admin: Actor) -> None:
    token = invite(admin, role="admin", job_title="Metodiķe", valid_until=clock.today())
    made = accept(token, person(1))
    assert (made.organisation_id, made.role, made.job_title) == (admin.organisation_id, "admin", "Metodiķe")
    assert (made.basis_document, made.valid_until) == ("Rīkojums 3", clock.today())
    assert made.granted_by == admin.person_id


def test_the_message_goes_to_the_address_and_the_table_keeps_a_hash(admin: Actor) -> None:
    token = invite(admin)
    delivery, row = Delivery.objects.get(), Invitation.objects.get()
    assert (delivery.to_address, delivery.kind, delivery.language) == (
        "jauns@skola.example",
        "invitation",
        "lv",
    )
    assert token in delivery.html
    assert token not in str(vars(row))
    assert row.expires_at - row.sent_at == timedelta(days=14)


def test_the_inviter_reads_who_came(admin: Actor) -> None:
    Person.objects.filter(pk=admin.person_id).update(email="vadiba@skola.example")
    accept(invite(admin), person(1))
    told = Delivery.objects.latest("id")
    assert (told.kind, told.to_address) == ("joined", "vadiba@skola.example")
    assert "Kāds Nr1" in told.text


def test_a_link_works_once(admin: Actor) -> None:
    token = invite(admin)
    made = accept(token, person(1))
    with pytest.raises(operations.InvitationNotValid):
        accept(token, person(2))
    assert accept(token, person(1)) == made


@pytest.mark.parametrize("token", ["", "x", "a" * 500])
def test_an_invented_link(admin: Actor, token: str) -> None:
    invite(admin)
    with pytest.raises(operations.InvitationNotValid):
        accept(token, person(1))


def test_after_fourteen_days_it_is_over(admin: Actor) -> None:
    token, who = invite(admin), person(1)
    with (
        time_machine.travel(clock.now() + timedelta(days=14), tick=False),
        pytest.raises(operations.InvitationNotValid),
    ):
        accept(token, who)
    with time_machine.travel(clock.now() + timedelta(days=13, hours=23)):
        accept(token, who)


def test_withdrawn(admin: Actor) -> None:
    token = invite(admin)
    operations.withdraw(Invitation.objects.get(), by=admin)
    with pytest.raises(operations.InvitationNotValid):
        accept(token, person(1))
    with pytest.raises(operations.InvitationNotValid):
        operations.withdraw(Invitation.objects.get(), by=admin)


def test_a_second_one_replaces_the_first(admin: Actor) -> None:
    first = invite(admin)
    second = invite(admin, "Jauns@skola.example", role="admin")
    with pytest.raises(operations.InvitationNotValid):
        accept(first, person(1))
    assert accept(second, person(1)).role == "admin"


def test_only_to_ones_own_organisation(admin: Actor) -> None:
    make_staff(2, "institution", organisation="cita")
    place = Organisation.objects.get(slug="cita")
    values = {"email": "x@y.example", "role": "officer", "basis_document": "L"}
    for actor in (admin, make_staff(3, "agency", role="admin")):
        with pytest.raises(OutOfScope):
            operations.invite(place, **values, by=actor)
    assert Invitation.objects.count() == 0


def test_not_by_officers_nor_by_whoever_is_no_administrator_any_more(admin: Actor) -> None:
    officer = make_staff(2, "institution")
    with pytest.raises(NotPermitted):
        invite(officer)
    Membership.objects.filter(pk=of(admin).pk).update(role="officer")
    with pytest.raises(NotPermitted):
        invite(admin)


def test_another_organisations_invitation_cannot_be_withdrawn(admin: Actor) -> None:
    invite(admin)
    other = make_staff(2, "institution", role="admin", organisation="cita")
    with pytest.raises(OutOfScope):
        operations.withdraw(Invitation.objects.get(), by=other)


def test_a_member_accepts_nothing_and_the_link_stays_good(admin: Actor) -> None:
    token = invite(admin)
    with pytest.raises(operations.AlreadyMember):
        accept(token, Person.objects.get(pk=admin.person_id))
    assert accept(token, person(1)).role == "officer"


@pytest.mark.parametrize("end", ["ended", "demoted", "ran out"])
def test_whoever_may_invite_no_more_leaves_no_door_open(admin: Actor, end: str) -> None:
    """Or an administrator who is dismissed comes back by a link that they sent to themselves in time."""
    token, membership = invite(admin, "pats@privats.example", role="admin"), of(admin)
    if end == "ended":
        operations.end(membership, by=make_staff(2, "institution", role="admin"))
    elif end == "demoted":
        Membership.objects.filter(pk=membership.pk).update(role="officer")
    else:
        yesterday = clock.today() - timedelta(days=1)
        Membership.objects.filter(pk=membership.pk).update(valid_from=yesterday, valid_until=yesterday)
    place = Organisation.objects.get(pk=admin.organisation_id)
    for who in (Person.objects.get(pk=admin.person_id), person(1)):
        with pytest.raises(operations.InvitationNotValid):
            accept(token, who)
    with pytest.raises(operations.InvitationNotValid):
        operations.open_invitation(token)
    assert list(queries.open_invitations(place)) == []


def test_an_invitation_outlives_the_merge_of_its_sender(admin: Actor) -> None:
    token, kept = invite(admin), person(1)
    Membership.objects.filter(pk=of(admin).pk).update(person=kept)
    Person.objects.filter(pk=admin.person_id).update(merged_into=kept)
    assert accept(token, person(2)).role == "officer"


def test_the_subject_names_organisation_and_person_as_they_are(admin: Actor) -> None:
    Organisation.objects.update(name='SIA "Māja & Co"')
    Person.objects.filter(pk=admin.person_id).update(email="vadiba@skola.example")
    newcomer = person(1)
    Person.objects.filter(pk=newcomer.pk).update(given_name="D'Arta")
    newcomer.refresh_from_db()
    accept(invite(admin), newcomer)
    subjects = list(Delivery.objects.order_by("id").values_list("subject", flat=True))
    assert subjects == [
        'Uzaicinājums platformā STARS pārstāvēt organizāciju: SIA "Māja & Co"',
        "Jūsu uzaicinājums pieņemts: D'Arta Nr1",
    ]


@pytest.mark.django_db(transaction=True)
def test_two_who_open_one_link_at_once() -> None:
    token = invite(make_staff(1, "institution", role="admin"))
    people_ = [person(number) for number in (1, 2, 3)]

    results = together(*[lambda who=who: accept(token, who) for who in people_])

    assert sorted(type(result).__name__ for result in results) == [
        "InvitationNotValid",
        "InvitationNotValid",
        "Membership",
    ]
    assert Membership.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_second_click_finds_what_the_first_has_made() -> None:
    token, who = invite(make_staff(1, "institution", role="admin")), person(1)

    memberships = crossed(lambda: accept(token, who), lambda: accept(token, who))

    assert memberships == [Membership.objects.get(person=who)] * 2
    operations.end(memberships[0], by=people.actor_of(who))
    with pytest.raises(operations.InvitationNotValid):
        accept(token, who)
