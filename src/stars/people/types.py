"""Plain values about persons."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What a sign-in says of a person; `person_code` has eleven digits."""

    person_code: str = field(repr=False)
    given_name: str
    family_name: str
    birth_date: date | None = None
    is_technical: bool = False


@dataclass(frozen=True, slots=True)
class ProfileAnswers:
    """The eight answers of the registration form, and the municipality that is asked beside them.

    `email` and `phone` are in normal form; the others are codes of classifiers.
    """

    email: str
    phone: str
    economic_status: str
    education: str
    low_income: bool
    registration_reasons: list[str]
    fields_of_interest: list[str]
    how_heard: list[str]
    municipality: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a profile's history: when, what, from what to what, in words."""

    at: datetime
    label: str
    before: str
    after: str
