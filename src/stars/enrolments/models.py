"""Tables of learning."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from stars.applications.enums import ExpulsionReason
from stars.applications.models import Application
from stars.catalogue.models import Group
from stars.enrolments.enums import EnrolmentStatus


@pghistory.track()
class Enrolment(models.Model):
    """One person's learning in a group (mācības), from the contract to the document.

    Hours are lessons as the programme counts them. The grade is of the ten-point scale; where nothing is graded,
    `passed` says how it ended. Sums in euro cents.
    """

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+", db_index=False)
    status = models.CharField(
        max_length=10, choices=EnrolmentStatus.choices, default=EnrolmentStatus.LEARNING
    )
    contract_number = models.CharField(max_length=60)
    contract_on = models.DateField()
    copayment_paid_cents = models.PositiveIntegerField(default=0)
    copayment_paid_on = models.DateField(null=True, blank=True)
    hours_planned = models.PositiveSmallIntegerField()
    hours_attended = models.PositiveSmallIntegerField(default=0)
    enrolled_at = models.DateTimeField(db_default=Now())
    ended_on = models.DateField(null=True, blank=True)
    document_number = models.CharField(max_length=60, blank=True)
    document_on = models.DateField(null=True, blank=True)
    grade = models.PositiveSmallIntegerField(null=True, blank=True)
    passed = models.BooleanField(null=True, blank=True)
    expulsion_reason = models.CharField(max_length=12, choices=ExpulsionReason.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        """What ended has a day; completion has a document, expulsion a reason."""

        indexes = [models.Index(fields=["group", "status"], name="enrolment_in_group")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=EnrolmentStatus.values), name="enrolment_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status=EnrolmentStatus.LEARNING, ended_on__isnull=True)
                | (~Q(status=EnrolmentStatus.LEARNING) & Q(ended_on__isnull=False)),
                name="enrolment_ended_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(status=EnrolmentStatus.COMPLETED)
                | (
                    Q(document_on__isnull=False)
                    & ~Q(document_number="")
                    & (Q(grade__isnull=False) | Q(passed=True))
                ),
                name="enrolment_completed_has_document",
            ),
            models.CheckConstraint(
                condition=Q(status=EnrolmentStatus.EXPELLED) & ~Q(expulsion_reason="")
                | ~Q(status=EnrolmentStatus.EXPELLED) & Q(expulsion_reason=""),
                name="enrolment_expelled_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(grade__isnull=True) | Q(grade__range=(1, 10)), name="enrolment_grade_scale"
            ),
            models.CheckConstraint(
                condition=Q(hours_attended__lte=F("hours_planned")), name="enrolment_hours_within_plan"
            ),
            models.CheckConstraint(condition=~Q(contract_number=""), name="enrolment_has_contract"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.status}"
