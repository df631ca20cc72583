"""Programmes are made, corrected, shown and taken away; every step is permitted and recorded."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.crossing import crossed
from tests.factories import GroupFactory, OrganisationFactory, ProgrammeFactory, RoundFactory
from tests.world import past_the_holders

from stars.actors.actor import ANONYMOUS, SYSTEM, NotPermitted
from stars.audit.models import AuditEvent
from stars.catalogue.models import Group, GroupOffer, Programme
from stars.catalogue.operations import offering, programmes
from stars.catalogue.operations.programmes import NoCode
from stars.catalogue.types import Changed, GroupDraft, OfferDraft, ProgrammeDraft, Saved
from stars.common import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    """A programme with one group that one round pays for."""
    offer = OfferDraft(round_id=RoundFactory().pk, price_cents=40_000, copayment_cents=4_000)
    group = GroupDraft(
        name="1. grupa",
        municipality="muni-0001000",
        starts_on=date(2027, 2, 1),
        ends_on=date(2027, 4, 1),
        schedule="evenings",
        seats_max=12,
        offers=(offer,),
    )
    return ProgrammeDraft(
        institution_id=OrganisationFactory().pk,
        code="K-1",
        title="Datu analīze",
        kind="kind-modulis",
        field="field-ikt",
        hours=72,
        study_form="onsite",
        summary="Kā lasīt datus.",
        contents="- Tabulas",
        prior_education="Vidējā izglītība",
        prior_knowledge="Nav",
        document="Moduļa apliecība",
        groups=(group,),
    )


def events():
    return [*AuditEvent.objects.order_by("pk").values_list("kind", flat=True)]


def test_a_new_programme_is_a_draft_with_all_its_groups(draft):
    saved = programmes.save(draft, by=SYSTEM)
    programme = Programme.objects.get()
    assert saved == Saved(programme.pk, is_new=True, is_changed=True, groups_added=1, groups_changed=0)
    assert (programme.status, programme.published_at) == ("draft", None)
    group = programme.groups.get()
    assert (group.status, group.seats_taken, group.offers.get().price_cents) == ("published", 0, 40_000)
    assert events() == ["programme.created"]


def test_saving_the_same_again_writes_nothing(draft):
    first = programmes.save(draft, by=SYSTEM)
    again = programmes.save(draft, by=SYSTEM)
    assert again == Saved(
        first.programme_id, is_new=False, is_changed=False, groups_added=0, groups_changed=0
    )
    assert events() == ["programme.created"]


def test_corrections_reach_programme_group_and_offer_and_nothing_else(draft):
    programmes.save(draft, by=SYSTEM)
    other = GroupFactory(programme=Programme.objects.get(), name="cita grupa")
    group = draft.groups[0]
    offers = (
        replace(group.offers[0], price_cents=50_000),
        OfferDraft(round_id=RoundFactory().pk, price_cents=1),
    )
    corrected = replace(draft, title="Dati", groups=(replace(group, seats_max=20, offers=offers),))
    saved = programmes.save(corrected, by=SYSTEM)
    assert (saved.is_changed, saved.groups_added, saved.groups_changed) == (True, 0, 1)
    assert Programme.objects.get().title == "Dati"
    assert Group.objects.get(name="1. grupa").seats_max == 20
    assert sorted(GroupOffer.objects.values_list("price_cents", flat=True)) == [1, 50_000]
    assert Group.objects.get(name="cita grupa").seats_max == other.seats_max
    details = AuditEvent.objects.get(kind="programme.changed").details
    assert details == {"fields": ["title"], "groups_added": 0, "groups_changed": 1}


def test_only_an_offer_changed_counts_as_a_changed_group(draft):
    programmes.save(draft, by=SYSTEM)
    group = draft.groups[0]
    dearer = replace(group, offers=(replace(group.offers[0], price_cents=41_000),))
    assert programmes.save(replace(draft, groups=(dearer,)), by=SYSTEM).groups_changed == 1


def test_seats_and_status_that_a_draft_does_not_name_stay(draft):
    programmes.save(draft, by=SYSTEM)
    with past_the_holders():
        Group.objects.update(seats_taken=7, status="cancelled")
    programmes.save(draft, by=SYSTEM)
    assert (Group.objects.get().seats_taken, Group.objects.get().status) == (7, "cancelled")


def test_a_programme_without_a_code_cannot_be_saved(draft):
    with pytest.raises(NoCode):
        programmes.save(replace(draft, code=""), by=SYSTEM)


def test_publishing_and_withdrawing():
    programme = ProgrammeFactory(draft=True)
    assert programmes.publish(programme, by=SYSTEM)
    since = programme.published_at
    assert (programme.status, since is not None) == ("published", True)
    assert not programmes.publish(programme, by=SYSTEM)
    assert programmes.withdraw(programme, by=SYSTEM)
    assert not programmes.withdraw(programme, by=SYSTEM)
    assert programmes.publish(programme, by=SYSTEM)
    stored = Programme.objects.get()
    assert (stored.status, stored.published_at) == ("published", since)
    assert events() == ["programme.published", "programme.withdrawn", "programme.published"]


def test_cancelling_a_group():
    group = GroupFactory()
    programmes.cancel_group(group, by=SYSTEM)
    programmes.cancel_group(group, by=SYSTEM)
    assert (group.status, Group.objects.get().status) == ("cancelled", "cancelled")
    assert events() == ["group.cancelled"]


def test_many_programmes_are_one_event(draft):
    now = clock.now()
    pairs = [(replace(draft, code=f"K-{number}"), now if number % 2 else None) for number in range(6)]
    made = programmes.create_many(pairs, by=SYSTEM)
    assert [programme.status for programme in made] == ["draft", "published"] * 3
    assert (Group.objects.count(), GroupOffer.objects.count()) == (6, 6)
    assert AuditEvent.objects.get().details == {"programmes": 6}


def test_many_programmes_take_the_same_number_of_statements(draft, query_counter):
    counts = []
    for number in (1, 50):
        pairs = [(replace(draft, code=f"{number}-{one}"), None) for one in range(number)]
        with query_counter() as queries:
            programmes.create_many(pairs, by=SYSTEM)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_code_that_exists_is_not_made_twice(draft):
    programmes.save(draft, by=SYSTEM)
    with pytest.raises(IntegrityError), transaction.atomic():
        programmes.create_many([(draft, None)], by=SYSTEM)


@pytest.mark.parametrize(
    "act",
    [
        lambda draft: programmes.save(draft, by=ANONYMOUS),
        lambda draft: programmes.create_many([(draft, None)], by=ANONYMOUS),
        lambda draft: programmes.publish(ProgrammeFactory(draft=True), by=ANONYMOUS),
        lambda draft: programmes.withdraw(ProgrammeFactory(), by=ANONYMOUS),
        lambda draft: programmes.cancel_group(GroupFactory(), by=ANONYMOUS),
    ],
    ids=["save", "create_many", "publish", "withdraw", "cancel_group"],
)
def test_only_who_manages_the_catalogue_writes_it(draft, act):
    with pytest.raises(NotPermitted):
        act(draft)


@pytest.mark.django_db(transaction=True)
def test_an_import_corrects_a_group_while_its_institution_proposes_a_change(draft):
    """The proposal names the programme, which the import has locked when it waits for the group."""
    programmes.save(draft, by=SYSTEM)
    programmes.publish(Programme.objects.get(), by=SYSTEM)
    (group,) = draft.groups
    proposed, saved = crossed(
        lambda: offering.change_group(
            Group.objects.get(), replace(group, seats_max=14), is_applied_for=False, by=SYSTEM
        ),
        lambda: programmes.save(replace(draft, groups=(replace(group, address="Jaunā iela 2"),)), by=SYSTEM),
    )
    assert proposed == Changed(proposed=("seats_max",))
    assert isinstance(saved, Saved), saved
    assert (Group.objects.get().address, saved.groups_changed) == ("Jaunā iela 2", 1)
