"""Closed choices of surveys."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    SINGLE = "single", _("One answer")
    MULTIPLE = "multiple", _("Several answers")
    SCALE = "scale", _("Scale")
    TEXT = "text", _("Text")


class Ending(models.TextChoices):
    """After which end of learning a survey opens (manual 3.7); the values are those of the application's status."""

    COMPLETED = "completed", _("Completed")
    EXPELLED = "expelled", _("Expelled")


class State(models.TextChoices):
    """How a version stands. One that was replaced still takes answers from whoever was asked with it."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    REPLACED = "replaced", _("Replaced by a newer version")
    RETIRED = "retired", _("Retired")
