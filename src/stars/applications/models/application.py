"""The application itself. What must never be is a constraint here before it is code elsewhere."""

import uuid

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from stars.applications.enums import OPEN, SEATED, Status, WithdrawalReason
from stars.applications.models.seats import seat_counter
from stars.catalogue.models import Group, Programme, Round
from stars.catalogue.models.funding import SCHEME_CHOICES
from stars.classifiers.enums import Kind
from stars.classifiers.models import ClassifierValue, of_kind
from stars.schemes.codes import SchemeCode


@pghistory.track(exclude=["saved_at"])
class Application(models.Model):
    """A person's application for a programme under one funding source (iesniegums piesakoties mācībām)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=20, null=True, unique=True)
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    scheme = models.CharField(max_length=10, choices=SCHEME_CHOICES)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+", db_index=False)
    round = models.ForeignKey(Round, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    group = models.ForeignKey(Group, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    is_remote = models.BooleanField(default=False)
    municipality = models.ForeignKey(ClassifierValue, null=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    # What lists, rules and reports filter by, copied from the steps at submission.
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=16, blank=True)
    region = models.ForeignKey(
        ClassifierValue, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    economic_status = models.ForeignKey(
        ClassifierValue, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    education = models.ForeignKey(
        ClassifierValue, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    occupation = models.CharField(max_length=200, blank=True)
    workplace = models.CharField(max_length=200, blank=True)
    low_income = models.BooleanField(null=True)
    choice_reasons = ArrayField(models.CharField(max_length=60), default=list)

    # What the person was promised and how the rules stood: title, institution, price, dates, place, texts' versions.
    promised = models.JSONField(null=True)
    findings = models.JSONField(null=True)
    withdrawal_reason = models.CharField(max_length=10, choices=WithdrawalReason.choices, blank=True)
    withdrawal_note = models.CharField(max_length=500, blank=True)

    # What the decision settled, in euro cents: what public money holds for it, and what the learner pays.
    support_cents = models.PositiveIntegerField(null=True)
    copayment_cents = models.PositiveIntegerField(null=True)
    # Since when the round's budget or the account does not suffice; the application stays in the queue so marked.
    money_short_at = models.DateTimeField(null=True)
    # Sent back for correction: which fields are open again, and until when.
    returned_fields = ArrayField(models.CharField(max_length=40), default=list)
    correction_due_at = models.DateTimeField(null=True)
    # Their group was cancelled before it began: until when another may be chosen.
    regroup_due_at = models.DateTimeField(null=True)

    class Meta:
        """ "Katrā finansējuma avotā var pieteikties tikai uz vienu izglītības programmu" (manual 3.4.2) is a constraint."""

        indexes = [
            models.Index(fields=["applicant", "status"], name="application_of_person"),
            models.Index(fields=["programme", "status"], name="application_for_programme"),
            models.Index(fields=["group", "status"], name="application_in_group"),
            # Work queues: of one source, oldest first.
            models.Index(fields=["scheme", "status", "submitted_at", "id"], name="application_queue"),
            # The same queue narrowed to a round, to what money does not suffice for, to what has to be checked.
            models.Index(fields=["round", "status", "submitted_at", "id"], name="application_queue_of_round"),
            models.Index(
                fields=["scheme", "submitted_at", "id"],
                condition=Q(status=Status.SUBMITTED, money_short_at__isnull=False),
                name="application_money_short",
            ),
            models.Index(
                fields=["scheme", "submitted_at", "id"],
                condition=Q(status=Status.SUBMITTED, findings__contains=[{"verdict": "to-check"}]),
                name="application_to_check",
            ),
            # Whom an institution has to seat, earliest first; one of few people is read by programme instead.
            models.Index(
                fields=["submitted_at", "id"],
                condition=Q(status__in=[Status.ELIGIBLE, Status.WAITING]),
                name="application_to_seat",
            ),
            models.Index(
                fields=["correction_due_at"],
                condition=Q(status=Status.RETURNED),
                name="application_correction_due",
            ),
            models.Index(
                fields=["regroup_due_at"],
                condition=Q(regroup_due_at__isnull=False),
                name="application_regroup_due",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["applicant", "scheme"],
                condition=Q(status__in=OPEN),
                name="application_one_open_per_scheme",
            ),
            models.UniqueConstraint(
                fields=["applicant", "programme"],
                condition=Q(status__in=OPEN),
                name="application_one_open_per_programme",
            ),
            models.UniqueConstraint(
                fields=["applicant", "programme", "scheme"],
                condition=Q(status=Status.DRAFT),
                name="application_one_draft_per_programme_and_scheme",
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="application_status_known"),
            models.CheckConstraint(
                condition=Q(scheme__in=[code.value for code in SchemeCode]), name="application_scheme_known"
            ),
            models.CheckConstraint(
                condition=Q(status=Status.DRAFT, number__isnull=True, submitted_at__isnull=True)
                | (
                    ~Q(status=Status.DRAFT)
                    & Q(
                        number__isnull=False,
                        submitted_at__isnull=False,
                        round__isnull=False,
                        promised__isnull=False,
                        findings__isnull=False,
                    )
                    & ~Q(email="")
                    & ~Q(phone="")
                ),
                name="application_submitted_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.DRAFT)
                | Q(is_remote=True, municipality__isnull=True)
                | Q(is_remote=False, municipality__isnull=False),
                name="application_somewhere_or_remote",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.DRAFT, *OPEN], ended_at__isnull=True)
                | (~Q(status__in=[Status.DRAFT, *OPEN]) & Q(ended_at__isnull=False)),
                name="application_ended_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.WITHDRAWN) | ~Q(withdrawal_reason=""),
                name="application_withdrawn_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(
                    status=Status.RETURNED, correction_due_at__isnull=False, returned_fields__len__gt=0
                )
                | (~Q(status=Status.RETURNED) & Q(correction_due_at__isnull=True, returned_fields__len=0)),
                name="application_returned_says_what",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=SEATED) | Q(group__isnull=False),
                name="application_seated_has_group",
            ),
            models.CheckConstraint(
                condition=Q(regroup_due_at__isnull=True) | Q(status__in=[Status.ELIGIBLE, Status.WAITING]),
                name="application_regroup_is_open",
            ),
            of_kind("municipality", Kind.MUNICIPALITY, name="application_municipality_kind"),
            of_kind("region", Kind.REGION, name="application_region_kind"),
            of_kind("economic_status", Kind.ECONOMIC_STATUS, name="application_economic_status_kind"),
            of_kind("education", Kind.EDUCATION, name="application_education_kind"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="submitted_is_kept",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__status=Status.DRAFT),
            ),
            seat_counter("status", SEATED),
        ]

    def __str__(self) -> str:
        return self.number or str(self.public_id)

    @property
    def is_draft(self) -> bool:
        """Not submitted yet."""
        return self.status == Status.DRAFT

    @property
    def is_open(self) -> bool:
        """Submitted and not ended."""
        return self.status in OPEN
