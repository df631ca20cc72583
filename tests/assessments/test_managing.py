"""Publishing and retiring: what is offered, who may, what goes on meanwhile, and two officers at once."""

from collections.abc import Callable

import pytest
from tests.applications.test_races import together
from tests.assessments.banks import CHOICE, bank_file, loaded, published, thresholds
from tests.world import make_person, make_staff

from stars.actors.actor import SYSTEM, Actor, NotPermitted, OutOfScope
from stars.actors.permissions import Role
from stars.assessments import operations
from stars.assessments.bank_files import Row
from stars.assessments.enums import Instrument, Scale
from stars.assessments.models import Item, ItemBank, LevelRules
from stars.assessments.operations import AlreadyPublished, DraftGone, NothingOffered, NotOffered, OfferChanged
from stars.assessments.scope import managed_by
from stars.audit.models import AuditEvent
from stars.people import operations as people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue_lists")]
DIGITAL = Instrument.DIGITAL_SKILLS
OTHER = Row(code="n1", scale=Scale.SKILL, text_lv="Es māku.", competence="dccomp-1-2")


def offered() -> list[int]:
    return list(
        ItemBank.objects.filter(published_at__isnull=False, retired_at__isnull=True).values_list(
            "version", flat=True
        )
    )


def kinds(subject: str) -> list[str]:
    return list(AuditEvent.objects.filter(subject=subject).order_by("pk").values_list("kind", flat=True))


def test_the_agency_manages_every_test_and_the_ministry_its_own() -> None:
    managed = {
        kind: managed_by(make_staff(number, kind)) for number, kind in enumerate(["agency", "ministry"])
    }
    assert managed == {"agency": tuple(Instrument), "ministry": (Instrument.LEVEL,)}
    assert managed_by(make_staff(7, "institution")) == ()
    assert managed_by(SYSTEM) == tuple(Instrument)


def acts(bank: ItemBank, rules: LevelRules) -> dict[str, Callable[[Actor], object]]:
    return {
        "load": lambda by: operations.load_bank(bank_file("z"), by=by),
        "publish": lambda by: operations.publish_bank(bank, by=by),
        "retire": lambda by: operations.retire_bank(bank, by=by),
        "draft": lambda by: operations.draft_rules(level_2_from=1, level_3_from=2, valid_days=1, by=by),
        "publish rules": lambda by: operations.publish_rules(rules, by=by),
        "retire rules": lambda by: operations.retire_rules(rules, by=by),
        "look": lambda by: operations.note_summary(DIGITAL, 2026, by=by),
    }


def test_people_and_institutions_manage_nothing() -> None:
    bank, rules = published(), thresholds()
    for by in (people.actor_of(make_person()), make_staff(1, "institution", role="admin")):
        for act in acts(bank, rules).values():
            with pytest.raises(NotPermitted):
                act(by)


def test_the_ministry_manages_no_other_test() -> None:
    bank, by = published(), make_staff(1, "ministry")
    for name in ("load", "publish", "retire", "look"):
        with pytest.raises(OutOfScope):
            acts(bank, thresholds())[name](by)
    level = loaded("l", CHOICE, instrument=Instrument.LEVEL)
    assert operations.publish_bank(level, by=by).published_at is not None
    assert operations.retire_bank(level, by=by).retired_at is not None


def test_a_retired_bank_is_offered_to_nobody_and_comes_back_never(by: Actor) -> None:
    bank = operations.retire_bank(published(), by=SYSTEM)
    assert offered() == []
    with pytest.raises(NothingOffered):
        operations.start(DIGITAL, by=by)
    with pytest.raises(NotOffered):
        operations.retire_bank(bank, by=SYSTEM)
    with pytest.raises(AlreadyPublished):
        operations.publish_bank(bank, by=SYSTEM)
    assert kinds("item-bank") == ["test-bank.loaded", "test-bank.published", "test-bank.retired"]


def test_a_draft_cannot_be_retired() -> None:
    with pytest.raises(NotOffered):
        operations.retire_bank(loaded(), by=SYSTEM)


@pytest.mark.parametrize("retires", [False, True], ids=["replaced", "retired"])
def test_whoever_is_in_the_middle_goes_on(by: Actor, retires: bool) -> None:
    bank = published()
    attempt = operations.start(DIGITAL, by=by)
    if retires:
        operations.retire_bank(bank, by=SYSTEM)
    else:
        published("b", OTHER)
    assert operations.start(DIGITAL, by=by) == attempt
    operations.answer(attempt, {"k1": 3}, by=by)
    assert operations.finish(attempt, by=by).percent == 100


def test_publishing_over_another_version_than_was_seen_is_refused() -> None:
    published("a")
    with pytest.raises(OfferChanged):
        operations.publish_bank(loaded("b"), instead_of=0, by=SYSTEM)
    assert offered() == [1]
    operations.publish_bank(ItemBank.objects.get(version=2), instead_of=1, by=SYSTEM)
    assert offered() == [2]


def test_a_draft_is_discarded_with_its_items_and_stands_in_the_audit() -> None:
    bank, officer = loaded("a"), Actor(Role.AGENCY_OFFICER, label="Gunta E.", organisation_id=1)
    for _twice in range(2):
        operations.discard_bank(Instrument.DIGITAL_SKILLS, bank.version, by=officer)
    assert (ItemBank.objects.count(), Item.objects.count()) == (0, 0)
    event = AuditEvent.objects.get(kind="test-bank.discarded")
    assert (event.actor_label, event.subject_id) == ("Gunta E.", str(bank.pk))
    assert event.details == {"instrument": "digital-skills", "version": 1, "digest": bank.digest}
    assert loaded("b").version == 1


def test_what_was_published_is_not_discarded() -> None:
    banks = [published("a"), published("b")]
    for bank in banks:
        with pytest.raises(AlreadyPublished):
            operations.discard_bank(Instrument.DIGITAL_SKILLS, bank.version, by=SYSTEM)
    assert ItemBank.objects.count() == 2
    assert not AuditEvent.objects.filter(kind="test-bank.discarded").exists()


def test_a_draft_that_was_discarded_is_not_published() -> None:
    bank = loaded("a")
    operations.discard_bank(Instrument.DIGITAL_SKILLS, bank.version, by=SYSTEM)
    with pytest.raises(DraftGone):
        operations.publish_bank(bank, by=SYSTEM)


def test_thresholds_are_retired_once() -> None:
    rules = operations.retire_rules(thresholds(), by=SYSTEM)
    with pytest.raises(NotOffered):
        operations.retire_rules(rules, by=SYSTEM)
    with pytest.raises(AlreadyPublished):
        operations.publish_rules(rules, by=SYSTEM)
    with pytest.raises(OfferChanged):
        operations.publish_rules(thresholds(publish=False), instead_of=1, by=SYSTEM)
    assert kinds("level-rules") == [
        "level-rules.drafted",
        "level-rules.published",
        "level-rules.retired",
        "level-rules.drafted",
    ]


@pytest.mark.django_db(transaction=True)
def test_two_officers_publish_at_once_and_one_of_them_is_told() -> None:
    published("a")
    drafts, officers = [loaded("b"), loaded("c")], [make_staff(1, "agency"), make_staff(2, "agency")]
    results = together(
        *[
            lambda draft=draft, by=by: operations.publish_bank(draft, instead_of=1, by=by)
            for draft, by in zip(drafts, officers, strict=True)
        ]
    )
    assert sorted(type(result).__name__ for result in results) == ["ItemBank", "OfferChanged"]
    assert len(offered()) == 1
    assert ItemBank.objects.get(version=1).retired_at is not None


@pytest.mark.django_db(transaction=True)
def test_two_officers_publish_thresholds_at_once() -> None:
    thresholds()
    drafts = [thresholds(40, 60, publish=False), thresholds(30, 70, publish=False)]
    results = together(
        *[lambda draft=draft: operations.publish_rules(draft, instead_of=1, by=SYSTEM) for draft in drafts]
    )
    assert sorted(type(result).__name__ for result in results) == ["LevelRules", "OfferChanged"]
    assert LevelRules.objects.filter(published_at__isnull=False, retired_at__isnull=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_files_at_once_are_two_versions() -> None:
    results = together(
        *[lambda digest=digest: operations.load_bank(bank_file(digest), by=SYSTEM) for digest in "abc"]
    )
    assert sorted(each.version for each in results if isinstance(each, ItemBank)) == [1, 2, 3]
