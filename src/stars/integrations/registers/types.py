"""What is asked of a register and what it can say, in plain values."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Register(StrEnum):
    """Whom one asks."""

    TAX = "tax"
    POPULATION = "population"
    SOCIAL = "social"


class Said(StrEnum):
    """What came back. UNKNOWN: the register answered that it does not know; FAILED: it did not answer."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, repr=False)
class Question:
    """Was the person employed (tax), of age (population), of a low-income household (social) on the day?

    `person_code` has eleven digits and leaves the platform in the body of the request only; `at_least` is the age.
    """

    register: Register
    person_code: str
    on: date
    at_least: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a register said; `fault` names the kind of failure in one word, for logs."""

    said: Said
    fault: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Codes:
    """Every code that the population register has of one person, digits only; YES when it answered with them."""

    said: Said
    codes: tuple[str, ...] = ()
    fault: str = ""
