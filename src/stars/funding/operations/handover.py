"""Money when two persons turn out to be one: every account goes over, and nobody keeps two grants of one period."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.funding.enums import EntryKind
from stars.funding.models import LearningAccount, LedgerEntry
from stars.funding.operations.accounts import close, is_over
from stars.funding.operations.ledger import write
from stars.funding.queries.accounts import sums_of


@transaction.atomic
def hand_over(kept: UUID, merged: UUID, *, reference: str, by: Actor) -> int:
    """Give every account of `merged` to `kept`; the persons are locked. Returns how many went over.

    Of two living accounts of a source one stays: the one that money is held in, else the older. What is left in the
    other expires, and what was paid from it is taken off the one that stays. Entries are added, none is changed.
    """
    by.must(Permission.PERSON_MERGE)
    rows = list(
        LearningAccount.objects.select_for_update(no_key=True)
        .filter(person__in=[kept, merged])
        .order_by("opens_on", "pk")
    )
    for scheme in sorted({row.scheme for row in rows}):
        _leave_one([row for row in rows if row.scheme == scheme], reference=reference, by=by)
    taken = {(row.scheme, row.opens_on) for row in rows if row.person_id == kept}
    moved = [row for row in rows if row.person_id == merged]
    for row in moved:
        # A person's accounts of a source begin on different days; the day of the grant stands in the ledger.
        while (row.scheme, row.opens_on) in taken:
            row.opens_on -= timedelta(days=1)
        taken.add((row.scheme, row.opens_on))
        row.person_id = kept
        row.save(update_fields=["person", "opens_on"])
    return len(moved)


def _leave_one(rows: list[LearningAccount], *, reference: str, by: Actor) -> None:
    living = [row for row in rows if row.closed_at is None]
    for row in [row for row in living if is_over(row)] if len(living) > 1 else []:
        close(row, reference=f"{reference}:over:{row.pk}", by=by)
        living.remove(row)
    if len(living) < 2:
        return
    stays, goes = sorted(living, key=lambda row: not _has_hold(row))
    close(goes, reference=f"{reference}:left:{goes.pk}", by=by)
    paid = min(-sums_of([goes.pk]).get(goes.pk, {}).get(EntryKind.PAYMENT, 0), stays.available_cents)
    if paid:
        grant = LedgerEntry.objects.select_related("round").get(account=stays, kind=EntryKind.GRANT)
        write(
            EntryKind.EXPIRY,
            amount_cents=-paid,
            account=stays,
            round=grant.round,
            reference=f"{reference}:paid:{goes.pk}",
            by=by,
        )


def _has_hold(account: LearningAccount) -> bool:
    held = LedgerEntry.objects.filter(account=account, kind=EntryKind.RESERVATION)
    return held.exclude(settlements__kind=EntryKind.RELEASE).exists()
