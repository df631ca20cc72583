"""May this person have it? Pure functions over `Facts`; every rule is judged, so that all reasons are seen at once."""

from django.utils.translation import gettext_lazy as _

from stars.schemes.types import Criterion, Facts, Finding, Scheme, Verdict

ADULT_AGE = 18


def _negated(value: bool | None) -> bool | None:  # noqa: FBT001  one three-valued argument
    return None if value is None else not value


def _is_adult(facts: Facts) -> bool | None:
    return None if facts.age is None else facts.age >= ADULT_AGE


ADULT = Criterion(
    code="adult",
    holds=_is_adult,
    question=_("You are at least 18 years old"),
    refusal=_("You can apply from the day you turn 18."),
    to_check=_("The sign-in did not give your date of birth. The agency will check it."),
    source="MK 506/2024, MK 283/2024; facts 1.1",
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

SHARED = (OFFERED, ROUND_OPEN, NO_OPEN_IN_SOURCE, NO_OPEN_FOR_PROGRAMME)


def assess(scheme: Scheme, facts: Facts) -> list[Finding]:
    """Judge every rule of the scheme."""
    return [Finding(criterion, _verdict(criterion.holds(facts))) for criterion in scheme.criteria]


def is_refused(findings: list[Finding]) -> bool:
    """True when at least one rule is not met."""
    return any(finding.verdict is Verdict.NOT_MET for finding in findings)


def _verdict(answer: bool | None) -> Verdict:  # noqa: FBT001  one three-valued argument
    if answer is None:
        return Verdict.TO_CHECK
    return Verdict.MET if answer else Verdict.NOT_MET
