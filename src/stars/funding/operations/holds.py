"""Money for an application: held when it is confirmed, then paid or released."""

from django.db import transaction

from stars.actors.actor import Actor, NotPermitted
from stars.actors.permissions import Permission
from stars.catalogue.models import Round
from stars.common import clock
from stars.common.fixed_queries import A_CODE, FixedQuery
from stars.funding.enums import EntryKind
from stars.funding.models import LedgerEntry
from stars.funding.operations.accounts import close, is_over, usable_account
from stars.funding.operations.ledger import MovedAlready, by_reference, write
from stars.funding.queries.rules import rules_for
from stars.people.models import Person

_PROGRAMME_LENGTH = 250
# A hold ends with a step of the application: whoever may take one of these has been let through by that step.
_ENDING = (
    Permission.APPLICATION_FILL,
    Permission.APPLICATION_CHECK,
    Permission.APPLICATION_ADMIT,
    Permission.APPLICATION_CONCLUDE,
    Permission.APPLICATION_LAPSE,
)

_open_holds = FixedQuery(
    lambda application_number: (
        LedgerEntry.objects.filter(application=application_number, kind=EntryKind.RESERVATION)
        .exclude(settlements__kind=EntryKind.RELEASE)
        .select_related("account", "round")
        .order_by("-pk")[:1]
    ),
    application_number=A_CODE,
)


class AlreadyHeld(Exception):
    """Another event has held money for this application, and the hold is open."""


@transaction.atomic
def hold(
    *,
    application_number: str,
    programme: str,
    person: Person,
    round: Round,
    scheme: str,
    amount_cents: int,
    reference: str,
    by: Actor,
) -> None:
    """Reserve money for a confirmed application, in the round's budget and, where the source has one, in the account.

    The account is opened and granted by the rules of today when the person has none alive, also when nothing is to be
    held. The same reference again does nothing. Raises `FundsExceeded`, `BudgetExceeded` with figures, and then nothing
    is opened; `AlreadyHeld`, `NotPermitted`, `OutOfScope`, `OwnAffair`.
    """
    by.must(Permission.APPLICATION_CHECK)
    by.must_decide_on(scheme)
    by.must_not_be(person.pk)
    if scheme != round.scheme:
        raise ValueError("a hold names a round of its source")
    if amount_cents < 0:
        raise ValueError("a hold is not negative")
    if by_reference(reference) is not None:
        return
    held = open_hold(application_number)
    if held is not None:
        # The same event at the same moment: it has held between the two reads.
        if held.reference == reference:
            return
        raise AlreadyHeld
    account = usable_account(
        person,
        rules_for(scheme, clock.today()),
        round,
        application=application_number,
        programme=programme[:_PROGRAMME_LENGTH],
        by=by,
    )
    if amount_cents == 0:
        return
    try:
        write(
            EntryKind.RESERVATION,
            amount_cents=-amount_cents,
            account=account,
            round=round,
            reference=reference,
            application=application_number,
            programme=programme[:_PROGRAMME_LENGTH],
            by=by,
        )
    except MovedAlready:
        return


@transaction.atomic
def release(application_number: str, *, reference: str, reason: str, by: Actor) -> int:
    """Give back what is held for the application; what goes back to an account that is over expires at once.

    Returns how much was released: 0 where nothing is held, and what it was when this reference released it before.
    """
    must_end_holds(by)
    done = by_reference(reference)
    if done is not None:
        return done.amount_cents
    held = open_hold(application_number)
    if held is None:
        return _moved_meanwhile(reference)
    try:
        released = _settle(
            held, EntryKind.RELEASE, -held.amount_cents, reference=reference, reason=reason, by=by
        )
    except MovedAlready:
        return _moved_meanwhile(reference)
    _expire_rest(held, reference, by)
    return released.amount_cents


@transaction.atomic
def pay(application_number: str, *, percent: int = 100, reference: str, reason: str, by: Actor) -> int:
    """Turn what is held for the application into a payment of this share, rounded to the cent; the rest is released.

    Returns how much was paid: 0 where nothing is held, and what it was when this reference paid it before.
    """
    must_end_holds(by)
    if not 0 <= percent <= 100:
        raise ValueError("a share lies between 0 and 100")
    if _was_released(reference):
        return _moved_meanwhile(reference)
    held = open_hold(application_number)
    if held is None:
        return _moved_meanwhile(reference)
    try:
        _settle(
            held,
            EntryKind.RELEASE,
            -held.amount_cents,
            reference=_release_of(reference),
            reason=reason,
            by=by,
        )
    except MovedAlready:
        return _moved_meanwhile(reference)
    paid = (-held.amount_cents * percent + 50) // 100
    if paid:
        _settle(held, EntryKind.PAYMENT, -paid, reference=reference, reason=reason, by=by)
    _expire_rest(held, reference, by)
    return paid


def open_hold(application_number: str) -> LedgerEntry | None:
    """The reservation of the application that is neither released nor paid."""
    return next(iter(_open_holds(application_number=application_number)), None)


def must_end_holds(by: Actor) -> None:
    """Raise `NotPermitted` unless the actor may take a step by which a hold ends."""
    if not any(by.may(permission) for permission in _ENDING):
        raise NotPermitted(Permission.APPLICATION_CONCLUDE)


def _moved_meanwhile(reference: str) -> int:
    """What this event moved, where it ran twice at the same moment: 0 when another event ended the hold."""
    done = by_reference(reference)
    return 0 if done is None else abs(done.amount_cents)


def _release_of(payment: str) -> str:
    return f"{payment}:release"


def _was_released(payment: str) -> bool:
    return by_reference(_release_of(payment)) is not None


def _settle(
    held: LedgerEntry, kind: EntryKind, amount_cents: int, *, reference: str, reason: str, by: Actor
) -> LedgerEntry:
    return write(
        kind,
        amount_cents=amount_cents,
        account=held.account,
        round=held.round,
        hold=held,
        reference=reference,
        application=held.application,
        programme=held.programme,
        reason=reason[:500],
        by=by,
    )


def _expire_rest(held: LedgerEntry, reference: str, by: Actor) -> None:
    if held.account is not None and is_over(held.account):
        close(
            held.account,
            reference=f"{reference}:expiry",
            application=held.application,
            programme=held.programme,
            by=by,
        )
