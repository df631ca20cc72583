"""The level that the level test found for somebody, and how long it holds (manual 3.4.3, facts 1.4)."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.timezone import localdate

from stars.assessments.enums import Instrument
from stars.assessments.models import Attempt


@dataclass(frozen=True, slots=True)
class FoundLevel:
    """The newest result of somebody's level test: from `on` until and with the day `until` it can be applied with."""

    attempt: UUID
    level: int
    percent: int
    on: date
    until: date
    rules_version: int
    programme_id: int | None

    def holds(self, on: date) -> bool:
        """True while the result is valid."""
        return on <= self.until


def latest_level(person_id: UUID) -> FoundLevel | None:
    """What the person's last finished level test found, valid or not; validity is that of the rules it was judged by."""
    attempt = (
        Attempt.objects.filter(
            person_id=person_id, bank__instrument=Instrument.LEVEL, finished_at__isnull=False
        )
        .select_related("result__rules")
        .order_by("-finished_at", "-pk")
        .first()
    )
    return found_by(attempt) if attempt else None


def found_by(attempt: Attempt) -> FoundLevel:
    """What a finished attempt at the level test found. Raises ValueError for one that found no level."""
    result, finished_at = attempt.result, attempt.finished_at
    if finished_at is None or result.level is None or result.percent is None or result.rules is None:
        raise ValueError(f"attempt {attempt} has no level")
    on = localdate(finished_at)
    return FoundLevel(
        attempt=attempt.public_id,
        level=result.level,
        percent=result.percent,
        on=on,
        until=on + timedelta(days=result.rules.valid_days),
        rules_version=result.rules.version,
        programme_id=attempt.programme_id,
    )


def valid_level(person_id: UUID, *, on: date) -> FoundLevel | None:
    """The level with which the person can apply on the day, if there is one."""
    found = latest_level(person_id)
    return found if found and found.holds(on) else None
