"""A person's money as their applications meet it: which sources they see, and what a programme would leave."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from stars.actors.actor import Actor
from stars.applications.enums import OPEN, Status
from stars.applications.models import Application
from stars.applications.queries.own import applications_of, with_story
from stars.applications.sources import SourceOption
from stars.common import clock
from stars.funding import queries as funding
from stars.funding.types import Account
from stars.people.models import Profile


@dataclass(frozen=True, slots=True)
class Purse:
    """One source with learning accounts: the accounts, the latest first, and the latest application there."""

    scheme: str
    accounts: list[Account]
    application: Application | None


@dataclass(frozen=True, slots=True)
class Remaining:
    """What would be available after a programme; below zero that much is missing."""

    scheme: str
    needed_cents: int
    left_cents: int

    @property
    def missing_cents(self) -> int:
        """How much the account lacks; 0 when it suffices."""
        return max(0, -self.left_cents)


def sent_in(actor: Actor) -> dict[str, set[str]]:
    """In which sources the person ever applied, each with how the applications there stand. From one read."""
    sent = Application.objects.filter(applicant_id=actor.person_id).exclude(status=Status.DRAFT)
    standing: dict[str, set[str]] = {}
    for scheme, status in sent.order_by().values_list("scheme", "status").distinct():
        standing.setdefault(scheme, set()).add(status)
    return standing


def has_purse(actor: Actor, sent: Mapping[str, object]) -> bool:
    """Whether the person has applied in a source that has learning accounts, or has had an account.

    `sent` is what `sent_in` says of the person.
    """
    return bool(_account_schemes(set(sent), actor))


def purses_of(actor: Actor) -> list[Purse]:
    """The sources for the page of the person's money, each with accounts and the latest application.

    The application's story is read where there is no account yet: it is what the page tells then.
    """
    if actor.person_id is None:
        return []
    schemes = _account_schemes(set(sent_in(actor)), actor)
    purses = []
    for scheme in sorted(schemes):
        sent = applications_of(actor).filter(scheme=scheme).exclude(status=Status.DRAFT)
        latest, accounts = sent.first(), funding.accounts_of(actor.person_id, scheme)
        if latest is not None and not accounts:
            with_story(latest)
        purses.append(Purse(scheme, accounts, latest))
    return purses


def remaining_after(actor: Actor, programme_id: int, sources: Iterable[SourceOption]) -> list[Remaining]:
    """What the person's accounts would have left after the programme, by source; the cheapest group counts.

    Nothing for somebody without a living account, or whose application for the programme is open already.
    """
    if actor.person_id is None or actor.is_staff:
        return []
    today, found = clock.today(), []
    for option in sources:
        if not option.is_open or not option.offers:
            continue
        account = funding.account_of(actor.person_id, option.scheme)
        if account is None or not account.is_usable(today):
            continue
        needed = _support(option, actor.person_id)
        found.append(Remaining(option.scheme.value, needed, account.available_cents - needed))
    if found and _has_open(actor, programme_id):
        return []
    return found


def _support(option: SourceOption, person_id: UUID) -> int:
    """What public money would pay for the cheapest group of the source."""
    low_income = Profile.objects.filter(person_id=person_id, low_income=True).exists()
    return min(
        offer.price_cents - (offer.low_income_copayment_cents if low_income else offer.copayment_cents)
        for offer in option.offers
    )


def _has_open(actor: Actor, programme_id: int) -> bool:
    return Application.objects.filter(
        applicant_id=actor.person_id, programme_id=programme_id, status__in=OPEN
    ).exists()


def _account_schemes(applied: set[str], actor: Actor) -> set[str]:
    """Sources with accounts today, or in which the person has one although the rules have changed since."""
    if not applied or actor.person_id is None:
        return set()
    today = funding.account_schemes(clock.today()) & applied
    return today | (funding.schemes_with_account(actor.person_id) if today != applied else set())
