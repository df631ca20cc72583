"""Tables of surveys: versions that never change once published, invitations, answers."""

import uuid

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.functional import cached_property

from stars.applications.models import Application
from stars.classifiers.enums import Kind
from stars.classifiers.models import ClassifierValue, of_kind
from stars.common.published import published_stays
from stars.people.enums import AgeGroup
from stars.surveys.enums import State
from stars.surveys.reading import read_table
from stars.surveys.types import Definition

_INVITATION_FITS = """
IF NOT EXISTS (
    SELECT 1 FROM surveys_surveyversion
    WHERE id = NEW.version_id AND survey = NEW.survey AND published_at IS NOT NULL
) THEN
    RAISE EXCEPTION 'an invitation needs a published version of its survey'
        USING ERRCODE = 'integrity_constraint_violation';
END IF;
RETURN NEW;
"""
_ANSWERS_STAY = """
IF EXISTS (
    SELECT 1 FROM surveys_invitation
    WHERE id IN (COALESCE(OLD.invitation_id, NEW.invitation_id), COALESCE(NEW.invitation_id, OLD.invitation_id))
      AND submitted_at IS NOT NULL
) THEN
    RAISE EXCEPTION 'answers that were sent never change' USING ERRCODE = 'integrity_constraint_violation';
END IF;
RETURN COALESCE(NEW, OLD);
"""


class SurveyVersion(models.Model):
    """A version of a survey (anketas versija): a draft, then published, then retired; it comes back never.

    `content` is the file as it was read, kept whole: a definition is one document and is only ever read whole. `digest`
    tells whether a file was loaded before.
    """

    survey = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(db_default=Now())
    published_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Versions count up, and what was published stays as it was."""

        constraints = [
            models.UniqueConstraint(fields=["survey", "version"], name="survey_version_once"),
            models.UniqueConstraint(fields=["survey", "digest"], name="survey_file_once"),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True) | Q(retired_at__gte=F("published_at")),
                name="survey_retired_after_published",
            ),
        ]
        triggers = published_stays()

    def __str__(self) -> str:
        return f"{self.survey} {self.version}"

    @cached_property
    def definition(self) -> Definition:
        """What the content means."""
        return read_table(str(self), self.content)

    @property
    def takes_answers(self) -> bool:
        """Published and not retired: whoever was asked with it may answer."""
        return self.published_at is not None and self.retired_at is None

    def state(self, *, newest: int) -> State:
        """How it stands, given the number of the newest published version of its survey."""
        if self.published_at is None:
            return State.DRAFT
        if self.retired_at is not None:
            return State.RETIRED
        return State.PUBLISHED if self.version == newest else State.REPLACED


class Invitation(models.Model):
    """That somebody is asked a survey about one application of theirs (aicinājums), and when they sent their answers.

    Whose it is the application says. Municipality and age group are copied when it opens, for reports: they say how it
    was when learning ended, and reports need not read profiles.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+", db_index=False)
    survey = models.CharField(max_length=40)
    version = models.ForeignKey(SurveyVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    municipality = models.ForeignKey(
        ClassifierValue, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    age_group = models.CharField(max_length=5, choices=AgeGroup.choices, blank=True)

    class Meta:
        """Each survey is asked once for each application; what was sent stays."""

        indexes = [
            models.Index(fields=["version", "submitted_at"], name="invitation_of_version"),
            models.Index(
                fields=["due_on"], condition=Q(submitted_at__isnull=True), name="invitation_unanswered"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["application", "survey"], name="invitation_once"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | Q(submitted_at__gte=F("opened_at")),
                name="invitation_in_order",
            ),
            models.CheckConstraint(
                condition=Q(age_group__in=["", *AgeGroup.values]), name="invitation_age_group_known"
            ),
            of_kind("municipality", Kind.MUNICIPALITY, name="invitation_municipality_kind"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="submitted_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__submitted_at__isnull=False),
            ),
            pgtrigger.Trigger(
                name="invitation_fits",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_INVITATION_FITS,
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class SurveyAnswer(models.Model):
    """What was answered to one question (anketas atbilde): codes of options, a scale's point, or one text."""

    invitation = models.ForeignKey(
        Invitation, on_delete=models.CASCADE, related_name="answers", db_index=False
    )
    question = models.CharField(max_length=40)
    values = ArrayField(models.TextField())
    answered_at = models.DateTimeField()

    class Meta:
        """One answer for each question; none changes once the survey was sent."""

        constraints = [
            models.UniqueConstraint(fields=["invitation", "question"], name="survey_answer_once"),
            models.CheckConstraint(condition=Q(values__len__gt=0), name="survey_answer_says_something"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="answers_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_ANSWERS_STAY,
            )
        ]

    def __str__(self) -> str:
        return self.question
