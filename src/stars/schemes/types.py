"""What a funding scheme declares, and what its rules are judged by. Plain values: no database, no request."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise

from stars.schemes.codes import SchemeCode
from stars.schemes.parameters import Parameters


class StepKey(StrEnum):
    """Pages of the application form."""

    CONTACT = "contact"
    PLACE = "place"
    PROGRAMME = "programme"
    BACKGROUND = "background"


class Gate(StrEnum):
    """What has to be passed before the form opens."""

    LEVEL_TEST = "level-test"


class Authority(StrEnum):
    """Who decides on the applications of a source."""

    AGENCY = "agency"
    MINISTRY = "ministry"


class Verdict(StrEnum):
    """How a rule came out. What is not known does not refuse: somebody checks it."""

    MET = "met"
    NOT_MET = "not-met"
    TO_CHECK = "to-check"


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the form: which of its fields the scheme asks, which of them must be answered, and where the
    scheme's wording differs from the page's own."""

    key: StepKey
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    labels: Mapping[str, str | Promise] = field(default_factory=dict)
    heading: str | Promise = ""
    # Obligatory fields beside which "I do not work" may be chosen instead of an answer.
    with_none: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """Everything that is asked, obligatory or not."""
        return self.required + self.optional


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of person, programme and round on the day. None means: not known."""

    today: date
    birth_date: date | None = None
    is_employed: bool | None = None
    has_learned_programme: bool | None = None
    has_open_in_scheme: bool = False
    has_open_for_programme: bool = False
    is_offered: bool = True
    round_is_open: bool = True
    parameters: Parameters = field(default_factory=Parameters)
    # Learnings with the source's money that were completed or interrupted, and when that last was.
    learnings: int | None = None
    completed_on: date | None = None
    interrupted_on: date | None = None
    # What a valid level test found for the person, and of which level the programme is.
    level: int | None = None
    programme_level: int | None = None

    @property
    def age(self) -> int | None:
        """Full years, or None when the birth date is not known."""
        if self.birth_date is None:
            return None
        had_birthday = (self.today.month, self.today.day) >= (self.birth_date.month, self.birth_date.day)
        return self.today.year - self.birth_date.year - (not had_birthday)


# What is said about a rule; a function where the words depend on the source's parameters.
Words = str | Promise | Callable[[Parameters], str]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One rule: `holds` answers yes, no or None for not known; `source` names the manual's section or the act.

    `asked` says whether the source's parameters of the day have the rule at all. `register` is the state register that
    confirms it; empty where none does.
    """

    code: str
    holds: Callable[[Facts], bool | None]
    question: Words
    refusal: Words
    to_check: Words
    source: str
    asked: Callable[[Parameters], bool] = lambda parameters: True
    register: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A judged rule, under the parameters by which it was judged."""

    criterion: Criterion
    verdict: Verdict
    parameters: Parameters = field(default_factory=Parameters)

    @property
    def code(self) -> str:
        """The rule's code."""
        return self.criterion.code

    @property
    def question(self) -> str | Promise:
        """The rule in words."""
        return self._said(self.criterion.question)

    @property
    def explanation(self) -> str | Promise:
        """Why not, or what somebody will check; empty when the rule is met."""
        words: dict[Verdict, Words] = {
            Verdict.NOT_MET: self.criterion.refusal,
            Verdict.TO_CHECK: self.criterion.to_check,
        }
        return self._said(words.get(self.verdict, ""))

    def _said(self, words: Words) -> str | Promise:
        return words(self.parameters) if callable(words) else words


@dataclass(frozen=True, slots=True)
class Scheme:
    """A funding scheme as data: its form, its rules, its gate."""

    code: SchemeCode
    title: str | Promise
    steps: tuple[Step, ...]
    criteria: tuple[Criterion, ...]
    rules_version: str
    authority: Authority = Authority.AGENCY
    parameters: Parameters = field(default_factory=Parameters)
    group_from_period: bool = False
    gate: Gate | None = None
    # Why the source suits somebody, beside a recommended programme; empty where nobody is told.
    recommendation: str | Promise = ""

    def step(self, key: str) -> Step:
        """The step of this key; raises KeyError when the scheme does not have it."""
        for candidate in self.steps:
            if candidate.key == key:
                return candidate
        raise KeyError(key)

    def criterion(self, code: str) -> Criterion | None:
        """The rule of this code; None for one that the source had once and has no more."""
        return next((criterion for criterion in self.criteria if criterion.code == code), None)

    def asks(self, name: str) -> bool:
        """True when some step asks the field."""
        return any(name in candidate.fields for candidate in self.steps)


def step(
    key: StepKey,
    *,
    required: str,
    optional: str = "",
    labels: Mapping[str, str | Promise] | None = None,
    heading: str | Promise = "",
    with_none: str = "",
) -> Step:
    """A step from names separated by spaces."""
    return Step(
        key=key,
        required=tuple(required.split()),
        optional=tuple(optional.split()),
        labels=labels or {},
        heading=heading,
        with_none=tuple(with_none.split()),
    )
