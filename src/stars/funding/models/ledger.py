"""The ledger: what money did, one row for each movement, never changed and never deleted."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from stars.catalogue.models import Round
from stars.funding.enums import IN_BUDGET, EntryKind
from stars.funding.models.accounts import LearningAccount

_CREDITS = [EntryKind.GRANT, EntryKind.RELEASE]
_DEBITS = [EntryKind.RESERVATION, EntryKind.PAYMENT, EntryKind.EXPIRY]
_OF_HOLD = [EntryKind.RELEASE, EntryKind.PAYMENT]


class LedgerEntry(models.Model):
    """One movement of money (virsgrāmatas ieraksts), in euro cents: + into what is available, − out of it.

    `reference` names the event that moved the money, so that an event moves it once. `hold` is the reservation that a
    release or payment is about, `reverses` the entry that a correction takes back, which may be a correction too.
    `application` is the number under which the applicant knows it; the ledger stands below applications and holds no
    key upward.
    """

    at = models.DateTimeField(db_default=Now())
    kind = models.CharField(max_length=12, choices=EntryKind.choices)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(
        LearningAccount, null=True, on_delete=models.PROTECT, related_name="entries", db_index=False
    )
    amount_cents = models.BigIntegerField()
    counts_in_budget = models.BooleanField()
    reference = models.CharField(max_length=80, unique=True)
    application = models.CharField(max_length=20, blank=True)
    programme = models.CharField(max_length=250, blank=True)
    hold = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="settlements")
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="correction")
    actor_role = models.CharField(max_length=30)
    actor_id = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=200, blank=True)
    second_actor_id = models.UUIDField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        """Sign, reference and what belongs to which kind are the database's affair."""

        indexes = [
            models.Index(fields=["account", "at"], name="ledger_of_account"),
            models.Index(fields=["round", "kind"], name="ledger_of_round"),
            models.Index(fields=["application"], name="ledger_of_application"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="ledger_kind_known"),
            models.CheckConstraint(
                condition=Q(kind__in=_CREDITS, amount_cents__gt=0)
                | Q(kind__in=_DEBITS, amount_cents__lt=0)
                | (Q(kind=EntryKind.CORRECTION) & ~Q(amount_cents=0)),
                name="ledger_sign_of_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=IN_BUDGET, counts_in_budget=True)
                | Q(kind__in=[EntryKind.GRANT, EntryKind.EXPIRY], counts_in_budget=False)
                | Q(kind=EntryKind.CORRECTION),
                name="ledger_budget_of_kind",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[EntryKind.GRANT, EntryKind.EXPIRY]) | Q(account__isnull=False),
                name="ledger_entitlement_has_account",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=_OF_HOLD, hold__isnull=False)
                | (~Q(kind__in=_OF_HOLD) & Q(hold__isnull=True)),
                name="ledger_settlement_names_hold",
            ),
            models.CheckConstraint(
                condition=(
                    Q(kind=EntryKind.CORRECTION, reverses__isnull=False, second_actor_id__isnull=False)
                    & ~Q(reason="")
                    & ~Q(second_actor_id=F("actor_id"))
                )
                | (~Q(kind=EntryKind.CORRECTION) & Q(reverses__isnull=True, second_actor_id__isnull=True)),
                name="ledger_correction_by_two",
            ),
            models.UniqueConstraint(
                fields=["hold"], condition=Q(kind=EntryKind.RELEASE), name="ledger_hold_released_once"
            ),
            models.UniqueConstraint(
                fields=["hold"], condition=Q(kind=EntryKind.PAYMENT), name="ledger_hold_paid_once"
            ),
            models.UniqueConstraint(
                fields=["account"], condition=Q(kind=EntryKind.GRANT), name="ledger_one_grant_per_account"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="fits_what_it_names",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                declare=[("other", "funding_ledgerentry%ROWTYPE")],
                func="""
                    IF NEW.hold_id IS NOT NULL THEN
                        SELECT * INTO other FROM funding_ledgerentry WHERE id = NEW.hold_id FOR KEY SHARE;
                        IF other.kind <> 'reservation' OR other.round_id <> NEW.round_id
                            OR other.account_id IS DISTINCT FROM NEW.account_id
                            OR (NEW.kind = 'release' AND NEW.amount_cents <> -other.amount_cents)
                            OR (NEW.kind = 'payment' AND NEW.amount_cents < other.amount_cents) THEN
                            RAISE EXCEPTION 'a settlement fits its hold'
                                USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_settlement_fits_hold';
                        END IF;
                        IF NEW.kind = 'payment' AND NOT EXISTS (
                            SELECT 1 FROM funding_ledgerentry WHERE hold_id = NEW.hold_id AND kind = 'release'
                        ) THEN
                            RAISE EXCEPTION 'a payment is a release and a payment'
                                USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_payment_after_release';
                        END IF;
                    END IF;
                    IF NEW.reverses_id IS NOT NULL THEN
                        SELECT * INTO other FROM funding_ledgerentry WHERE id = NEW.reverses_id FOR KEY SHARE;
                        IF other.kind NOT IN ('grant', 'payment', 'expiry', 'correction')
                            OR NEW.amount_cents <> -other.amount_cents
                            OR other.round_id <> NEW.round_id
                            OR other.counts_in_budget <> NEW.counts_in_budget
                            OR other.account_id IS DISTINCT FROM NEW.account_id THEN
                            RAISE EXCEPTION 'a correction reverses its entry'
                                USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_correction_reverses';
                        END IF;
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="moves_sums",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                func="""
                    IF NEW.account_id IS NOT NULL THEN
                        UPDATE funding_learningaccount SET available_cents = available_cents + NEW.amount_cents
                        WHERE id = NEW.account_id;
                    END IF;
                    IF NEW.counts_in_budget THEN
                        UPDATE funding_roundbudget SET committed_cents = committed_cents - NEW.amount_cents
                        WHERE round_id = NEW.round_id;
                        IF NOT FOUND THEN
                            RAISE EXCEPTION 'the round has no budget'
                                USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_not_exceeded';
                        END IF;
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_cents}"

    @property
    def origin(self) -> "LedgerEntry":
        """What it is about: for a correction the entry at the end of those that it reverses, else itself."""
        entry = self
        while entry.reverses is not None:
            entry = entry.reverses
        return entry
