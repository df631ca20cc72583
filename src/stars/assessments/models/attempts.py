"""Takings of a test, and what was answered."""

import uuid

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from stars.assessments.models.banks import Item, ItemBank
from stars.catalogue.models import Programme
from stars.common.published import changed_after

_ANSWER_FITS = """
IF NOT EXISTS (
    SELECT 1 FROM assessments_attempt attempt JOIN assessments_item item ON item.id = ANY(attempt.asked)
    WHERE attempt.id = NEW.attempt_id AND item.id = NEW.item_id AND attempt.finished_at IS NULL
      AND (NEW.value IS NULL OR NEW.value <= CASE
            WHEN item.scale = 'choice' THEN jsonb_array_length(item.options) - 1
            WHEN item.scale IN ('agreement', 'importance') THEN 4
            ELSE 3 END)
) THEN
    RAISE EXCEPTION 'an answer needs an open attempt that asks the item, and lies on its scale'
        USING ERRCODE = 'integrity_constraint_violation';
END IF;
RETURN NEW;
"""


class Attempt(models.Model):
    """One taking of a test by a person (mēģinājums), open until it is finished; `asked` are the items in their order.

    `programme` is the one whose "Pieteikties" opened the level test.

    That there is one open attempt for each person and test is kept by the lock on the person in `operations.start`;
    a constraint would forbid joining two persons who both have one.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    bank = models.ForeignKey(ItemBank, on_delete=models.PROTECT, related_name="+")
    asked = ArrayField(models.BigIntegerField(), default=list)
    programme = models.ForeignKey(
        Programme, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Nothing ends before it began, and nothing opens again."""

        indexes = [models.Index(fields=["person", "-started_at"], name="attempt_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("started_at")),
                name="attempt_in_order",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="finished_stays",
                operation=pgtrigger.Update,
                condition=changed_after("finished_at", but=("person_id", "programme_id")),
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Answer(models.Model):
    """What was answered to an item (atbilde), of a choice the option's place; no value means "not clear to me"."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers", db_index=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    answered_at = models.DateTimeField()

    class Meta:
        """One answer for each item that the attempt asks, on its scale, while the attempt is open."""

        constraints = [models.UniqueConstraint(fields=["attempt", "item"], name="answer_once")]
        triggers = [
            pgtrigger.Trigger(
                name="answer_fits",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_ANSWER_FITS,
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.value}"
