"""Opening an account with its grant, and closing it when its last day has passed."""

from django.db import IntegrityError, transaction

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.audit import operations as audit
from stars.catalogue.models import Round
from stars.common import clock
from stars.common.fixed_queries import A_CODE, A_UUID, FixedQuery
from stars.common.months import add_months
from stars.common.rows import each
from stars.funding.enums import EntryKind
from stars.funding.models import LearningAccount, LedgerEntry
from stars.funding.operations.ledger import constraint_of, write
from stars.people.models import Person
from stars.schemes.parameters import Parameters

_alive = FixedQuery(
    lambda person_id, scheme: (
        LearningAccount.objects.select_for_update(no_key=True)
        .filter(person_id=person_id, scheme=scheme, closed_at__isnull=True)
        .order_by("pk")[:1]
    ),
    person_id=A_UUID,
    scheme=A_CODE,
)


def usable_account(
    person: Person, rules: Parameters, round_: Round, *, application: str, programme: str, by: Actor
) -> LearningAccount | None:
    """The person's account under the round's source, locked; opened with its grant when there is none alive.

    One that has passed its last day is closed first. None where the source has no accounts.
    """
    account = _living(person, round_.scheme)
    if account is not None and is_over(account):
        close(account, reference=_expiry_of(account), by=by)
        account = None
    if account is not None or not rules.account_cents:
        return account
    today = clock.today()
    try:
        with transaction.atomic():
            account = LearningAccount.objects.create(
                person=person,
                scheme=round_.scheme,
                opens_on=today,
                expires_on=add_months(today, rules.account_months),
            )
    except IntegrityError as conflict:
        # Opened by somebody else in the same moment.
        if constraint_of(conflict) not in ("account_one_at_a_time", "account_one_per_period"):
            raise
        return _living(person, round_.scheme)
    audit.record("account.opened", by=by, subject="person", subject_id=person.pk)
    write(
        EntryKind.GRANT,
        amount_cents=rules.account_cents,
        account=account,
        round=round_,
        reference=f"grant:{account.pk}",
        application=application,
        programme=programme,
        by=by,
    )
    return account


def is_over(account: LearningAccount) -> bool:
    """True when nothing of the account can be held any more: closed, or past its last day."""
    return account.closed_at is not None or account.expires_on < clock.today()


def close(
    account: LearningAccount, *, reference: str, application: str = "", programme: str = "", by: Actor
) -> int:
    """Let what is available expire and close the account; open holds live on. Returns how much expired."""
    row = LearningAccount.objects.select_for_update(no_key=True).get(pk=account.pk)
    left = row.available_cents
    if left > 0:
        grant = LedgerEntry.objects.select_related("round").get(account=row, kind=EntryKind.GRANT)
        write(
            EntryKind.EXPIRY,
            amount_cents=-left,
            account=row,
            round=grant.round,
            reference=reference,
            application=application,
            programme=programme,
            by=by,
        )
    if row.closed_at is None:
        row.closed_at = clock.now()
        row.save(update_fields=["closed_at"])
        audit.record("account.closed", by=by, subject="person", subject_id=row.person_id)
    return left


def expire_accounts(*, by: Actor) -> int:
    """Close every account whose last day has passed, each in a transaction of its own. Returns how many were closed."""
    by.must(Permission.APPLICATION_LAPSE)
    over = LearningAccount.objects.filter(closed_at__isnull=True, expires_on__lt=clock.today())

    def _expire(found: LearningAccount) -> bool:
        account = over.select_for_update(no_key=True).filter(pk=found.pk).first()
        if account is not None:
            close(account, reference=_expiry_of(account), by=by)
        return account is not None

    return each(list(over.order_by("pk").only("pk")), _expire)


def _expiry_of(account: LearningAccount) -> str:
    """An account that was given back expires once more, on another day."""
    return f"expiry:{account.pk}:{account.expires_on.isoformat()}"


def _living(person: Person, scheme: str) -> LearningAccount | None:
    return next(iter(_alive(person_id=person.pk, scheme=scheme)), None)
