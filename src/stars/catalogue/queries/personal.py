"""What a person keeps of the catalogue."""

from stars.actors.actor import Actor
from stars.catalogue.models import Favourite, MutedReason


def favourite_ids(actor: Actor) -> list[int]:
    """The programmes that the person keeps, the latest first; empty for an unsigned visitor."""
    if actor.person_id is None:
        return []
    kept = Favourite.objects.filter(person_id=actor.person_id).order_by("-created_at", "-pk")
    return list(kept.values_list("programme_id", flat=True))


def muted_reasons(actor: Actor) -> list[str]:
    """The reasons that the person wants to hear no more, the latest first."""
    if actor.person_id is None:
        return []
    muted = MutedReason.objects.filter(person_id=actor.person_id).order_by("-muted_at", "-pk")
    return list(muted.values_list("reason", flat=True))
