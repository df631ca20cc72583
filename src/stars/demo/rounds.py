"""Rounds of the demonstration, counted from today."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.utils import timezone

from stars.actors.actor import SYSTEM
from stars.catalogue.models import Round
from stars.catalogue.operations.rounds import save_round
from stars.catalogue.types import RoundDraft
from stars.funding.operations import set_budget


class Phase(StrEnum):
    """How a round stands today."""

    EARLIER = "earlier"
    PAST = "past"
    CLOSING = "closing"
    OPEN = "open"
    NEXT = "next"


# Scheme, phase, name, days from today: opens, closes, learning from, learning until.
_ROUNDS = (
    ("IMK", Phase.EARLIER, "Izmēģinājuma kārta", -370, -320, -310, 540),
    ("IMK", Phase.PAST, "1. kārta", -120, -75, -60, 540),
    ("IMK", Phase.OPEN, "2. kārta", -24, 30, 20, 720),
    ("MN", Phase.PAST, "1. kārta", -130, -80, -60, 600),
    ("MN", Phase.CLOSING, "2. kārta", -40, 1, 20, 720),
    ("MN", Phase.OPEN, "3. kārta", -12, 38, 30, 780),
    ("MN", Phase.NEXT, "4. kārta", 7, 60, 60, 840),
    ("VARAM", Phase.EARLIER, "1. kārta", -430, -30, -400, 30),
    ("VARAM", Phase.OPEN, "2. kārta", -60, 120, -30, 365),
)
# Of each round: enough for whoever is in the demonstration.
_BUDGET_CENTS = 25_000_000
_OPENS, _CLOSES = time(9, 0), time(23, 59)


def make_rounds(today: date) -> dict[tuple[str, Phase], Round]:
    """All rounds by scheme and phase."""
    rounds = {
        (scheme, phase): save_round(_draft(scheme, name, today, days), by=SYSTEM)
        for scheme, phase, name, *days in _ROUNDS
    }
    for made in rounds.values():
        set_budget(made, _BUDGET_CENTS, by=SYSTEM)
    return rounds


def _draft(scheme: str, name: str, today: date, days: list[int]) -> RoundDraft:
    opens, closes, learning_from, learning_until = (today + timedelta(days=count) for count in days)
    return RoundDraft(
        scheme=scheme,
        name=name,
        opens_at=_moment(opens, _OPENS),
        closes_at=_moment(closes, _CLOSES),
        learning_from=learning_from,
        learning_until=learning_until,
    )


def _moment(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))
