"""Tables of self-assessment: banks and thresholds that never change once published, attempts, answers, results."""

import uuid

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.db.models.lookups import IsNull
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stars.assessments.enums import Band, Instrument, Scale
from stars.catalogue.models import Programme
from stars.classifiers.enums import Kind
from stars.classifiers.models import ClassifierValue, of_kind
from stars.common.published import changed_after, published_stays

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


class LevelRules(models.Model):
    """A version of the level test's thresholds (līmeņu robežas): from which percentage which level, how long it holds.

    A draft, then published, then retired, as a bank is.
    """

    version = models.PositiveIntegerField(unique=True)
    level_2_from = models.PositiveSmallIntegerField()
    level_3_from = models.PositiveSmallIntegerField()
    valid_days = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(db_default=Now())
    published_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Levels follow each other, one version holds, and what was published stays as it was."""

        constraints = [
            models.CheckConstraint(
                condition=Q(
                    level_2_from__gte=1,
                    level_3_from__gt=F("level_2_from"),
                    level_3_from__lte=100,
                    valid_days__gte=1,
                ),
                name="level_rules_in_order",
            ),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True) | Q(retired_at__gte=F("published_at")),
                name="level_rules_retired_after_published",
            ),
            models.UniqueConstraint(
                IsNull(F("retired_at"), True),
                condition=Q(published_at__isnull=False, retired_at__isnull=True),
                name="level_rules_one_published",
            ),
        ]
        triggers = published_stays()

    def __str__(self) -> str:
        return f"{self.version}: {self.level_2_from}, {self.level_3_from}"


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


class Result(models.Model):
    """What an attempt came to (rezultāts), with the version of the arithmetic; written once.

    `scores` holds for each area, competence, dimension and scale its points and how many items were answered and asked.
    A test of digital skills has a percentage and its band, the level test a percentage and its level by the rules of
    the day; the others have neither.
    """

    attempt = models.OneToOneField(Attempt, on_delete=models.CASCADE, related_name="result")
    scoring_version = models.PositiveSmallIntegerField()
    percent = models.PositiveSmallIntegerField(null=True)
    band = models.CharField(max_length=12, choices=Band.choices, blank=True)
    level = models.PositiveSmallIntegerField(null=True)
    rules = models.ForeignKey(LevelRules, on_delete=models.PROTECT, related_name="+", null=True)
    straight = models.BooleanField()
    scores = models.JSONField()

    class Meta:
        """A percentage has its band or its level, and a result stays."""

        constraints = [
            models.CheckConstraint(
                condition=Q(percent__isnull=True, band="", level__isnull=True, rules__isnull=True)
                | Q(
                    percent__isnull=False,
                    percent__lte=100,
                    band__in=Band.values,
                    level__isnull=True,
                    rules__isnull=True,
                )
                | Q(
                    percent__isnull=False,
                    percent__lte=100,
                    band="",
                    level__isnull=False,
                    level__in=[1, 2, 3],
                    rules__isnull=False,
                ),
                name="result_percent_has_meaning",
            )
        ]
        triggers = [pgtrigger.Protect(name="written_once", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.percent}"
