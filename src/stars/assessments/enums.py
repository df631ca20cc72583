"""What a self-assessment asks, and in which bands it answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Instrument(models.TextChoices):
    """A test that people take about themselves (tests)."""

    DIGITAL_SKILLS = "digital-skills", _("MyDigiSkills test")


class Scale(models.TextChoices):
    """What a statement is about; each has its own four words for an answer."""

    KNOWLEDGE = "knowledge", _("Knowledge")
    SKILL = "skill", _("Skill")
    ATTITUDE = "attitude", _("Attitude")


class Band(models.TextChoices):
    """Where a percentage lies (rezultāta josla), as DigCompSAT's annex 8 draws the lines."""

    LOW = "low", _("Low")
    FOUNDATION = "foundation", _("Foundation")
    INTERMEDIATE = "intermediate", _("Intermediate")
    ADVANCED = "advanced", _("Advanced")
