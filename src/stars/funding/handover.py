"""What a merge of two persons asks of the money: which accounts stand in the way, and how many there are."""

from uuid import UUID

from stars.funding.models import LearningAccount
from stars.ui.templatetags.ui import day


def account_conflicts(kept: UUID, merged: UUID) -> list[str]:
    """Sources in which both have a live account, or accounts that begin on one day: nobody may have two."""
    theirs: dict[UUID, list[LearningAccount]] = {kept: [], merged: []}
    for account in LearningAccount.objects.filter(person__in=[kept, merged]).order_by("scheme", "opens_on"):
        theirs[account.person_id].append(account)
    return [
        f"{mine.scheme}: {day(mine.opens_on)}, {day(other.opens_on)}"
        for mine in theirs[kept]
        for other in theirs[merged]
        if mine.scheme == other.scheme
        and ((_is_live(mine) and _is_live(other)) or mine.opens_on == other.opens_on)
    ]


def accounts_count(person_id: UUID) -> int:
    """How many accounts a person has or had."""
    return LearningAccount.objects.filter(person=person_id).count()


def _is_live(account: LearningAccount) -> bool:
    return account.closed_at is None
