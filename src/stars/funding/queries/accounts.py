"""A person's learning account and what happened in it."""

from collections.abc import Collection, Sequence
from typing import cast, overload
from uuid import UUID

from django.db.models import Case, Count, F, OuterRef, QuerySet, Subquery, Sum, When

from stars.funding.enums import EntryKind
from stars.funding.models import LearningAccount, LedgerEntry
from stars.funding.types import Account, StatementLine


def account_of(person_id: UUID, scheme: str) -> Account | None:
    """The person's account that is not closed; it may have passed its last day since the nightly job ran."""
    return next((account for account in accounts_of(person_id, scheme) if not account.is_closed), None)


def accounts_of(person_id: UUID, scheme: str) -> list[Account]:
    """All accounts that the person has had under the source, the latest first."""
    rows = list(LearningAccount.objects.filter(person_id=person_id, scheme=scheme).order_by("-opens_on"))
    sums = sums_of([row.pk for row in rows])
    return [_account(row, sums.get(row.pk, {})) for row in rows]


def schemes_with_account(person_id: UUID) -> set[str]:
    """Sources under which the person has or has had an account."""
    return set(LearningAccount.objects.filter(person_id=person_id).values_list("scheme", flat=True))


def schemes_granted_twice(person_ids: Sequence[UUID]) -> list[str]:
    """Sources under which more than one of these people has an account that is not closed."""
    rows = LearningAccount.objects.filter(person__in=person_ids, closed_at=None).order_by("scheme")
    return list(
        rows.values("scheme")
        .annotate(holders=Count("person", distinct=True))
        .filter(holders__gt=1)
        .values_list("scheme", flat=True)
    )


class Statement(Sequence[StatementLine]):
    """The movements of an account, the latest first, each with what was available after it; counted and sliced.

    Of one kind when `kind` says so: what was available after a movement counts the others all the same.
    """

    def __init__(self, account_id: int, kind: str = "") -> None:
        rows = LedgerEntry.objects.filter(account_id=account_id)
        self._rows = rows.filter(kind=kind) if kind else rows

    def __len__(self) -> int:
        return self._rows.count()

    @overload
    def __getitem__(self, part: int) -> StatementLine: ...

    @overload
    def __getitem__(self, part: slice) -> list[StatementLine]: ...

    def __getitem__(self, part: int | slice) -> StatementLine | list[StatementLine]:
        if isinstance(part, int):
            return self[part : part + 1][0]
        until = LedgerEntry.objects.filter(account=OuterRef("account"), pk__lte=OuterRef("pk")).order_by()
        total = until.values("account").annotate(total=Sum("amount_cents")).values("total")
        running = self._rows.annotate(after_cents=Subquery(total))
        return [_line(row) for row in running.order_by("-id")[part]]


def statement(account_id: int, *, kind: str = "") -> Statement:
    """The account's statement (Finansējuma vēsture), or its movements of one kind."""
    return Statement(account_id, kind)


def sums_of(account_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """Sums by account and kind; a release counts to holds, a correction also to the kind that it is about in the end."""
    if not account_ids:
        return {}
    about = Case(When(kind=EntryKind.RELEASE, then=F("hold__kind")), default=F("kind"))
    rows: QuerySet[LedgerEntry, tuple[int, str, int]] = (
        LedgerEntry.objects.filter(account_id__in=account_ids)
        .order_by()
        .values_list("account_id", about)
        .annotate(total=Sum("amount_cents"))
    )
    sums: dict[int, dict[str, int]] = {}
    for account_id, kind, total in rows:
        sums.setdefault(account_id, {})[kind] = total
    corrected = [account_id for account_id, kinds in sums.items() if EntryKind.CORRECTION in kinds]
    for row in _corrections(corrected) if corrected else []:
        kinds, kind = sums[cast(int, row.account_id)], row.origin.kind
        kinds[kind] = kinds.get(kind, 0) + row.amount_cents
    return sums


def _corrections(account_ids: list[int]) -> QuerySet[LedgerEntry]:
    found = LedgerEntry.objects.filter(account_id__in=account_ids, kind=EntryKind.CORRECTION)
    return found.select_related("reverses__reverses")


def _account(row: LearningAccount, sums: dict[str, int]) -> Account:
    return Account(
        pk=row.pk,
        scheme=row.scheme,
        opens_on=row.opens_on,
        expires_on=row.expires_on,
        is_closed=row.closed_at is not None,
        granted_cents=sums.get(EntryKind.GRANT, 0),
        available_cents=row.available_cents,
        held_cents=-sums.get(EntryKind.RESERVATION, 0),
        spent_cents=-sums.get(EntryKind.PAYMENT, 0),
        expired_cents=-sums.get(EntryKind.EXPIRY, 0),
    )


def _line(row: LedgerEntry) -> StatementLine:
    return StatementLine(
        pk=row.pk,
        at=row.at,
        kind=row.kind,
        label=row.get_kind_display(),
        programme=row.programme,
        application=row.application,
        reason=row.reason,
        amount_cents=row.amount_cents,
        available_cents=row.after_cents,  # type: ignore[attr-defined]  # annotated
    )
