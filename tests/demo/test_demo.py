"""The demonstration as a whole: what a visitor and a tester rely on being there."""

import io
from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.utils import timezone
from tests.factories import PersonFactory

from stars.actors.actor import SYSTEM
from stars.applications.enums import Status
from stars.applications.models import Application, WaitingPlace
from stars.assessments.enums import Instrument
from stars.assessments.levels import valid_level
from stars.assessments.queries import finished_attempts, gaps_for, offered_bank
from stars.catalogue import live
from stars.catalogue.models import (
    CatalogueChange,
    Favourite,
    FundingSource,
    Group,
    GroupOffer,
    Programme,
    Round,
    SynonymGroup,
)
from stars.catalogue.queries import approvals as approval_queue
from stars.catalogue.recommendations import ReasonKind, recommend
from stars.classifiers import queries as classifiers
from stars.classifiers.enums import Kind
from stars.common import clock
from stars.demo import clearing, operations, texts
from stars.enrolments.operations.consistency import look_for_inconsistencies
from stars.enrolments.queries.history import HistoryFilter, history_of, history_rows
from stars.enrolments.queries.learned import past_of
from stars.funding.queries import account_of, statement
from stars.integrations.identity.simulator.people import simulated_people
from stars.integrations.registers.simulator.answers import Habit, habit_of
from stars.notices.models import Delivery
from stars.organisations.models import Organisation
from stars.organisations.queries import memberships_in_force
from stars.people import operations as people_operations
from stars.people import queries as people
from stars.people.models import Person, PersonIdentifier
from stars.workspaces.citizen.learners import learner_of

pytestmark = pytest.mark.django_db


def codes(kind):
    """Codes that may be chosen today."""
    return {code for code, _name in classifiers.choices(kind)}


def facts():
    """Everything of the catalogue that does not depend on a row's number."""
    programmes = Programme.objects.order_by("institution__slug", "code")
    return [
        [
            *(programme.institution.slug, programme.code, programme.title, programme.status),
            *programme.groups.order_by("name").values_list("name", "municipality", "starts_on", "seats_max"),
        ]
        for programme in programmes.select_related("institution")
    ]


def test_the_catalogue_shows_everything_that_the_platform_can():
    made = operations.make_anew()
    assert made.programmes >= 400
    published = Programme.objects.filter(status="published")
    assert published.count() == made.programmes
    assert set(published.values_list("kind_id", flat=True)) == codes(Kind.PROGRAMME_KIND)
    assert set(published.values_list("field_id", flat=True)) == codes(Kind.FIELD)
    levels = set(published.exclude(digcomp_level=None).values_list("digcomp_level", flat=True))
    assert levels >= {1, 2, 3, 4, 5, 6, 7}
    assert set(published.exclude(varam_level=None).values_list("varam_level", flat=True)) == {1, 2, 3}
    groups = Group.objects.filter(status="published")
    assert set(groups.exclude(municipality=None).values_list("municipality_id", flat=True)) == codes(
        Kind.MUNICIPALITY
    )
    assert groups.filter(is_remote=True).count() > 100
    assert set(groups.values_list("schedule", flat=True)) == {"evenings", "daytime", "weekends", "flexible"}
    assert set(Group.objects.values_list("status", flat=True)) == {"published", "planned", "cancelled"}
    assert len({*published.values_list("title", flat=True)}) == len(texts.programmes())
    twice = Counter(published.values_list("institution", "title"))
    assert max(twice.values()) == 1
    _sources_and_money()
    _seats_and_periods()
    _organisations_and_words()


def _sources_and_money():
    assert set(FundingSource.objects.values_list("scheme", flat=True)) == {"IMK", "MN", "VARAM"}
    offers = GroupOffer.objects.select_related("round", "group__programme")
    assert {offer.round.scheme for offer in offers} == {"IMK", "MN", "VARAM"}
    percents = {}
    for offer in offers:
        kind = offer.group.programme.kind_id
        share = offer.copayment_cents * 100 / offer.price_cents if offer.price_cents else 0
        percents.setdefault((offer.round.scheme, kind), set()).add(share)
        assert offer.low_income_copayment_cents == 0
        assert (offer.price_cents == 0) == (offer.round.scheme == "VARAM")
    assert {share for (scheme, _), shares in percents.items() if scheme != "MN" for share in shares} == {0}
    assert percents["MN", "kind-neformala"] == {5}
    assert percents["MN", "kind-talakizglitiba"] == {10}


def _seats_and_periods():
    groups = Group.objects.prefetch_related("offers__round")
    for group in groups:
        for offer in group.offers.all():
            assert offer.round.learning_from <= group.starts_on <= group.ends_on <= offer.round.learning_until


def _organisations_and_words():
    kinds = Counter(Organisation.objects.values_list("kind", flat=True))
    assert (kinds["agency"], kinds["ministry"]) == (1, 1)
    assert kinds["institution"] + kinds["municipality"] >= 50
    assert SynonymGroup.objects.count() > 100


def test_rounds_are_counted_from_today():
    operations.make_anew()
    now, today = clock.now(), clock.today()
    state = {
        (one.scheme, one.name): "past"
        if one.closes_at <= now
        else "open"
        if one.opens_at <= now
        else "coming"
        for one in Round.objects.all()
    }
    assert Counter((scheme, how) for (scheme, _), how in state.items()) == {
        ("IMK", "past"): 2,
        ("IMK", "open"): 1,
        ("MN", "past"): 1,
        ("MN", "open"): 2,
        ("MN", "coming"): 1,
        ("VARAM", "past"): 1,
        ("VARAM", "open"): 1,
    }
    closing = Round.objects.filter(scheme="MN", closes_at__gt=now).earliest("closes_at")
    assert timezone.localdate(closing.closes_at) == today + timedelta(days=1)
    coming = Round.objects.get(opens_at__gt=now)
    next_monday = today + timedelta(days=7 - today.weekday())
    assert next_monday <= timezone.localdate(coming.opens_at) < next_monday + timedelta(days=7)


def test_people_are_registered_but_for_the_one_who_is_new():
    operations.make_anew()
    slugs = {person.person_code: person.slug for person in simulated_people(clock.today())}
    everybody = {slugs[one.value]: one.person for one in PersonIdentifier.objects.select_related("person")}
    assert all(people.has_accepted_texts(person) for person in everybody.values())
    known = {slug: person for slug, person in everybody.items() if people.is_registered(person)}
    assert set(known) == {
        "citizen",
        "imk-citizen",
        "unemployed-citizen",
        "low-income-citizen",
        "varam-citizen",
        "correcting-citizen",
        "graduate",
        "expelled-citizen",
        "tested-citizen",
        "minor",
        "eidas-citizen",
        "new-code-citizen",
        "two-hats",
    }
    assert {slug: people.is_employed(people.profile_of(person)) for slug, person in known.items()} == {
        "citizen": True,
        "imk-citizen": True,
        "unemployed-citizen": False,
        "low-income-citizen": True,
        "varam-citizen": False,
        "correcting-citizen": True,
        "graduate": True,
        "expelled-citizen": True,
        "tested-citizen": True,
        "minor": False,
        "eidas-citizen": True,
        "new-code-citizen": True,
        "two-hats": True,
    }
    assert [slug for slug, person in known.items() if person.profile.low_income] == ["low-income-citizen"]
    assert people.birth_date(known["new-code-citizen"]) is None
    assert set(Favourite.objects.values_list("person", flat=True)) == {known["citizen"].pk}


def test_the_story_has_everything_that_officers_and_residents_meet():
    operations.make_anew(with_story=True)
    applications = Application.objects.all()
    assert set(applications.values_list("status", flat=True)) == set(Status)
    names = {person.person_code: person.slug for person in simulated_people(clock.today())}
    owner = PersonIdentifier.objects.get(
        value=next(code for code, slug in names.items() if slug == "imk-citizen")
    )
    account = account_of(owner.person_id, "IMK")
    lines = statement(account.pk)[:50]
    assert {line.kind for line in lines} >= {"grant", "reservation", "release", "payment"}
    assert clock.now() - min(line.at for line in lines) > timedelta(days=330)
    full = Group.objects.get(
        name="Pavasara grupa", programme__institution__slug="tresa-maina", offers__round__scheme="MN"
    )
    assert full.seats_free == 0
    states = Counter(WaitingPlace.objects.filter(group=full).values_list("state", flat=True))
    assert states == {"offered": 1, "waiting": 3}
    ranks = list(WaitingPlace.objects.filter(group=full).order_by("rank").values_list("rank", flat=True))
    assert ranks == sorted(set(ranks))
    _past_and_present_of(owner.person)
    _the_ministrys_queue()
    _one_whom_no_register_knows()
    _one_who_can_correct_at_once()
    _two_whose_learning_has_just_ended()
    _a_year_of_tests()
    _tests_and_learning_lead_to_programmes()
    _what_was_learned_fits_together()
    _some_groups_are_full_and_nothing_contradicts()
    assert applications.filter(money_short_at__isnull=False, status="submitted").count() == 1
    assert applications.filter(regroup_due_at__gt=clock.now()).count() == 3
    waiting = approval_queue.filtered()
    assert [(bool(each.values), each.group is None) for each in waiting] == [(True, True), (False, False)]
    # What was written on the way is history: nobody gets a hundred old letters.
    assert not Delivery.objects.filter(status="queued").exists()


def _one_whom_no_register_knows():
    """So that the agency's queue has something to check."""
    waiting = Application.objects.filter(scheme="MN", status="submitted").select_related("applicant")
    habits = [habit_of(people.person_code(one.applicant).digits) for one in waiting]
    assert Counter(habits) == {None: len(habits) - 1, Habit.IGNORANT: 1}


def _the_ministrys_queue():
    """One application of each level, each by somebody whose level it is."""
    waiting = Application.objects.filter(scheme="VARAM", status="submitted").order_by("submitted_at")
    levels = [application.programme.varam_level for application in waiting]
    assert levels == [1, 2, 3]
    assert [valid_level(one.applicant_id, on=clock.today()).level for one in waiting] == levels


def _past_and_present_of(person):
    """The history of the person with an account: what ended with a document, what was given up, what goes on."""
    rows = history_rows(history_of(people_operations.actor_of(person), HistoryFilter()))
    found = {row.status: row for row in rows}
    assert set(found) == {"eligible", "withdrawn", "completed"}
    done = found["completed"]
    assert done.applied_on < done.admitted_on <= done.started_on < done.ended_on
    assert done.document_number
    assert done.grade
    for application in Application.objects.exclude(status="draft").prefetch_related("timeline"):
        latest = max(application.timeline.all(), key=lambda entry: (entry.at, entry.pk))
        assert latest.status == application.status


def called(slug):
    """The person whom the simulator knows by that slug."""
    code = next(one.person_code for one in simulated_people(clock.today()) if one.slug == slug)
    return PersonIdentifier.objects.get(value=code).person


def _one_who_can_correct_at_once():
    """Of what was returned somebody owns one who can be signed in as, with time left."""
    returned = Application.objects.get(applicant=called("correcting-citizen"))
    assert (returned.status, returned.returned_fields) == ("returned", ["occupation"])
    assert returned.correction_due_at > clock.now() + timedelta(days=2)


def _two_whose_learning_has_just_ended():
    """One under each source; what ended is behind them, and what was completed can be continued."""
    for slug, scheme, status in (("graduate", "IMK", "completed"), ("expelled-citizen", "MN", "expelled")):
        ended = Application.objects.get(applicant=called(slug))
        assert (ended.scheme, ended.status) == (scheme, status)
        assert clock.now() - ended.ended_at < timedelta(days=14)
        past = past_of(people_operations.actor_of(ended.applicant))
        assert past.behind == {ended.programme_id}
        assert [done.id for done in past.learned] == [ended.programme_id] * (status == "completed")


def _a_year_of_tests():
    """Three attempts that show progress, and one at each other test of oneself that is offered."""
    by = people_operations.actor_of(called("tested-citizen"))
    attempts = finished_attempts(by, Instrument.DIGITAL_SKILLS)
    percents = [attempt.result.percent for attempt in attempts]
    assert len(percents) == 3
    assert percents == sorted(set(percents), reverse=True)
    assert [attempt.result.straight for attempt in attempts] == [False] * 3
    assert attempts[0].finished_at - attempts[2].finished_at > timedelta(days=330)
    for instrument in (Instrument.WORK_VALUES, Instrument.GROWTH):
        taken = finished_attempts(by, instrument).count()
        assert taken == (0 if offered_bank(instrument) is None else 1)
    assert {gap.competence[0] for gap in gaps_for(by)} == {"3"}


def _tests_and_learning_lead_to_programmes():
    """The demonstration has programmes for who has taken the tests, and for who has completed one."""
    snapshot = live.snapshot()
    for slug, kind in (("tested-citizen", ReasonKind.GAP), ("graduate", ReasonKind.NEXT)):
        person = called(slug)
        learner = learner_of(person, snapshot, (), (), by=people_operations.actor_of(person))
        found = recommend(snapshot.entries.values(), learner, now=clock.now().timestamp())
        assert any(reason.kind is kind for each in found for reason in each.reasons), slug


def _what_was_learned_fits_together():
    """What is written a table at a time is as the operations would have left it."""
    learned = Application.objects.filter(scheme="VARAM", round__name="1. kārta")
    assert learned.count() > 150
    for application in learned[::40]:
        level = valid_level(application.applicant_id, on=timezone.localdate(application.submitted_at))
        assert level is not None
    told = learned.annotate(told=Count("timeline", distinct=True), decided=Count("decisions", distinct=True))
    assert set(told.values_list("status", "told", "decided")) == {("completed", 4, 2), ("expelled", 4, 2)}


def _some_groups_are_full_and_nothing_contradicts():
    """Whoever takes a seat is somebody; the nightly look has nothing to say."""
    coming = Group.objects.filter(starts_on__gt=clock.today(), status="published")
    free = Counter(group.seats_free for group in coming)
    assert free[0] >= 6
    assert free[1] + free[2] >= 8
    assert look_for_inconsistencies(by=SYSTEM) == {}
    seated = Application.objects.filter(scheme="VARAM", status="admitted").select_related("programme")
    for application in seated[::20]:
        level = valid_level(application.applicant_id, on=timezone.localdate(application.submitted_at))
        assert level.level == application.programme.varam_level


def test_staff_have_their_work_places():
    operations.make_anew()
    slugs = {person.person_code: person.slug for person in simulated_people(clock.today())}
    names = {one.person_id: slugs[one.value] for one in PersonIdentifier.objects.all()}
    found = {
        names[one.person_id]: (one.organisation.slug, one.role)
        for one in memberships_in_force().select_related("organisation")
    }
    assert found == {
        "institution-admin": ("tresa-maina", "admin"),
        "institution-officer": ("tresa-maina", "officer"),
        "other-institution-officer": ("lugazu-tehnikums", "officer"),
        "agency-officer": ("viaa", "admin"),
        "second-agency-officer": ("viaa", "officer"),
        "varam-officer": ("varam", "officer"),
        "two-hats": ("tresa-maina", "officer"),
        "institution-employee": ("tresa-maina", "officer"),
    }
    assert Organisation.objects.get(identity_code="100001").slug == "tresa-maina"
    offers = GroupOffer.objects.filter(group__programme__institution__slug="tresa-maina")
    assert set(offers.values_list("round__scheme", flat=True)) == {"IMK", "MN"}


def test_anew_is_the_same_again_and_the_log_of_changes_goes_on():
    operations.make_anew()
    first, last_change = facts(), CatalogueChange.objects.latest("id").pk
    Programme.objects.update(title="x")
    operations.make_anew()
    assert facts() == first
    assert Person.objects.count() == 20
    # A process that follows the log is told to read everything: rows vanish without a word of their own.
    assert CatalogueChange.objects.filter(id__gt=last_change, programme_id=None).exists()


def test_a_stranger_s_data_is_never_taken_away():
    stranger = PersonFactory(code="01019012345")
    with pytest.raises(clearing.NotForDemo):
        operations.make_anew()
    assert Person.objects.get() == stranger


def test_there_is_no_demonstration_where_settings_forbid_it(settings):
    settings.DEMO_ALLOWED = False
    with pytest.raises(CommandError, match="settings do not allow"):
        call_command("demo")
    with pytest.raises(CommandError, match="settings do not allow"):
        call_command("generate", programmes=1)
    assert Programme.objects.count() == 0


def test_the_minor_of_another_year_is_no_stranger():
    minor = next(
        person
        for person in simulated_people(clock.today().replace(year=2024, day=1))
        if person.slug == "minor"
    )
    PersonFactory(code=minor.person_code)
    clearing.must_be_for_demo(clock.today())


def test_generated_programmes_come_on_top():
    said = io.StringIO()
    call_command("demo", programmes=1, stdout=said)
    assert said.getvalue().startswith(
        f"{len(texts.programmes())} programmes, 54 organisations, 20 people in "
    )
    call_command("generate", programmes=60, verbosity=0)
    call_command("generate", programmes=40, verbosity=0)
    generated = Programme.objects.filter(code__startswith="GEN-")
    assert generated.count() == 100
    assert len({*generated.values_list("title", flat=True)}) > 95
    assert generated.filter(status="published", groups__offers__isnull=False).distinct().count() == 100


def test_nothing_is_generated_without_institutions():
    with pytest.raises(CommandError, match="institutions of the demonstration are missing"):
        call_command("generate", programmes=1)
