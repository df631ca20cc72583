"""The rules of an application as an authority sees them: as they were judged on the day, beside what registers say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stars.applications.enums import Answer, Register
from stars.applications.models import Application
from stars.schemes.codes import SchemeCode
from stars.schemes.declarations import SCHEMES
from stars.schemes.parameters import Parameters
from stars.schemes.types import Finding, Scheme, Verdict

_VERDICTS: dict[str, Verdict] = {Answer.YES: Verdict.MET, Answer.NO: Verdict.NOT_MET}


@dataclass(frozen=True, slots=True)
class JudgedRule:
    """One rule: how it stands now, and the answer of the register that confirms it ("" when none was asked)."""

    finding: Finding
    register: str
    answer: str

    @property
    def answer_label(self) -> str:
        """The register's answer in words."""
        return f"{Register(self.register).label}: {Answer(self.answer).label}" if self.answer else ""


def scheme_of(application: Application) -> Scheme:
    """The declaration of the application's source."""
    return SCHEMES[SchemeCode(application.scheme)]


def registers_needed(application: Application, parameters: Parameters) -> list[Register]:
    """Whom the source's rules and the applicant's own statements want asked."""
    rules = [criterion for criterion in scheme_of(application).criteria if criterion.asked(parameters)]
    needed = [Register(criterion.register) for criterion in rules if criterion.register]
    return [*needed, Register.SOCIAL] if application.low_income else needed


def judged(application: Application, answers: Mapping[str, str], parameters: Parameters) -> list[JudgedRule]:
    """The findings of the day of application; what a register answered stands above what was declared."""
    scheme, rules = scheme_of(application), []
    for row in application.findings or []:
        criterion = scheme.criterion(row["rule"])
        if criterion is None:
            continue
        answer = answers.get(criterion.register, "") if criterion.register else ""
        verdict = _VERDICTS.get(answer, Verdict.TO_CHECK) if answer else Verdict(row["verdict"])
        rules.append(JudgedRule(Finding(criterion, verdict, parameters), criterion.register, answer))
    return rules


def as_stored(rules: list[JudgedRule]) -> list[dict[str, Any]]:
    """What a decision keeps of them."""
    return [{"rule": rule.finding.code, "verdict": rule.finding.verdict.value} for rule in rules]


def is_low_income(application: Application, answers: Mapping[str, str]) -> bool:
    """Declared, and not denied by the social service (facts 1.3: the service confirms the status)."""
    return bool(application.low_income) and answers.get(Register.SOCIAL, "") != Answer.NO
