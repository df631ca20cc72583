"""What a self-assessment asks, what it measures, and in which bands it answers."""

from collections.abc import Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Instrument(models.TextChoices):
    """A test that people take about themselves (tests; manual 3.4.3 and 3.6)."""

    DIGITAL_SKILLS = "digital-skills", _("MyDigiSkills test")
    WORK_VALUES = "work-values", _("Personality and work values in accord")
    GROWTH = "growth", _("My abilities for growth")
    LEVEL = "level", _("Self-assessment test of skills and knowledge")


class Scale(models.TextChoices):
    """What a statement is about; each has its own words for an answer. A choice has those of its question."""

    KNOWLEDGE = "knowledge", _("Knowledge")
    SKILL = "skill", _("Skill")
    ATTITUDE = "attitude", _("Attitude")
    AGREEMENT = "agreement", _("Agreement")
    IMPORTANCE = "importance", _("Importance")
    CHOICE = "choice", _("Knowledge question")


class Trait(models.TextChoices):
    """What somebody is like at work, in five directions (facts 6.1)."""

    EXTRAVERSION = "extraversion", _("Sociability")
    AGREEABLENESS = "agreeableness", _("Goodwill")
    CONSCIENTIOUSNESS = "conscientiousness", _("Conscientiousness")
    STABILITY = "stability", _("Calmness")
    OPENNESS = "openness", _("Openness to the new")


class WorkValue(models.TextChoices):
    """What somebody wants from work (facts 6.2)."""

    ACHIEVEMENT = "achievement", _("Achievement")
    INDEPENDENCE = "independence", _("Independence")
    RECOGNITION = "recognition", _("Recognition")
    RELATIONSHIPS = "relationships", _("Relationships")
    SUPPORT = "support", _("Support")
    CONDITIONS = "conditions", _("Working conditions")


class Growth(models.TextChoices):
    """What helps somebody to learn (facts 6)."""

    SELF_EFFICACY = "self-efficacy", _("Self-efficacy")
    LEARNING_MOTIVATION = "learning-motivation", _("Learning motivation")
    GROWTH_MINDSET = "growth-mindset", _("Growth mindset")
    PERSEVERANCE = "perseverance", _("Perseverance")


class Band(models.TextChoices):
    """Where a percentage lies (rezultāta josla), as DigCompSAT's annex 8 draws the lines."""

    LOW = "low", _("Low")
    FOUNDATION = "foundation", _("Foundation")
    INTERMEDIATE = "intermediate", _("Intermediate")
    ADVANCED = "advanced", _("Advanced")


_ABOUT_SKILLS: Final = frozenset({Scale.KNOWLEDGE, Scale.SKILL, Scale.ATTITUDE})
# Which scales a statement may have: by what it measures, or by the instrument where that is a competence of DigComp.
SCALES: Final[Mapping[Instrument, frozenset[Scale]]] = {
    Instrument.DIGITAL_SKILLS: _ABOUT_SKILLS,
    Instrument.LEVEL: _ABOUT_SKILLS | {Scale.CHOICE},
}
DIMENSIONS: Final[Mapping[Instrument, Mapping[str, Scale]]] = {
    Instrument.WORK_VALUES: {
        **dict.fromkeys(Trait.values, Scale.AGREEMENT),
        **dict.fromkeys(WorkValue.values, Scale.IMPORTANCE),
    },
    Instrument.GROWTH: dict.fromkeys(Growth.values, Scale.AGREEMENT),
}
