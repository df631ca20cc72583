"""What officers see before and after they correct the ledger, and what residents see of what comes back to them."""

from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from stars.funding.enums import CORRECTABLE, EntryKind
from stars.funding.models import CorrectionProposal, LedgerEntry
from stars.funding.types import CorrectableEntry, Return

_ENTITLEMENT = (EntryKind.GRANT, EntryKind.EXPIRY)


def correctable_entries(application: str, *, schemes: Iterable[str]) -> list[CorrectableEntry]:
    """What can be corrected about an application: its payments, and grant and expiry of the account that paid.

    With the corrections of these. Only of these sources; the latest first.
    """
    own = LedgerEntry.objects.filter(application=application, round__scheme__in=list(schemes))
    accounts = own.filter(account__isnull=False).values("account_id")
    found = _with_state(LedgerEntry.objects.filter(Q(pk__in=own.values("pk")) | Q(account_id__in=accounts)))
    return _correctable(
        [row for row in found if row.application == application or row.origin.kind in _ENTITLEMENT]
    )


def correctable_entry(entry_id: int, *, schemes: Iterable[str]) -> CorrectableEntry | None:
    """One entry of these sources that a correction may name; None when there is none."""
    found = LedgerEntry.objects.filter(pk=entry_id, round__scheme__in=list(schemes))
    return next(iter(_correctable(_with_state(found))), None)


def payments_in_force(application: str) -> list[LedgerEntry]:
    """What was paid for an application and did not come back: payments, and corrections that took a return back."""
    rows = LedgerEntry.objects.filter(
        application=application,
        kind__in=[EntryKind.PAYMENT, EntryKind.CORRECTION],
        amount_cents__lt=0,
        correction__isnull=True,
    )
    paid = rows.select_related("reverses__reverses").order_by("pk")
    return [row for row in paid if row.origin.kind == EntryKind.PAYMENT]


def _with_state(entries: QuerySet[LedgerEntry]) -> QuerySet[LedgerEntry]:
    open_proposal = CorrectionProposal.objects.filter(entry=OuterRef("pk"), settled_at__isnull=True)
    return (
        entries.filter(kind__in=CORRECTABLE)
        .annotate(
            is_proposed=Exists(open_proposal),
            is_corrected=Exists(LedgerEntry.objects.filter(reverses=OuterRef("pk"))),
        )
        .select_related("round", "account", "reverses__reverses")
        .order_by("-pk")
    )


def _correctable(rows: Sequence[LedgerEntry] | QuerySet[LedgerEntry]) -> list[CorrectableEntry]:
    corrections = {row.reverses_id: row for row in rows if row.reverses_id is not None}

    def is_in_force(row: LedgerEntry) -> bool:
        return row.pk not in corrections or not is_in_force(corrections[row.pk])

    def state(row: LedgerEntry) -> str:
        if row.is_corrected:  # type: ignore[attr-defined]  # annotated
            return "restored" if row.pk in corrections and is_in_force(row) else "corrected"
        return "proposed" if row.is_proposed else "free"  # type: ignore[attr-defined]  # annotated

    return [
        CorrectableEntry(
            pk=row.pk,
            at=row.at,
            kind=row.kind,
            label=row.get_kind_display(),
            scheme=row.round.scheme,
            round_name=row.round.name,
            application=row.application,
            programme=row.programme,
            amount_cents=row.amount_cents,
            state=state(row),
            about=row.origin.get_kind_display() if row.reverses else "",
            reason=row.reason if row.reverses else "",
            owner_id=row.account.person_id if row.account else None,
        )
        for row in rows
    ]


def proposals(schemes: Iterable[str], *, is_open: bool) -> QuerySet[CorrectionProposal]:
    """Proposals about entries of these sources: those that wait, oldest first, or those settled, latest first."""
    order = ("proposed_at", "pk") if is_open else ("-settled_at", "-pk")
    return (
        CorrectionProposal.objects.filter(entry__round__scheme__in=list(schemes), settled_at__isnull=is_open)
        .select_related("entry__round", "entry__account", "entry__reverses__reverses")
        .order_by(*order)
    )


def returns_for(application: str) -> list[Return]:
    """What is owed back for an application, as it stands now, the earliest first."""
    return _returns(CorrectionProposal.objects.filter(entry__application=application))


def returns_to(account_id: int) -> list[Return]:
    """What is owed back to an account and waits for an officer, the earliest first."""
    return _returns(CorrectionProposal.objects.filter(entry__account=account_id, settled_at__isnull=True))


def _returns(rows: QuerySet[CorrectionProposal]) -> list[Return]:
    return [
        Return(
            application=row.entry.application,
            programme=row.entry.programme,
            amount_cents=-row.entry.amount_cents,
            is_returned=row.is_accepted,
            decided_at=row.settled_at,
        )
        for row in rows.filter(is_owed=True).select_related("entry").order_by("proposed_at", "pk")
    ]
