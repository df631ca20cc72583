"""Groups: where and when a programme is taught, and which source pays for a place."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from stars.catalogue.enums import GroupStatus, Schedule
from stars.catalogue.models.changes import log_change
from stars.catalogue.models.funding import Round
from stars.catalogue.models.programmes import Programme
from stars.classifiers.enums import Kind
from stars.classifiers.models import ClassifierValue, of_kind


@pghistory.track()
class Group(models.Model):
    """An intake of a programme at one place in one period (mācību grupa)."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="groups")
    name = models.CharField(max_length=80)
    is_remote = models.BooleanField(default=False)
    municipality = models.ForeignKey(
        ClassifierValue, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    address = models.CharField(max_length=250, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    schedule = models.CharField(max_length=10, choices=Schedule.choices)
    schedule_note = models.CharField(max_length=200, blank=True)
    seats_min = models.PositiveSmallIntegerField(default=1)
    seats_max = models.PositiveSmallIntegerField()
    seats_taken = models.PositiveSmallIntegerField(default=0)
    # The price that the institution names; what a round pays of it is its offer's.
    price_cents = models.PositiveIntegerField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=GroupStatus.choices, default=GroupStatus.PLANNED)
    # What the agency said when it sent the group back, and why it was cancelled.
    approval_note = models.CharField(max_length=500, blank=True)
    cancelled_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        """A group is somewhere or remote; never more learners than seats."""

        constraints = [
            of_kind("municipality", Kind.MUNICIPALITY, name="group_municipality_kind"),
            models.CheckConstraint(
                condition=Q(is_remote=True, municipality__isnull=True)
                | Q(is_remote=False, municipality__isnull=False),
                name="group_somewhere_or_remote",
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="group_period_in_order"),
            models.CheckConstraint(
                condition=Q(seats_taken__lte=F("seats_max")), name="group_seats_not_exceeded"
            ),
            models.CheckConstraint(
                condition=Q(seats_max__gt=0) & Q(seats_min__lte=F("seats_max")), name="group_seats_in_order"
            ),
            models.CheckConstraint(condition=Q(status__in=GroupStatus.values), name="group_status_known"),
            models.CheckConstraint(condition=Q(schedule__in=Schedule.values), name="group_schedule_known"),
        ]
        triggers = [log_change("log_change", "{row}.programme_id")]

    def __str__(self) -> str:
        return self.name

    @property
    def seats_free(self) -> int:
        """Seats that nobody holds."""
        return self.seats_max - self.seats_taken


@pghistory.track()
class GroupOffer(models.Model):
    """That a round of a source pays for places in the group, and at what price. All sums in euro cents."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="offers", db_index=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    price_cents = models.PositiveIntegerField()
    copayment_cents = models.PositiveIntegerField(default=0)
    low_income_copayment_cents = models.PositiveIntegerField(default=0)

    class Meta:
        """A round offers a group once; nobody pays more than the price."""

        constraints = [
            models.UniqueConstraint(fields=["group", "round"], name="offer_once_per_round"),
            models.CheckConstraint(
                condition=Q(copayment_cents__lte=F("price_cents")), name="offer_copayment_within_price"
            ),
            models.CheckConstraint(
                condition=Q(low_income_copayment_cents__lte=F("copayment_cents")),
                name="offer_low_income_pays_no_more",
            ),
        ]
        triggers = [
            log_change("log_change", "(SELECT programme_id FROM catalogue_group WHERE id = {row}.group_id)"),
            pgtrigger.Trigger(
                name="varam_needs_level",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.After,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM catalogue_round r
                        JOIN catalogue_group g ON g.id = NEW.group_id
                        JOIN catalogue_programme p ON p.id = g.programme_id
                        WHERE r.id = NEW.round_id AND r.scheme = 'VARAM' AND p.varam_level IS NULL
                    ) THEN
                        RAISE EXCEPTION 'a programme offered under VARAM names a level'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'programme_varam_level';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.round_id}"
