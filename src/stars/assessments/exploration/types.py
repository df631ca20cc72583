"""Plain values of self-exploration: where a score stands, and what is said about it."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stars.assessments.enums import Growth, Trait, WorkValue
from stars.assessments.scoring import Score


class Standing(models.TextChoices):
    """Where a percentage lies (izteiktība): no better and no worse, only less or more."""

    LOW = "low", _("Less pronounced")
    MIDDLE = "middle", _("In the middle")
    HIGH = "high", _("Pronounced")


class Effect(models.TextChoices):
    """What a trait does to something that is wanted from work (saskaņa)."""

    SUPPORTS = "supports", _("Supports")
    STRAINS = "strains", _("Strains")


class Door(StrEnum):
    """Which page the next step begins on; whoever shows it knows the address."""

    PROGRAMMES = "programmes"
    TESTS = "tests"


@dataclass(frozen=True, slots=True)
class Words:
    """What something means, what supports it and what strains it."""

    means: Promise
    supports: Promise
    strains: Promise


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table of rules."""

    effect: Effect
    text: Promise


@dataclass(frozen=True, slots=True)
class Advice:
    """What a standing means for learning, and a next step that can be taken at once."""

    means: Promise
    step: Promise
    door: Door


@dataclass(frozen=True, slots=True)
class Reading:
    """One dimension of a result. Nothing is read from it when fewer than half of its statements were clear."""

    dimension: Trait | WorkValue | Growth
    score: Score
    percent: int | None
    standing: Standing | None
    words: Words | None


@dataclass(frozen=True, slots=True)
class GrowthReading(Reading):
    """A strength for learning, with its next step."""

    advice: Advice | None


@dataclass(frozen=True, slots=True)
class Accord:
    """How a trait and a value that matters go together."""

    trait: Trait
    value: WorkValue
    rule: Rule

    @property
    def is_supporting(self) -> bool:
        """Whether the trait supports the value rather than strain it."""
        return self.rule.effect is Effect.SUPPORTS


@dataclass(frozen=True, slots=True)
class Portrait:
    """A result of the test of personality and work values.

    `foremost` are the values that matter most, most first; empty when none stands out.
    """

    traits: tuple[Reading, ...]
    values: tuple[Reading, ...]
    foremost: tuple[Reading, ...]
    accords: tuple[Accord, ...]

    @property
    def is_clear(self) -> bool:
        """Whether anything can be read at all."""
        return any(reading.percent is not None for reading in (*self.traits, *self.values))


@dataclass(frozen=True, slots=True)
class GrowthPicture:
    """A result of the test of strengths for learning; `first` is the lowest, to begin with."""

    strengths: tuple[GrowthReading, ...]
    first: GrowthReading | None

    @property
    def is_clear(self) -> bool:
        """Whether anything can be read at all."""
        return self.first is not None
