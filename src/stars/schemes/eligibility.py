"""May this person have it? Pure functions over `Facts`; every rule is judged, so that all reasons are seen at once."""

from datetime import date

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from stars.common.months import add_months
from stars.schemes.parameters import Parameters
from stars.schemes.types import Criterion, Facts, Finding, Scheme, Verdict


def _negated(value: bool | None) -> bool | None:  # noqa: FBT001  one three-valued argument
    return None if value is None else not value


def _is_adult(facts: Facts) -> bool | None:
    return None if facts.age is None else facts.age >= facts.parameters.minimum_age


def _has_learnings_left(facts: Facts) -> bool | None:
    allowed = facts.parameters.learnings_allowed
    if allowed is None:
        return True
    return None if facts.learnings is None else facts.learnings < allowed


def _has_waited(facts: Facts, since: date | None, months: int) -> bool | None:
    """Long enough since the last learning; not known when it is not known whether there was one."""
    if since is not None:
        return add_months(since, months) <= facts.today
    return None if facts.learnings is None else True


def _age_asked(parameters: Parameters) -> str:
    age = parameters.minimum_age
    return ngettext("You are at least %(count)d year old", "You are at least %(count)d years old", age) % {
        "count": age
    }


def _learnings_asked(parameters: Parameters) -> str:
    allowed = parameters.learnings_allowed or 0
    return ngettext(
        "You have learned fewer than %(count)d time with money from this source",
        "You have learned fewer than %(count)d times with money from this source",
        allowed,
    ) % {"count": allowed}


def _learnings_refused(parameters: Parameters) -> str:
    allowed = parameters.learnings_allowed or 0
    return ngettext(
        "This source pays for %(count)d learning of a person, and you have used it.",
        "This source pays for %(count)d learnings of a person, and you have used them.",
        allowed,
    ) % {"count": allowed}


def _completion_asked(parameters: Parameters) -> str:
    months = parameters.months_after_completion
    return ngettext(
        "At least %(count)d month has passed since you last completed learning",
        "At least %(count)d months have passed since you last completed learning",
        months,
    ) % {"count": months}


def _interruption_asked(parameters: Parameters) -> str:
    months = parameters.months_after_interruption
    return ngettext(
        "At least %(count)d month has passed since you last interrupted learning",
        "At least %(count)d months have passed since you last interrupted learning",
        months,
    ) % {"count": months}


ADULT = Criterion(
    code="adult",
    holds=_is_adult,
    question=_age_asked,
    refusal=lambda parameters: (
        gettext("You can apply from the day you turn %(age)d.") % {"age": parameters.minimum_age}
    ),
    to_check=_("The sign-in did not give your date of birth. The agency will check it."),
    source="MK 506/2024, MK 283/2024; facts 1.1",
    register="population",
)
EMPLOYED = Criterion(
    code="employed",
    holds=lambda facts: facts.is_employed,
    question=_("You are employed or self-employed"),
    refusal=_(
        "This source is for employed and self-employed people. If your situation has changed, correct it in “My profile”."
    ),
    to_check=_("The agency will check your employment in the state registers."),
    source="manual 3.4.2; MK 283/2024",
    register="tax",
)
OFFERED = Criterion(
    code="offered",
    holds=lambda facts: facts.is_offered,
    question=_("The programme is offered from this source"),
    refusal=_("The programme has no group that this source pays for now."),
    to_check="",
    source="manual 3.4",
)
ROUND_OPEN = Criterion(
    code="round-open",
    holds=lambda facts: facts.round_is_open,
    question=_("Applications are being taken now"),
    refusal=_("Applications from this source are not being taken for this programme now."),
    to_check="",
    source="manual 3.4.2",
)
NOT_LEARNED_BEFORE = Criterion(
    code="not-learned-before",
    holds=lambda facts: _negated(facts.has_learned_programme),
    question=_("You have not completed this programme with public money before"),
    refusal=_("You have already completed this programme with public money."),
    to_check=_("The agency will check it."),
    source="manual 3.4.1",
)
NO_OPEN_IN_SOURCE = Criterion(
    code="no-open-in-source",
    holds=lambda facts: not facts.has_open_in_scheme,
    question=_("You have no other open application in this source"),
    refusal=_(
        "In each funding source you can apply for one programme only. You have an open application already."
    ),
    to_check="",
    source="manual 3.4.2",
)
NO_OPEN_FOR_PROGRAMME = Criterion(
    code="no-open-for-programme",
    holds=lambda facts: not facts.has_open_for_programme,
    question=_("You have no open application for this programme in another source"),
    refusal=_("You have already applied for this programme."),
    to_check="",
    source="manual 3.4: one choice between the sources of a programme",
)
LEARNINGS = Criterion(
    code="learnings",
    holds=_has_learnings_left,
    question=_learnings_asked,
    refusal=_learnings_refused,
    to_check=_("The agency will check how often you have learned."),
    source="facts 1.3",
    asked=lambda parameters: parameters.learnings_allowed is not None,
)
AFTER_COMPLETION = Criterion(
    code="after-completion",
    holds=lambda facts: _has_waited(facts, facts.completed_on, facts.parameters.months_after_completion),
    question=_completion_asked,
    refusal=_("Less time has passed since you completed learning. You can apply when it is over."),
    to_check=_("The agency will check when you last learned."),
    source="facts 1.3",
    asked=lambda parameters: parameters.months_after_completion > 0,
)
AFTER_INTERRUPTION = Criterion(
    code="after-interruption",
    holds=lambda facts: _has_waited(facts, facts.interrupted_on, facts.parameters.months_after_interruption),
    question=_interruption_asked,
    refusal=_("Less time has passed since you interrupted learning. You can apply when it is over."),
    to_check=_("The agency will check when you last learned."),
    source="facts 1.3",
    asked=lambda parameters: parameters.months_after_interruption > 0,
)

LEVEL_TEST = Criterion(
    code="level-test",
    holds=lambda facts: facts.level is not None,
    question=_("You have a valid result of the level test"),
    refusal=_(
        "The test finds the level of learning that suits you. You have not taken it yet, or its result is no longer valid."
    ),
    to_check="",
    source="manual 3.4.3",
)
LEVEL_FITS = Criterion(
    code="level-fits",
    holds=lambda facts: None if facts.level is None else facts.level == facts.programme_level,
    question=_("The programme is of the level that the test found for you"),
    refusal=_("The programme is of another level than the one that the test found for you."),
    to_check=_("The level test will show it."),
    source="manual 3.4.3; facts 1.4",
)

# What a source behind the level test asks of the person; `Gate.LEVEL_TEST`.
LEVEL = (LEVEL_TEST, LEVEL_FITS)

# Each source has them; its parameters of the day say whether they are asked.
EARLIER_LEARNING = (LEARNINGS, AFTER_COMPLETION, AFTER_INTERRUPTION)

SHARED = (OFFERED, ROUND_OPEN, NO_OPEN_IN_SOURCE, NO_OPEN_FOR_PROGRAMME)


def assess(scheme: Scheme, facts: Facts) -> list[Finding]:
    """Judge every rule of the scheme that the parameters in `facts` ask."""
    return [
        Finding(criterion, _verdict(criterion.holds(facts)), facts.parameters)
        for criterion in scheme.criteria
        if criterion.asked(facts.parameters)
    ]


def refusals(findings: list[Finding]) -> set[str]:
    """The codes of the rules that are not met."""
    return {finding.code for finding in findings if finding.verdict is Verdict.NOT_MET}


def is_refused(findings: list[Finding]) -> bool:
    """True when at least one rule is not met."""
    return bool(refusals(findings))


def _verdict(answer: bool | None) -> Verdict:  # noqa: FBT001  one three-valued argument
    if answer is None:
        return Verdict.TO_CHECK
    return Verdict.MET if answer else Verdict.NOT_MET
