"""What officers see before and after they correct the ledger."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from stars.funding.enums import CORRECTABLE, EntryKind
from stars.funding.models import CorrectionProposal, LedgerEntry
from stars.funding.types import CorrectableEntry


def correctable_entries(application: str, *, schemes: Iterable[str]) -> list[CorrectableEntry]:
    """What can be corrected about an application: its payments, and grant and expiry of the account that paid.

    Only of these sources; the latest first.
    """
    own = LedgerEntry.objects.filter(application=application, round__scheme__in=list(schemes))
    accounts = own.filter(account__isnull=False).values("account_id")
    entitlement = Q(account_id__in=accounts, kind__in=[EntryKind.GRANT, EntryKind.EXPIRY])
    found = LedgerEntry.objects.filter(Q(pk__in=own.values("pk")) | entitlement)
    return [_correctable(row) for row in _with_state(found)]


def correctable_entry(entry_id: int, *, schemes: Iterable[str]) -> CorrectableEntry | None:
    """One entry of these sources that a correction may name; None when there is none."""
    found = LedgerEntry.objects.filter(pk=entry_id, round__scheme__in=list(schemes))
    return next((_correctable(row) for row in _with_state(found)), None)


def _with_state(entries: QuerySet[LedgerEntry]) -> QuerySet[LedgerEntry]:
    open_proposal = CorrectionProposal.objects.filter(entry=OuterRef("pk"), settled_at__isnull=True)
    return (
        entries.filter(kind__in=CORRECTABLE)
        .annotate(
            is_proposed=Exists(open_proposal),
            is_corrected=Exists(LedgerEntry.objects.filter(reverses=OuterRef("pk"))),
        )
        .select_related("round", "account")
        .order_by("-pk")
    )


def _correctable(row: LedgerEntry) -> CorrectableEntry:
    is_corrected, is_proposed = row.is_corrected, row.is_proposed  # type: ignore[attr-defined]  # annotated
    return CorrectableEntry(
        pk=row.pk,
        at=row.at,
        kind=row.kind,
        label=row.get_kind_display(),
        scheme=row.round.scheme,
        round_name=row.round.name,
        application=row.application,
        programme=row.programme,
        amount_cents=row.amount_cents,
        state="corrected" if is_corrected else "proposed" if is_proposed else "free",
        owner_id=row.account.person_id if row.account else None,
    )


def proposals(schemes: Iterable[str], *, is_open: bool) -> QuerySet[CorrectionProposal]:
    """Proposals about entries of these sources: those that wait, oldest first, or those settled, latest first."""
    order = ("proposed_at", "pk") if is_open else ("-settled_at", "-pk")
    return (
        CorrectionProposal.objects.filter(entry__round__scheme__in=list(schemes), settled_at__isnull=is_open)
        .select_related("entry__round", "entry__account")
        .order_by(*order)
    )
