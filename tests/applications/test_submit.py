"""Sending an application: what is kept, what refuses it, and that twice is once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from tests.world import OGRE, World, make_group, make_person, make_programme, make_round, past_the_holders

from stars.actors.actor import SYSTEM, Actor, NotPermitted
from stars.applications import operations
from stars.applications.enums import Status
from stars.applications.lifecycle import TRANSITIONS, TransitionNotAllowed
from stars.applications.models import Application, TimelineEntry
from stars.audit.models import AuditEvent
from stars.catalogue.models import Group, GroupOffer, Programme
from stars.notices.models import Delivery
from stars.people import operations as people
from stars.people.models import Person
from stars.schemes.codes import SchemeCode

Filled = Callable[..., Application]


def test_submitted_application_keeps_what_was_chosen_and_promised(
    filled: Filled, person: Person, by: Actor, world: World
) -> None:
    application = operations.submit(filled(person), by=by)

    assert application.status == Status.SUBMITTED
    assert application.number == f"MN-{timezone.localdate().year}-{application.number[-6:]}"
    assert (application.round, application.group) == (world.rounds["MN"], world.groups[0])
    assert (application.email, application.phone) == ("ilze@klients.example", "+37120000001")
    assert (application.occupation, application.education_id) == ("Pavāre", "edu-06")
    assert application.low_income is False
    promised = application.promised
    assert promised["price_cents"] == 40_000
    assert promised["copayment_cents"] == 4_000
    assert promised["place"] == "Rīga"
    assert promised["starts_on"] == world.groups[0].starts_on.isoformat()
    assert promised["rules_version"] == "MN-2026-1"
    assert set(promised["texts"]) == {"terms", "privacy"}
    assert {row["verdict"] for row in application.findings} == {"met"}


def test_imk_leaves_the_group_to_the_institution(
    filled: Filled, person: Person, by: Actor, world: World
) -> None:
    application = operations.submit(filled(person, "IMK", group=world.groups[1]), by=by)

    assert (application.group, application.municipality_id) == (None, OGRE)
    assert application.region_id == "region-latgale"


def test_submission_writes_timeline_audit_and_one_message(
    filled: Filled, person: Person, by: Actor, run_jobs: Callable[[], list[str]], mailoutbox: list
) -> None:
    run_jobs()
    mailoutbox.clear()
    application = operations.submit(filled(person), by=by)
    run_jobs()

    assert [(entry.action, entry.status) for entry in application.timeline.all()] == [("submit", "submitted")]
    assert AuditEvent.objects.filter(kind="application.submit", subject_id=application.pk).count() == 1
    letters = [letter for letter in mailoutbox if application.number in letter.subject]
    assert [letter.to for letter in letters] == [["ilze@klients.example"]]
    assert "010190" not in letters[0].body


def test_corrected_answers_go_back_to_the_profile(filled: Filled, person: Person, by: Actor) -> None:
    operations.submit(filled(person), by=by)

    fresh = Person.objects.get(pk=person.pk)
    assert (fresh.email, fresh.phone) == ("ilze@klients.example", "+37120000001")
    assert (fresh.profile.education_id, fresh.profile.occupation) == ("edu-06", "Pavāre")


def test_submitting_twice_is_submitting_once(filled: Filled, person: Person, by: Actor) -> None:
    draft = filled(person)
    first = operations.submit(draft, by=by)
    second = operations.submit(draft, by=by)

    assert first.number == second.number
    assert TimelineEntry.objects.filter(application=first).count() == 1
    assert Delivery.objects.filter(kind="application.submit").count() == 1


def test_second_application_in_a_source_is_told_what_stands_in_the_way(
    filled: Filled, person: Person, by: Actor, world: World
) -> None:
    first = operations.submit(filled(person), by=by)
    other = make_programme("Tīkli")
    group = make_group(other, OGRE, rounds=[world.rounds["MN"]])
    second = filled(person, programme=other, group=group)

    with pytest.raises(operations.AlreadyOpen) as conflict:
        operations.submit(second, by=by)
    assert conflict.value.other == first
    second.refresh_from_db()
    assert second.is_draft


def test_same_programme_in_another_source_is_refused(filled: Filled, person: Person, by: Actor) -> None:
    operations.submit(filled(person, "MN"), by=by)

    with pytest.raises(operations.AlreadyOpen):
        operations.submit(filled(person, "IMK"), by=by)


def test_another_programme_in_another_source_is_accepted(
    filled: Filled, person: Person, by: Actor, world: World
) -> None:
    operations.submit(filled(person, "MN"), by=by)
    other = make_programme("Tīkli")
    group = make_group(other, OGRE, rounds=[world.rounds["IMK"]])

    assert (
        operations.submit(filled(person, "IMK", programme=other, group=group), by=by).status
        == Status.SUBMITTED
    )


def test_missing_step_refuses_and_names_the_first(filled: Filled, person: Person, by: Actor) -> None:
    draft = filled(person)
    operations.keep_step(draft, "programme", MultiValueDict({"knows_contents": ["on"]}), by=by)

    with pytest.raises(operations.StepsUnfilled) as unfilled:
        operations.submit(draft, by=by)
    assert unfilled.value.first == "programme"


def test_minor_is_not_eligible(filled: Filled, catalogue_lists: None) -> None:
    minor = make_person(7)
    minor.birth_date = timezone.localdate() - timedelta(days=16 * 366)
    minor.save()

    with pytest.raises(operations.NotEligible) as refusal:
        operations.submit(filled(minor, "IMK"), by=people.actor_of(minor))
    assert [f.code for f in refusal.value.findings if f.verdict == "not-met"] == ["adult"]


def test_unemployed_may_not_have_mn(filled: Filled, catalogue_lists: None) -> None:
    unemployed = make_person(8, status="econ-unemployed")

    with pytest.raises(operations.NotEligible) as refusal:
        operations.submit(filled(unemployed, "MN"), by=people.actor_of(unemployed))
    assert [f.code for f in refusal.value.findings if f.verdict == "not-met"] == ["employed"]


def test_deadline_may_pass_between_opening_and_submitting(filled: Filled, person: Person, by: Actor) -> None:
    draft = filled(person)

    with (
        time_machine.travel(timezone.now() + timedelta(days=11), tick=False),
        pytest.raises(operations.SourceClosed) as closed,
    ):
        operations.submit(draft, by=by)
    assert closed.value.option is not None
    assert closed.value.option.reason


def test_programme_withdrawn_meanwhile_is_told(
    filled: Filled, person: Person, by: Actor, world: World
) -> None:
    draft = filled(person)
    Programme.objects.filter(pk=world.programme.pk).update(status="withdrawn")

    with pytest.raises(operations.ProgrammeGone):
        operations.submit(draft, by=by)


def test_cancelled_group_asks_for_another_place(
    filled: Filled, person: Person, by: Actor, world: World
) -> None:
    draft = filled(person)
    Group.objects.filter(pk=world.groups[0].pk).update(status="cancelled")

    with pytest.raises(operations.StepsUnfilled) as unfilled:
        operations.submit(draft, by=by)
    assert unfilled.value.first == "place"


def test_full_group_does_not_refuse(filled: Filled, person: Person, by: Actor, world: World) -> None:
    with past_the_holders():
        Group.objects.filter(pk=world.groups[0].pk).update(seats_taken=12)

    assert operations.submit(filled(person), by=by).status == Status.SUBMITTED


def test_period_of_another_place_is_refused(filled: Filled, person: Person, by: Actor, world: World) -> None:
    draft = filled(person)
    data = MultiValueDict({"place": [OGRE], "period": [str(world.groups[0].pk)]})
    operations.keep_step(draft, "place", data, by=by)

    with pytest.raises(operations.StepsUnfilled):
        operations.submit(draft, by=by)


def test_offer_under_varam_without_a_level_is_refused_by_the_database(world: World) -> None:
    round_ = make_round("VARAM")

    with pytest.raises(IntegrityError, match="names a level"), transaction.atomic():
        GroupOffer.objects.create(group=world.groups[0], round=round_, price_cents=0)


def test_submitted_application_is_not_edited(filled: Filled, person: Person, by: Actor) -> None:
    application = operations.submit(filled(person), by=by)

    with pytest.raises(operations.NotADraft):
        operations.keep_step(application, "contact", MultiValueDict({"email": ["x@y.lv"]}), by=by)
    with pytest.raises(operations.NotADraft):
        operations.discard(application, by=by)


def test_only_whoever_may_fill_can_submit(filled: Filled, person: Person) -> None:
    with pytest.raises(NotPermitted):
        operations.submit(filled(person), by=SYSTEM)


def test_starting_twice_finds_the_same_draft(person: Person, by: Actor, world: World) -> None:
    first = operations.start(person, world.programme, SchemeCode.IMK, by=by)

    assert operations.start(person, world.programme, SchemeCode.IMK, by=by) == first


def test_confirm_follows_only_from_submitted(filled: Filled, person: Person, by: Actor) -> None:
    draft = filled(person)
    with pytest.raises(TransitionNotAllowed):
        operations.confirm(draft, by=SYSTEM)

    assert operations.confirm(operations.submit(draft, by=by), by=SYSTEM).status == Status.ELIGIBLE
    assert TRANSITIONS["confirm"].target is Status.ELIGIBLE


def test_nobody_fills_sends_or_throws_away_somebody_elses(filled: Filled, person: Person) -> None:
    draft, stranger = filled(person), people.actor_of(make_person(2))
    for act in (
        lambda: operations.keep_step(draft, "contact", MultiValueDict(), by=stranger),
        lambda: operations.submit(draft, by=stranger),
        lambda: operations.discard(draft, by=stranger),
    ):
        with pytest.raises(NotPermitted):
            act()
    assert Application.objects.get(pk=draft.pk).is_draft
