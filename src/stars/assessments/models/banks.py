"""Versions of a test's items; what was published never changes."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stars.assessments.enums import Instrument, Scale
from stars.classifiers.enums import Kind
from stars.classifiers.models import ClassifierValue, of_kind
from stars.common.published import published_stays

# With this the source of our own banks begins (`data/`).
OWN_SOURCE = "STARS:"
# What our own banks are built on, where that has no name of its own that is the same in every language.
_OWN_FRAMEWORKS = {
    Instrument.WORK_VALUES: gettext_lazy("five traits, six work values"),
    Instrument.GROWTH: gettext_lazy("four strengths that help to learn"),
}
_ITEMS_STAY = """
IF EXISTS (
    SELECT 1 FROM assessments_itembank
    WHERE id IN (COALESCE(OLD.bank_id, NEW.bank_id), COALESCE(NEW.bank_id, OLD.bank_id))
      AND published_at IS NOT NULL
) THEN
    RAISE EXCEPTION 'the items of a published bank never change' USING ERRCODE = 'integrity_constraint_violation';
END IF;
RETURN COALESCE(NEW, OLD);
"""


class ItemBank(models.Model):
    """A version of a test's items (jautājumu banka): a draft, then published, then retired; it comes back never.

    `source` says whose items they are and is shown with the test. `digest` tells whether a file was loaded before.
    """

    instrument = models.CharField(max_length=20, choices=Instrument.choices)
    version = models.PositiveIntegerField()
    title_lv = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    framework = models.CharField(max_length=40)
    source = models.CharField(max_length=600)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(db_default=Now())
    published_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Versions count up, one at a time is offered, and what was published stays as it was."""

        constraints = [
            models.UniqueConstraint(fields=["instrument", "version"], name="bank_version_once"),
            models.UniqueConstraint(fields=["instrument", "digest"], name="bank_file_once"),
            models.UniqueConstraint(
                fields=["instrument"],
                condition=Q(published_at__isnull=False, retired_at__isnull=True),
                name="bank_one_published",
            ),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True) | Q(retired_at__gte=F("published_at")),
                name="bank_retired_after_published",
            ),
            models.CheckConstraint(
                condition=Q(instrument__in=Instrument.values), name="bank_instrument_known"
            ),
        ]
        triggers = published_stays()

    def __str__(self) -> str:
        return f"{self.instrument} {self.version}"

    @property
    def is_own(self) -> bool:
        """Whether these are our own words, as their source says first."""
        return self.source.startswith(OWN_SOURCE)

    @property
    def shown_source(self) -> str:
        """Whose items they are, as people read it: ours in the page's language, others as they want to be named."""
        return _("written by STARS itself") if self.is_own else self.source

    @property
    def shown_framework(self) -> str:
        """What the items are built on, as people read it: of our own banks in the page's language."""
        own = _OWN_FRAMEWORKS.get(Instrument(self.instrument)) if self.is_own else None
        return str(own or self.framework)

    @property
    def is_own_skills_bank(self) -> bool:
        """Whether these are our statements on digital skills, which are not those of MyDigiSkills."""
        return self.is_own and self.instrument == Instrument.DIGITAL_SKILLS


class Item(models.Model):
    """One statement or question of a bank (jautājums); English is optional.

    It measures a competence of DigComp or another dimension. A choice has `options`, each with "lv" and "en", and the
    place of the right one; `level` says of which level of learning a question of the level test is.
    """

    bank = models.ForeignKey(ItemBank, on_delete=models.CASCADE, related_name="items", db_index=False)
    code = models.CharField(max_length=40)
    position = models.PositiveIntegerField()
    competence = models.ForeignKey(
        ClassifierValue, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    dimension = models.CharField(max_length=40, blank=True)
    scale = models.CharField(max_length=10, choices=Scale.choices)
    reverse = models.BooleanField(default=False)
    text_lv = models.CharField(max_length=600)
    text_en = models.CharField(max_length=600, blank=True)
    options = models.JSONField(default=list, blank=True)
    right = models.PositiveSmallIntegerField(null=True, blank=True)
    level = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        """Codes and places are unique in a bank; items of a published bank never change."""

        constraints = [
            models.UniqueConstraint(fields=["bank", "code"], name="item_code_once"),
            models.UniqueConstraint(fields=["bank", "position"], name="item_position_once"),
            models.CheckConstraint(condition=Q(scale__in=Scale.values), name="item_scale_known"),
            of_kind("competence", Kind.DIGCOMP_COMPETENCE, name="item_competence_is_one"),
            models.CheckConstraint(
                condition=Q(competence__isnull=False, dimension="")
                | (Q(competence__isnull=True) & ~Q(dimension="")),
                name="item_measures_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(scale=Scale.CHOICE, right__isnull=False)
                | (~Q(scale=Scale.CHOICE) & Q(right__isnull=True, options=[])),
                name="item_choice_has_right_option",
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__in=[1, 2, 3]), name="item_level_known"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="items_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_ITEMS_STAY,
            )
        ]

    def __str__(self) -> str:
        return self.code
