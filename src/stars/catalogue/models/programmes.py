"""Programmes: what is taught, by whom, and what it leads to (facts 2.1)."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from stars.catalogue.enums import ProgrammeStatus, StudyForm, TeachingLanguage, VaramLevel
from stars.catalogue.models.changes import log_change
from stars.classifiers.enums import Kind
from stars.classifiers.models import ClassifierValue, of_kind
from stars.organisations.models import Organisation


@pghistory.track()
class Programme(models.Model):
    """A programme of an institution (izglītības programma)."""

    code = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=250)
    institution = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.ForeignKey(ClassifierValue, on_delete=models.PROTECT, related_name="+")
    field = models.ForeignKey(ClassifierValue, on_delete=models.PROTECT, related_name="+")
    qualification = models.ForeignKey(
        ClassifierValue, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    qualification_level = models.PositiveSmallIntegerField(null=True, blank=True)
    hours = models.PositiveIntegerField()
    study_form = models.CharField(max_length=10, choices=StudyForm.choices)
    language = models.CharField(
        max_length=2, choices=TeachingLanguage.choices, default=TeachingLanguage.LATVIAN
    )
    summary = models.TextField()
    contents = models.TextField()
    outcomes = models.TextField(blank=True)
    prior_education = models.TextField()
    prior_knowledge = models.TextField()
    document = models.CharField(max_length=250)
    keywords = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    digcomp_areas = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    digcomp_competences = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    digcomp_level = models.PositiveSmallIntegerField(null=True, blank=True)
    varam_level = models.PositiveSmallIntegerField(null=True, blank=True, choices=VaramLevel.choices)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_phone = models.CharField(max_length=20, blank=True)
    contact_email = models.EmailField(blank=True)
    status = models.CharField(max_length=10, choices=ProgrammeStatus.choices, default=ProgrammeStatus.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    # What the agency said when it sent the programme back.
    approval_note = models.CharField(max_length=500, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        """A code is an institution's once; levels lie in their scales."""

        constraints = [
            models.UniqueConstraint(
                fields=["institution", "code"],
                condition=~Q(code=""),
                name="programme_code_once_per_institution",
            ),
            of_kind("kind", Kind.PROGRAMME_KIND, name="programme_kind_kind"),
            of_kind("field", Kind.FIELD, name="programme_field_kind"),
            of_kind("qualification", Kind.QUALIFICATION, name="programme_qualification_kind"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="programme_hours_positive"),
            models.CheckConstraint(
                condition=Q(digcomp_level__isnull=True) | Q(digcomp_level__range=(1, 8)),
                name="programme_digcomp_scale",
            ),
            models.CheckConstraint(
                condition=Q(qualification_level__isnull=True) | Q(qualification_level__range=(1, 8)),
                name="programme_qualification_scale",
            ),
            models.CheckConstraint(
                condition=Q(varam_level__isnull=True) | Q(varam_level__in=VaramLevel.values),
                name="programme_varam_scale",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ProgrammeStatus.values), name="programme_status_known"
            ),
            models.CheckConstraint(
                condition=Q(study_form__in=StudyForm.values), name="programme_study_form_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=ProgrammeStatus.PUBLISHED) | Q(published_at__isnull=False),
                name="programme_published_has_time",
            ),
        ]
        triggers = [
            log_change("log_change", "{row}.id"),
            pgtrigger.Trigger(
                name="varam_keeps_level",
                operation=pgtrigger.UpdateOf("varam_level"),  # type: ignore[no-untyped-call]
                when=pgtrigger.After,
                condition=pgtrigger.Q(new__varam_level__isnull=True),
                func="""
                    IF EXISTS (
                        SELECT 1 FROM catalogue_groupoffer o
                        JOIN catalogue_group g ON g.id = o.group_id JOIN catalogue_round r ON r.id = o.round_id
                        WHERE g.programme_id = NEW.id AND r.scheme = 'VARAM'
                    ) THEN
                        RAISE EXCEPTION 'a programme offered under VARAM names a level'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'programme_varam_level';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title
