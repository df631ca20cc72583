"""From the claims of a proven ID token to an `IdentityAssertion`: the one place that knows their names."""

import unicodedata
from collections.abc import Mapping
from datetime import date

from stars.common import clock, person_codes
from stars.common.person_codes import PersonCodeKind
from stars.integrations.identity import identifiers
from stars.integrations.identity.failures import ClaimsNotUnderstood
from stars.integrations.identity.identifiers import EmployeeIdentifier, ProxyIdentifier, SignatoryIdentifier
from stars.integrations.identity.types import Assurance, IdentityAssertion

EIDAS_TOOL = "eidas"
# As long as the platform keeps; a longer name is no name that a state gives.
LONGEST_NAME = 120


def assertion_from(claims: Mapping[str, object], *, id_token: str = "") -> IdentityAssertion:
    """Return who the claims speak of; raise `ClaimsNotUnderstood` when they do not tell it.

    Only identifier and names are indispensable. A birth date that cannot be read counts as not given.
    """
    try:
        who = identifiers.parse(_text(claims, "sub"))
    except identifiers.UnknownIdentifier as error:
        raise ClaimsNotUnderstood("identifier") from error
    tool = _tool(claims.get("amr"))
    code = person_codes.parse(who.person_code, on=clock.today(), technical=True)
    return IdentityAssertion(
        person_code=who.person_code,
        given_name=_name(claims, "given_name"),
        family_name=_name(claims, "family_name"),
        birth_date=_birth_date(claims.get("birthdate")),
        acting_as=who.institution if isinstance(who, EmployeeIdentifier) else None,
        on_behalf_of=who.principal if isinstance(who, ProxyIdentifier) else None,
        signs_for=who.company if isinstance(who, SignatoryIdentifier) else None,
        assurance=_assurance(claims.get("acr")),
        tool=tool,
        # The form of technical codes is not published: one that came over eIDAS may look like any other code.
        is_technical=code.kind is PersonCodeKind.TECHNICAL or tool == EIDAS_TOOL,
        id_token=id_token,
    )


def _text(claims: Mapping[str, object], name: str) -> str:
    value = claims.get(name)
    if not isinstance(value, str):
        raise ClaimsNotUnderstood(f"missing {name}")
    return value


def _name(claims: Mapping[str, object], name: str) -> str:
    value = " ".join(unicodedata.normalize("NFC", _text(claims, name)).split())
    if not value:
        raise ClaimsNotUnderstood(f"missing {name}")
    if len(value) > LONGEST_NAME or not value.isprintable():
        raise ClaimsNotUnderstood(f"unusable {name}")
    return value


def _birth_date(value: object) -> date | None:
    if not isinstance(value, str):
        return None
    try:
        born = date.fromisoformat(value)
    except ValueError:
        return None
    return born if born <= clock.today() else None


def _assurance(value: object) -> Assurance:
    """Read a level such as `http://eidas.europa.eu/LoA/high`."""
    level = value.rpartition("/")[2].lower() if isinstance(value, str) else ""
    return Assurance(level) if level in set(Assurance) else Assurance.UNKNOWN


def _tool(value: object) -> str:
    """Return the first authentication method of the list that OpenID Connect prescribes."""
    if isinstance(value, list) and value and isinstance(value[0], str):
        return value[0]
    return ""
