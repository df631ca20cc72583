"""What a sign-in yields, whatever protocol brought it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class PrincipalKind(StrEnum):
    """On whose behalf a proxy signs in."""

    PERSON = "person"
    COMPANY = "company"
    INSTITUTION = "institution"


class Assurance(StrEnum):
    """How sure the national sign-in is of the person (levels of the eIDAS regulation)."""

    LOW = "low"
    SUBSTANTIAL = "substantial"
    HIGH = "high"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Principal:
    """The one whom a proxy represents; a person's code is not shown in logs."""

    kind: PrincipalKind
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class IdentityAssertion:
    """Who has signed in, and as whom.

    `person_code` has eleven digits as given; personal data are left out of the representation because it
    reaches logs. `birth_date` is only what the sign-in said, never derived from the code. `tool` is the
    tool's own name, empty when not told. `is_technical`: nothing may be derived from the code. `id_token` is
    the raw proof; it holds the personal code; only a provider that asks for it at sign-out needs it again.
    """

    person_code: str = field(repr=False)
    given_name: str = field(repr=False)
    family_name: str = field(repr=False)
    birth_date: date | None = field(default=None, repr=False)
    acting_as: str | None = None
    on_behalf_of: Principal | None = None
    signs_for: str | None = None
    assurance: Assurance = Assurance.UNKNOWN
    tool: str = ""
    is_technical: bool = False
    id_token: str = field(default="", repr=False, compare=False)
