"""Waiting lists: one row for each application and group."""

import pghistory
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from stars.applications.enums import LIVE_PLACES, PlaceState
from stars.applications.models.application import Application
from stars.applications.models.seats import seat_counter
from stars.catalogue.models import Group


@pghistory.track()
class WaitingPlace(models.Model):
    """A place in a group's waiting list (vieta gaidīšanas sarakstā). An offered seat is taken until it is answered."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="places")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+", db_index=False)
    rank = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=PlaceState.choices, default=PlaceState.WAITING)
    joined_at = models.DateTimeField(db_default=Now())
    offered_at = models.DateTimeField(null=True, blank=True)
    offer_due_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A person stands in a list once; one live offer for an application; ranks are not shared."""

        indexes = [
            models.Index(
                fields=["offer_due_at"], condition=Q(state=PlaceState.OFFERED), name="place_offer_due"
            ),
            models.Index(fields=["group", "state", "rank"], name="place_in_group"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "group"],
                condition=Q(state__in=LIVE_PLACES),
                name="place_once_in_group",
            ),
            models.UniqueConstraint(
                fields=["application"], condition=Q(state=PlaceState.OFFERED), name="place_one_live_offer"
            ),
            models.UniqueConstraint(fields=["group", "rank"], name="place_rank_once"),
            models.CheckConstraint(condition=Q(state__in=PlaceState.values), name="place_state_known"),
            models.CheckConstraint(
                condition=~Q(state=PlaceState.OFFERED)
                | Q(offered_at__isnull=False, offer_due_at__isnull=False),
                name="place_offer_has_deadline",
            ),
            models.CheckConstraint(
                condition=Q(state__in=LIVE_PLACES, ended_at__isnull=True)
                | (~Q(state__in=LIVE_PLACES) & Q(ended_at__isnull=False)),
                name="place_ended_has_time",
            ),
        ]
        triggers = [seat_counter("state", (PlaceState.OFFERED,))]

    def __str__(self) -> str:
        return f"{self.group_id} {self.rank}"
