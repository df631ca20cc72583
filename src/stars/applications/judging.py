"""The rules of an application as an authority sees them: as they stand stored, beside what registers say.

What is stored follows the registers: lists filter by it, and a list, its filter and the page of an application never
say different things.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from stars.applications.enums import REASONS_FOR, Action, Answer, Reason, Register
from stars.applications.models import Application
from stars.schemes.codes import SchemeCode
from stars.schemes.declarations import SCHEMES
from stars.schemes.parameters import Parameters
from stars.schemes.types import Criterion, Finding, Scheme, Verdict

# Reasons that say that a rule is not met; where the source has none of these rules, nobody is refused for it.
_RULES_BEHIND: dict[Reason, tuple[str, ...]] = {
    Reason.EMPLOYMENT: ("employed",),
    Reason.AGE: ("adult",),
    Reason.LEARNED_BEFORE: ("not-learned-before",),
    Reason.LIMIT: ("learnings", "after-completion", "after-interruption"),
}
# A register that does not know or does not answer leaves it to somebody who looks.
_VERDICTS: dict[Answer, Verdict] = {
    Answer.YES: Verdict.MET,
    Answer.NO: Verdict.NOT_MET,
    Answer.UNKNOWN: Verdict.TO_CHECK,
    Answer.FAILED: Verdict.TO_CHECK,
}


@dataclass(frozen=True, slots=True)
class JudgedRule:
    """One rule: how it stands now, and the answer of the register that confirms it ("" when none was asked)."""

    finding: Finding
    register: str
    answer: str

    @property
    def explanation(self) -> str | Promise:
        """Why not, or what is to be checked; where a register leaves it open, its answer says so."""
        is_left_open = self.finding.verdict is Verdict.TO_CHECK and self.answer
        return "" if is_left_open else self.finding.explanation

    @property
    def answer_label(self) -> str:
        """The register's answer in words."""
        return f"{Register(self.register).label}: {Answer(self.answer).label}" if self.answer else ""


def scheme_of(application: Application) -> Scheme:
    """The declaration of the application's source."""
    return SCHEMES[SchemeCode(application.scheme)]


def reasons_for(action: Action, scheme: Scheme, parameters: Parameters) -> list[Reason]:
    """The reasons that the authority may give for a step: only those that its source's rules of the day know."""
    asked = {criterion.code for criterion in scheme.criteria if criterion.asked(parameters)}
    return [
        reason
        for reason in REASONS_FOR[action]
        if not (reason in _RULES_BEHIND and asked.isdisjoint(_RULES_BEHIND[reason]))
        and not (reason is Reason.ACCOUNT and not parameters.account_cents)
    ]


def registers_needed(application: Application, parameters: Parameters) -> list[Register]:
    """Whom the source's rules and the applicant's own statements want asked."""
    rules = [criterion for criterion in scheme_of(application).criteria if criterion.asked(parameters)]
    needed = [Register(criterion.register) for criterion in rules if criterion.register]
    return [*needed, Register.SOCIAL] if application.low_income else needed


def judged(application: Application, answers: Mapping[str, str], parameters: Parameters) -> list[JudgedRule]:
    """The rules as they stand, each beside its register's answer."""
    return [
        JudgedRule(
            Finding(criterion, verdict, parameters), criterion.register, answers.get(criterion.register, "")
        )
        for criterion, verdict in _judged(application)
    ]


def verdicts(application: Application) -> list[Verdict]:
    """How each rule stands, for lists: the same as `judged`, without the words that need parameters."""
    return [verdict for _criterion, verdict in _judged(application)]


def after_answer(application: Application, register: Register, answer: Answer) -> list[dict[str, Any]]:
    """What is to be stored when a register has answered: it stands above what was declared (facts 1.3).

    One that has not answered yet changes nothing.
    """
    scheme, verdict = scheme_of(application), _VERDICTS.get(answer)
    rows = application.findings or []
    if verdict is None:
        return rows
    confirmed = {criterion.code for criterion in scheme.criteria if criterion.register == register}
    return [row | {"verdict": verdict.value} if row["rule"] in confirmed else row for row in rows]


def _judged(application: Application) -> Iterator[tuple[Criterion, Verdict]]:
    scheme = scheme_of(application)
    for row in application.findings or []:
        criterion = scheme.criterion(row["rule"])
        if criterion is not None:
            yield criterion, Verdict(row["verdict"])


def is_clear(application: Application, answers: Mapping[str, str]) -> bool:
    """Whether every rule is met and every register confirms: nothing asks for a closer look.

    A register that has not been asked yet confirms nothing; the worker may be behind when a round opens.
    """
    rules = list(_judged(application))
    needed = {criterion.register for criterion, _verdict in rules if criterion.register}
    if application.low_income:
        needed.add(Register.SOCIAL)
    return all(verdict is Verdict.MET for _criterion, verdict in rules) and all(
        answers.get(register) == Answer.YES for register in needed.union(answers)
    )


def as_stored(rules: list[JudgedRule]) -> list[dict[str, Any]]:
    """What a decision keeps of them."""
    return [{"rule": rule.finding.code, "verdict": rule.finding.verdict.value} for rule in rules]


def is_low_income(application: Application, answers: Mapping[str, str]) -> bool:
    """Declared, and not denied by the social service (facts 1.3: the service confirms the status)."""
    return bool(application.low_income) and answers.get(Register.SOCIAL, "") != Answer.NO
