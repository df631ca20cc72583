"""Banks and thresholds for those who manage them: versions with what was done with each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from stars.assessments.differences import Difference, Statement, difference
from stars.assessments.enums import Instrument
from stars.assessments.models import Attempt, Item, ItemBank, LevelRules, Result
from stars.assessments.thresholds import Trial, tried
from stars.common import clock

# So far back results are tried with other thresholds.
TRIED_DAYS = 365


@dataclass(frozen=True, slots=True)
class Managed:
    """A test as its managers see it: the version that is offered, if any, and how many drafts wait."""

    instrument: Instrument
    offered: ItemBank | None
    versions: int
    drafts: int


def tests(instruments: Iterable[Instrument]) -> list[Managed]:
    """The tests with what is offered of each."""
    wanted = list(instruments)
    offered = {bank.instrument: bank for bank in _offered(_counted(ItemBank.objects.all()))}
    versions, drafts = (
        dict(banks.order_by("instrument").values_list("instrument").annotate(n=Count("pk")))
        for banks in (ItemBank.objects.all(), _drafts())
    )
    return [Managed(each, offered.get(each), versions.get(each, 0), drafts.get(each, 0)) for each in wanted]


def drafts_waiting(instruments: Iterable[Instrument]) -> int:
    """How many banks of these tests wait to be published."""
    return _drafts().filter(instrument__in=list(instruments)).count()


def versions_of(instrument: Instrument) -> QuerySet[ItemBank]:
    """Every version, the newest first, with `item_count`, `open_count` and `finished_count`."""
    return _counted(ItemBank.objects.filter(instrument=instrument)).order_by("-version")


def bank_version(instrument: Instrument, version: int) -> ItemBank | None:
    """One version, with the same counts."""
    return versions_of(instrument).filter(version=version).first()


def offered_version(instrument: Instrument) -> ItemBank | None:
    """The version that is offered, with the same counts."""
    return _offered(versions_of(instrument)).first()


def digests(instrument: Instrument) -> set[str]:
    """By these a file that was loaded before is known."""
    return set(ItemBank.objects.filter(instrument=instrument).values_list("digest", flat=True))


def items_of(bank: ItemBank) -> list[Item]:
    """Everything that the bank asks, in its order, with what each item measures."""
    return list(Item.objects.filter(bank=bank).select_related("competence").order_by("position"))


def changes(bank: ItemBank, items: Sequence[Item], since: ItemBank | None) -> Difference | None:
    """What the bank, whose items these are, changes in the other one; None when it is that one or there is none."""
    if since is None or since.pk == bank.pk:
        return None
    return difference(_statements(items_of(since)), _statements(items))


def rules_versions() -> QuerySet[LevelRules]:
    """Every version of the thresholds, the newest first, with `result_count`."""
    judged = Result.objects.filter(rules=OuterRef("pk")).order_by().values("rules").annotate(n=Count("pk"))
    return LevelRules.objects.annotate(
        result_count=Coalesce(Subquery(judged.values("n")), 0),
    ).order_by("-version")


def rules_version(version: int) -> LevelRules | None:
    """One version, with `result_count`."""
    return rules_versions().filter(version=version).first()


def rules_offered() -> LevelRules | None:
    """The version that holds now, with `result_count`."""
    return rules_versions().filter(published_at__isnull=False, retired_at__isnull=True).first()


def open_level_tests() -> int:
    """How many people are in the middle of the level test."""
    return Attempt.objects.filter(bank__instrument=Instrument.LEVEL, finished_at__isnull=True).count()


def trial(rules: LevelRules) -> Trial:
    """These thresholds, tried on the results of the last year."""
    since = clock.now() - timedelta(days=TRIED_DAYS)
    rows = (
        Result.objects.filter(level__isnull=False, attempt__finished_at__gte=since)
        .values_list("level", "percent")
        .annotate(n=Count("pk"))
        .order_by("level", "percent")
    )
    # A level has its percentage: a constraint keeps it so, and the types do not know.
    results = {(level or 0, percent or 0): number for level, percent, number in rows}
    return tried(results, level_2_from=rules.level_2_from, level_3_from=rules.level_3_from)


def _drafts() -> QuerySet[ItemBank]:
    """Not published, and nothing newer was; what was passed over waits for nobody."""
    newer = ItemBank.objects.filter(
        instrument=OuterRef("instrument"), version__gt=OuterRef("version"), published_at__isnull=False
    )
    return ItemBank.objects.filter(~Exists(newer), published_at__isnull=True)


def _offered(banks: QuerySet[ItemBank]) -> QuerySet[ItemBank]:
    return banks.filter(published_at__isnull=False, retired_at__isnull=True)


def _counted(banks: QuerySet[ItemBank]) -> QuerySet[ItemBank]:
    """Counts by themselves: joined they would multiply each other."""
    items = Item.objects.filter(bank=OuterRef("pk")).order_by().values("bank").annotate(n=Count("pk"))
    attempts = Attempt.objects.filter(bank=OuterRef("pk")).order_by().values("bank")
    begun = attempts.annotate(n=Count("pk"), done=Count("finished_at"))
    return banks.annotate(
        item_count=Coalesce(Subquery(items.values("n")), 0),
        finished_count=Coalesce(Subquery(begun.values("done")), 0),
        open_count=Coalesce(Subquery(begun.values("n")), 0) - F("finished_count"),
    )


def _statements(items: Iterable[Item]) -> list[Statement]:
    return [
        Statement(
            code=item.code,
            text_lv=item.text_lv,
            text_en=item.text_en,
            measures=item.dimension or item.competence_id or "",
            scale=item.scale,
            reverse=item.reverse,
            options=tuple((option["lv"], option["en"]) for option in item.options),
            right=item.right,
            level=item.level,
        )
        for item in items
    ]
