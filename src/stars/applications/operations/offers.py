"""Taking an offer out of a round, which only its applications can forbid."""

from django.db import transaction

from stars.actors.actor import Actor
from stars.applications.queries.rounds import offers_applied_for
from stars.catalogue.models import GroupOffer
from stars.catalogue.operations import rounds
from stars.catalogue.operations.managing import must_manage_rounds


class OfferInUse(Exception):
    """Somebody has applied for the group in this round: the offer stays."""


@transaction.atomic
def remove_offer(offer: GroupOffer, *, by: Actor) -> None:
    """Let the round pay for the group no longer. Raises `OfferInUse`, `NotPermitted`, `OutOfScope`."""
    must_manage_rounds(offer.round.scheme, by=by)
    if offers_applied_for([offer.pk]):
        raise OfferInUse
    rounds.remove_offer(offer, by=by)
