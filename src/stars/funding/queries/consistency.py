"""What must never be: sums that differ from their entries. Each is one statement, so what it sees is of one moment."""

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from stars.funding.enums import EntryKind
from stars.funding.models import LearningAccount, LedgerEntry, RoundBudget


def inconsistent_accounts() -> QuerySet[LearningAccount]:
    """Accounts whose available money is not the sum of their entries."""
    entries = LedgerEntry.objects.filter(account=OuterRef("pk")).order_by().values("account")
    summed = Subquery(entries.annotate(sum=Sum("amount_cents")).values("sum"))
    return LearningAccount.objects.annotate(summed=Coalesce(summed, 0)).exclude(available_cents=F("summed"))


def inconsistent_budgets() -> QuerySet[RoundBudget]:
    """Budgets whose committed money is not what the round's entries come to."""
    entries = LedgerEntry.objects.filter(round=OuterRef("pk"), counts_in_budget=True).order_by()
    summed = Subquery(entries.values("round").annotate(sum=Sum("amount_cents")).values("sum"))
    return RoundBudget.objects.annotate(summed=Coalesce(summed, 0)).exclude(committed_cents=-F("summed"))


def held_applications() -> QuerySet[LedgerEntry, str]:
    """Numbers of the applications for which money is held now."""
    released = LedgerEntry.objects.filter(kind=EntryKind.RELEASE).values("hold")
    holds = LedgerEntry.objects.filter(kind=EntryKind.RESERVATION).exclude(pk__in=released)
    return holds.values_list("application", flat=True)
