"""The user identifiers of the national sign-in (format `urn:ivis:100001:name.id-viss`).

| who | example |
|---|---|
| resident | `PK:10098610000` |
| employee of an institution | `AU:100001-PK:10098610000` |
| signatory of a company | `PK:07017010000-UR:40003627089` |
| proxy of a person, company or institution | `DP:01127612344-PK:07017010000` |

Source: architecture guidelines of the state's shared information systems (viss.gov.lv, 1-6).
"""

import re
from dataclasses import dataclass, field

from stars.integrations.identity.types import Principal, PrincipalKind

_PERSON = r"PK:(?P<person>[0-9]{11})"
_RESIDENT = re.compile(_PERSON)
_EMPLOYEE = re.compile(rf"AU:(?P<institution>[0-9]{{1,10}})-{_PERSON}")
_SIGNATORY = re.compile(rf"{_PERSON}-UR:(?P<company>[0-9]{{11}})")
_PROXY = re.compile(rf"DP:(?P<principal>[0-9]{{1,11}})-{_PERSON}")
_CODE_LENGTH = 11
# Numbers in the register of companies begin with 4, 5 or 9; dated and new-form personal codes with 0 to 3.
_COMPANY_FIRST_DIGITS = "459"


class UnknownIdentifier(ValueError):
    """The identifier has none of the known forms. It is kept out of the message: messages reach logs."""


@dataclass(frozen=True, slots=True)
class ResidentIdentifier:
    """Somebody who comes as herself."""

    person_code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class EmployeeIdentifier:
    """Somebody who comes as an employee of a public institution."""

    person_code: str = field(repr=False)
    institution: str


@dataclass(frozen=True, slots=True)
class SignatoryIdentifier:
    """Somebody who comes with the right to sign for a company."""

    person_code: str = field(repr=False)
    company: str


@dataclass(frozen=True, slots=True)
class ProxyIdentifier:
    """Somebody who comes on behalf of a principal."""

    person_code: str = field(repr=False)
    principal: Principal


Identifier = ResidentIdentifier | EmployeeIdentifier | SignatoryIdentifier | ProxyIdentifier


def parse(text: str) -> Identifier:
    """Read an identifier of the national sign-in; raise `UnknownIdentifier` for any other form."""
    if found := _RESIDENT.fullmatch(text):
        return ResidentIdentifier(found["person"])
    if found := _EMPLOYEE.fullmatch(text):
        return EmployeeIdentifier(found["person"], found["institution"])
    if found := _SIGNATORY.fullmatch(text):
        return SignatoryIdentifier(found["person"], found["company"])
    if found := _PROXY.fullmatch(text):
        return ProxyIdentifier(found["person"], _principal(found["principal"]))
    raise UnknownIdentifier("the identifier has none of the known forms")


def _principal(code: str) -> Principal:
    if len(code) < _CODE_LENGTH:
        return Principal(PrincipalKind.INSTITUTION, code)
    if code[0] in _COMPANY_FIRST_DIGITS:
        return Principal(PrincipalKind.COMPANY, code)
    return Principal(PrincipalKind.PERSON, code)
