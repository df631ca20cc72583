"""A mistake in the ledger is mended by a further entry, which one officer proposes and another carries out.

What a step of an application promised to give back is proposed by that step. It is not given back at once: the payment
may have left the platform already, and a correction is two hands' work (issue 3), of which one is an officer's.
"""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from stars.actors.actor import SYSTEM, Actor
from stars.actors.permissions import Permission
from stars.audit import operations as audit
from stars.common import clock
from stars.funding import notices
from stars.funding.enums import CORRECTABLE, EntryKind
from stars.funding.models import CorrectionProposal, LearningAccount, LedgerEntry
from stars.funding.operations.accounts import close, is_over
from stars.funding.operations.holds import must_end_holds
from stars.funding.operations.ledger import MovedAlready, constraint_of, write
from stars.funding.queries.corrections import correctable_entries, correctable_entry, payments_in_force
from stars.funding.types import CorrectableEntry

# How long money that had expired by mistake can be used again, at least.
GIVEN_BACK_FOR = timedelta(days=30)


class NotCorrectable(Exception):
    """The entry is none that a correction may name, was corrected, or waits for a second officer already."""


class SameOfficer(Exception):
    """Whoever proposed a correction does not carry it out."""


def look_up(application: str, *, by: Actor) -> list[CorrectableEntry]:
    """What can be corrected about an application, of the officer's sources; that it was looked at is remembered."""
    by.must(Permission.ACCOUNT_CORRECT)
    found = correctable_entries(application, schemes=by.schemes)
    if found:
        audit.record("ledger.viewed", by=by, subject="application", subject_id=application)
    return found


def look_at(entry_id: int, *, by: Actor) -> CorrectableEntry | None:
    """One entry of the officer's sources that a correction may name; that it was looked at is remembered."""
    by.must(Permission.ACCOUNT_CORRECT)
    found = correctable_entry(entry_id, schemes=by.schemes)
    if found is not None:
        audit.record("ledger.viewed", by=by, subject="ledger-entry", subject_id=entry_id)
    return found


def note_proposals(proposals: Iterable[CorrectionProposal], *, by: Actor) -> None:
    """These proposals were listed, with the people whose money they are about."""
    entries = [proposal.entry_id for proposal in proposals]
    if entries:
        audit.record("ledger.viewed", by=by, subject="ledger-entries", details={"ids": entries})


@transaction.atomic
def propose_correction(entry_id: int, *, reason: str, by: Actor) -> CorrectionProposal:
    """Propose to reverse an entry; proposed twice by one officer for one reason it is proposed once.

    Raises `NotCorrectable`, `NotPermitted`, `OutOfScope`, `OwnAffair`.
    """
    by.must(Permission.ACCOUNT_CORRECT)
    entry = _entry(entry_id)
    _must_concern_others(entry, by)
    if entry.kind not in CORRECTABLE or not reason.strip() or by.person_id is None:
        raise NotCorrectable
    return _propose(entry, reason=reason.strip(), first=by.person_id, label=by.label, by=by)


@transaction.atomic
def propose_return(application_number: str, *, owner: UUID, reason: str, by: Actor) -> int:
    """Propose to reverse every payment for the application, because a step that costs nothing has ended it.

    `owner` is whose application it is: the first hand of each proposal. One that an officer has made already is kept and
    marked. Returns how much is to come back: 0 where nothing was paid. Repeated while they wait it proposes nothing more.
    Raises `NotPermitted`.
    """
    must_end_holds(by)
    owed = 0
    for entry in payments_in_force(application_number):
        if not _mark_owed(entry):
            try:
                _propose(entry, reason=reason, first=owner, label=SYSTEM.label, is_owed=True, by=by)
            except NotCorrectable:
                # An officer was first, by a moment: with a proposal, or with the correction itself.
                if not _mark_owed(entry):
                    continue
        owed -= entry.amount_cents
    return owed


@transaction.atomic
def settle_correction(proposal_id: int, *, accept: bool, by: Actor) -> CorrectionProposal:
    """Carry the correction out, or decline it. Settling twice is settling once.

    Who proposed it may only take it back, and not even that when it is owed.

    Raises `SameOfficer`, `NotCorrectable`, `FundsExceeded` when what was granted is spent, `BudgetExceeded`,
    `NotPermitted`, `OutOfScope`, `OwnAffair`.
    """
    by.must(Permission.ACCOUNT_CORRECT)
    proposal = CorrectionProposal.objects.select_for_update().filter(pk=proposal_id).first()
    if proposal is None or by.person_id is None:
        raise NotCorrectable
    entry = _entry(proposal.entry_id)
    _must_concern_others(entry, by)
    if proposal.settled_at is not None:
        return proposal
    if (accept or proposal.is_owed) and proposal.proposed_by == by.person_id:
        raise SameOfficer
    if accept:
        try:
            notices.corrected(_reverse(entry, proposal, by))
        except MovedAlready as moved:
            raise NotCorrectable from moved
    elif proposal.is_owed:
        notices.return_declined(entry)
    proposal.settled_at, proposal.settled_by, proposal.settled_label = clock.now(), by.person_id, by.label
    proposal.is_accepted = accept
    proposal.save(update_fields=["settled_at", "settled_by", "settled_label", "is_accepted"])
    kind = "correction.accepted" if accept else "correction.declined"
    audit.record(kind, by=by, subject="ledger-entry", subject_id=entry.pk)
    return proposal


def _propose(
    entry: LedgerEntry, *, reason: str, first: UUID, label: str, is_owed: bool = False, by: Actor
) -> CorrectionProposal:
    if LedgerEntry.objects.filter(reverses=entry).exists():
        raise NotCorrectable
    try:
        with transaction.atomic():
            proposal = CorrectionProposal.objects.create(
                entry=entry,
                reason=reason,
                proposed_at=clock.now(),
                proposed_by=first,
                proposed_label=label,
                is_owed=is_owed,
            )
    except IntegrityError as refusal:
        if constraint_of(refusal) != "correction_one_open_per_entry":
            raise
        own = CorrectionProposal.objects.filter(
            entry=entry, settled_at=None, proposed_by=first, reason=reason
        ).first()
        if own is None:
            raise NotCorrectable from refusal
        return own
    audit.record("correction.proposed", by=by, subject="ledger-entry", subject_id=entry.pk)
    return proposal


def _mark_owed(entry: LedgerEntry) -> bool:
    """Note on the open proposal about the entry, if there is one, that what it gives back is owed."""
    waiting = CorrectionProposal.objects.filter(entry=entry, settled_at__isnull=True)
    return waiting.update(is_owed=True) > 0


def _entry(entry_id: int) -> LedgerEntry:
    found = LedgerEntry.objects.filter(pk=entry_id).select_related("round", "account").first()
    if found is None:
        raise NotCorrectable
    return found


def _must_concern_others(entry: LedgerEntry, by: Actor) -> None:
    by.must_decide_on(entry.round.scheme)
    if entry.account is not None:
        by.must_not_be(entry.account.person_id)


def _reverse(entry: LedgerEntry, proposal: CorrectionProposal, by: Actor) -> LedgerEntry:
    is_about = entry.origin.kind
    if is_about == EntryKind.EXPIRY and entry.amount_cents < 0 and entry.account is not None:
        _reopen(entry.account)
    reference = f"correction:{entry.pk}"
    correction = write(
        EntryKind.CORRECTION,
        amount_cents=-entry.amount_cents,
        counts_in_budget=entry.counts_in_budget,
        account=entry.account,
        round=entry.round,
        reverses=entry,
        reference=reference,
        application=entry.application,
        programme=entry.programme,
        reason=proposal.reason,
        second_actor_id=proposal.proposed_by,
        by=by,
    )
    if entry.account_id is not None and is_about != EntryKind.EXPIRY:
        # The new entry has locked the account: whoever closed it meanwhile is seen.
        account = LearningAccount.objects.get(pk=entry.account_id)
        if is_over(account):
            close(
                account,
                reference=f"{reference}:expiry",
                application=entry.application,
                programme=entry.programme,
                by=by,
            )
    return correction


def _reopen(account: LearningAccount) -> None:
    """Money that comes back after expiry can be used; raises `NotCorrectable` when a newer account has begun."""
    account = LearningAccount.objects.select_for_update(no_key=True).get(pk=account.pk)
    account.closed_at = None
    account.expires_on = max(account.expires_on, clock.today() + GIVEN_BACK_FOR)
    try:
        with transaction.atomic():
            account.save(update_fields=["closed_at", "expires_on"])
    except IntegrityError as refusal:
        if constraint_of(refusal) != "account_one_at_a_time":
            raise
        raise NotCorrectable from refusal
