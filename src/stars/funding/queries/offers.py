"""At what price a round pays for a group, when nobody says otherwise."""

from django.utils.timezone import localdate

from stars.catalogue.models import Group, Round
from stars.catalogue.types import OfferDraft
from stars.common import clock
from stars.funding.queries.rules import rules_for


def usual_offer(round_: Round, group: Group, *, price_cents: int | None = None) -> OfferDraft:
    """The institution's price, or this one, and the learner's shares of it by the rules of the round's first day.

    Shares are rounded to the cent; low-income learners never pay more than others.
    """
    price = (group.price_cents or 0) if price_cents is None else price_cents
    rules = rules_for(round_.scheme, max(clock.today(), localdate(round_.opens_at)))
    kind = group.programme.kind_id
    own = share(price, rules.copayment_percent_for(kind, low_income=False))
    return OfferDraft(
        round_id=round_.pk,
        price_cents=price,
        copayment_cents=own,
        low_income_copayment_cents=min(own, share(price, rules.copayment_percent_for(kind, low_income=True))),
    )


def share(cents: int, percent: int) -> int:
    """Percent of a sum, to the nearest cent."""
    return (cents * percent + 50) // 100
