"""Rounds of applications, and which groups each of them pays for."""

from dataclasses import asdict

from django.db import transaction

from stars.actors.actor import Actor
from stars.audit import operations as audit
from stars.catalogue.enums import GroupStatus
from stars.catalogue.models import Group, GroupOffer, Round
from stars.catalogue.operations.managing import must_manage_rounds
from stars.catalogue.operations.offering import rules
from stars.catalogue.queries.standing import prices_of
from stars.catalogue.types import OfferDraft, RoundDraft
from stars.common.seen import must_be_seen


class NotOfferable(Exception):
    """The group is not approved, is cancelled, or is offered by the round already."""


@transaction.atomic
def save_round(draft: RoundDraft, *, by: Actor) -> Round:
    """Make the round, or correct the one of this name under the scheme: open it longer, close it earlier.

    Raises `BreaksRule` for periods out of order, `NotPermitted`, `OutOfScope`.
    """
    must_manage_rounds(draft.scheme, by=by)
    known = Round.objects.select_for_update(no_key=True).filter(scheme=draft.scheme, name=draft.name).first()
    return create_round(draft, by=by) if known is None else _change(known, draft, by=by)


@transaction.atomic
def create_round(draft: RoundDraft, *, by: Actor) -> Round:
    """A new round. Raises `BreaksRule`: its name is used or its periods are out of order; as `save_round` else."""
    must_manage_rounds(draft.scheme, by=by)
    with rules():
        made = Round.objects.create(**asdict(draft))
    audit.record("round.created", by=by, subject="round", subject_id=made.pk)
    return made


@transaction.atomic
def change_round(round: Round, draft: RoundDraft, *, by: Actor) -> Round:
    """Give the round other dates or another name; its source stays. Whoever applied keeps what they were promised.

    Raises as `create_round` does.
    """
    must_manage_rounds(round.scheme, by=by)
    if draft.scheme != round.scheme:
        raise ValueError("a round stays in its source")
    return _change(Round.objects.select_for_update(no_key=True).get(pk=round.pk), draft, by=by)


@transaction.atomic
def add_offer(group: Group, draft: OfferDraft, *, by: Actor) -> GroupOffer:
    """Let the round pay for the group. Raises `NotOfferable`, `BreaksRule`, `NotPermitted`, `OutOfScope`."""
    round_ = Round.objects.get(pk=draft.round_id)
    must_manage_rounds(round_.scheme, by=by)
    locked = Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    if locked.status not in (GroupStatus.APPROVED, GroupStatus.PUBLISHED):
        raise NotOfferable
    if GroupOffer.objects.filter(group=locked, round=round_).exists():
        raise NotOfferable
    with rules():
        offer = GroupOffer.objects.create(group=locked, round=round_, **prices_of(draft))
    _record("added", offer, by=by, prices=prices_of(draft))
    return offer


@transaction.atomic
def change_offer(offer: GroupOffer, draft: OfferDraft, *, seen: str, by: Actor) -> GroupOffer:
    """Other prices for whoever applies from now on. `seen` says how they stood for whoever changes them.

    Raises `BreaksRule`, `NotPermitted`, `OutOfScope`, `ChangedMeanwhile`, and `GroupOffer.DoesNotExist` when it was
    removed meanwhile.
    """
    locked = GroupOffer.objects.select_for_update(of=("self",)).select_related("round").get(pk=offer.pk)
    must_manage_rounds(locked.round.scheme, by=by)
    wanted = prices_of(draft)
    must_be_seen(prices_of(locked), wanted, seen=seen)
    changed = {name: value for name, value in wanted.items() if getattr(locked, name) != value}
    for name, value in changed.items():
        setattr(locked, name, value)
    if changed:
        with rules():
            locked.save(update_fields=[*changed])
        _record("changed", locked, by=by, prices=changed)
    return locked


@transaction.atomic
def remove_offer(offer: GroupOffer, *, by: Actor) -> None:
    """Let the round pay for the group no longer; removed twice it is removed once.

    Whether anybody has applied is asked above, in `applications`.
    """
    must_manage_rounds(offer.round.scheme, by=by)
    locked = GroupOffer.objects.select_for_update(of=("self",)).filter(pk=offer.pk).first()
    if locked is None:
        return
    _record("removed", locked, by=by, prices={})
    locked.delete()


def _change(known: Round, draft: RoundDraft, *, by: Actor) -> Round:
    wanted = asdict(draft)
    changed = [name for name, value in wanted.items() if getattr(known, name) != value]
    for name in changed:
        setattr(known, name, wanted[name])
    if changed:
        with rules():
            known.save(update_fields=changed)
        audit.record(
            "round.changed", by=by, subject="round", subject_id=known.pk, details={"fields": changed}
        )
    return known


def _record(what: str, offer: GroupOffer, *, by: Actor, prices: dict[str, int]) -> None:
    audit.record(
        f"offer.{what}",
        by=by,
        subject="round",
        subject_id=offer.round_id,
        details={"group": offer.group_id} | prices,
    )
