"""How much each round of the demonstration may commit."""

from collections.abc import Mapping

from stars.actors.actor import SYSTEM
from stars.catalogue.models import Round
from stars.demo.rounds import Phase
from stars.funding.operations import set_budget

# Euros. The second round of MN is so small that the story runs out of its money.
_BUDGETS = {
    ("IMK", Phase.EARLIER): 60_000,
    ("IMK", Phase.PAST): 180_000,
    ("IMK", Phase.OPEN): 240_000,
    ("MN", Phase.PAST): 320_000,
    ("MN", Phase.CLOSING): 1_500,
    ("MN", Phase.OPEN): 400_000,
    ("MN", Phase.NEXT): 400_000,
    ("VARAM", Phase.EARLIER): 150_000,
    ("VARAM", Phase.OPEN): 150_000,
}


def set_budgets(rounds: Mapping[tuple[str, Phase], Round]) -> None:
    """Give every round its money."""
    for key, round_ in rounds.items():
        set_budget(round_, _BUDGETS[key] * 100, by=SYSTEM)
