"""The national identifiers and what addresses and claims give away."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stars.integrations.identity import identifiers
from stars.integrations.identity.claims import assertion_from
from stars.integrations.identity.failures import ClaimsNotUnderstood
from stars.integrations.identity.identifiers import (
    EmployeeIdentifier,
    ProxyIdentifier,
    ResidentIdentifier,
    SignatoryIdentifier,
    UnknownIdentifier,
)
from stars.integrations.identity.issuers import is_simulator
from stars.integrations.identity.types import Assurance, IdentityAssertion, Principal, PrincipalKind

CLAIMS = {"sub": "PK:14059117775", "given_name": "Līga", "family_name": "Jaunzeme"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PK:10098610000", ResidentIdentifier("10098610000")),
        ("AU:100001-PK:10098610000", EmployeeIdentifier("10098610000", "100001")),
        ("PK:07017010000-UR:40003627089", SignatoryIdentifier("07017010000", "40003627089")),
        (
            "DP:01127612344-PK:07017010000",
            ProxyIdentifier("07017010000", Principal(PrincipalKind.PERSON, "01127612344")),
        ),
        (
            "DP:40003627089-PK:07017010000",
            ProxyIdentifier("07017010000", Principal(PrincipalKind.COMPANY, "40003627089")),
        ),
        (
            "DP:100001-PK:07017010000",
            ProxyIdentifier("07017010000", Principal(PrincipalKind.INSTITUTION, "100001")),
        ),
    ],
)
def test_the_forms_of_the_guidelines(text, expected) -> None:
    assert identifiers.parse(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "10098610000",
        "PK:1009861000",
        "PK:100986-10000",
        "pk:10098610000",
        "PK:10098610000\n",
        "AU:-PK:10098610000",
        "AU:100001-PK:10098610000-UR:40003627089",
        "somebody@mail.example",
    ],
)
def test_anything_else_is_unknown(text) -> None:
    with pytest.raises(UnknownIdentifier) as refusal:
        identifiers.parse(text)
    assert str(refusal.value) == "the identifier has none of the known forms"


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        identifiers.parse(text)
    except UnknownIdentifier:
        return
    assert text.startswith(("PK:", "AU:", "DP:"))


@pytest.mark.parametrize(
    ("claims", "changes"),
    [
        ({"birthdate": "1991-05-14"}, {"birth_date": date(1991, 5, 14)}),
        ({"birthdate": "1991"}, {}),
        ({"birthdate": "0000-05-14"}, {}),
        ({"birthdate": "2999-05-14"}, {}),
        ({"birthdate": 19910514}, {}),
        ({"acr": "http://eidas.europa.eu/LoA/substantial"}, {"assurance": Assurance.SUBSTANTIAL}),
        ({"acr": "high"}, {"assurance": Assurance.HIGH}),
        ({"acr": "urn:mace:incommon:iap:silver"}, {}),
        ({"amr": ["smart-id", "pin"]}, {"tool": "smart-id"}),
        ({"amr": []}, {}),
        ({"amr": ["eidas"]}, {"tool": "eidas", "is_technical": True}),
        ({"given_name": "  Anna  Marija "}, {"given_name": "Anna Marija"}),
        ({"given_name": "Li\u0304ga"}, {"given_name": "Līga"}),
        ({"sub": "PK:14059117775-UR:40003627089"}, {"signs_for": "40003627089"}),
    ],
)
def test_what_claims_tell(claims, changes) -> None:
    known = {"person_code": "14059117775", "given_name": "Līga", "family_name": "Jaunzeme"}
    assert assertion_from({**CLAIMS, **claims}) == IdentityAssertion(**{**known, **changes})


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"sub": None}, "missing sub"),
        ({"sub": "14059117775"}, "identifier"),
        ({"given_name": " "}, "missing given_name"),
        ({"family_name": 7}, "missing family_name"),
        ({"family_name": "x" * 201}, "unusable family_name"),
        ({"family_name": "Jaun\u202ezeme"}, "unusable family_name"),
    ],
)
def test_claims_that_do_not_tell_who_it_is(claims, reason) -> None:
    with pytest.raises(ClaimsNotUnderstood) as failure:
        assertion_from({**CLAIMS, **claims})
    assert failure.value.reason == reason


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3),
)


@given(
    st.dictionaries(
        st.sampled_from(["sub", "given_name", "family_name", "birthdate", "acr", "amr"]), anything
    )
)
def test_no_claims_can_break_the_reading(claims) -> None:
    try:
        assert assertion_from({**CLAIMS, **claims}).given_name
    except ClaimsNotUnderstood:
        return


@pytest.mark.parametrize(
    "prefix",
    [
        "PK:14059117775",
        "AU:1-PK:14059117775",
        "DP:14059117775-PK:14059117775",
        "PK:14059117775-UR:40003627089",
    ],
)
def test_personal_data_stay_out_of_logs(prefix) -> None:
    who = assertion_from({**CLAIMS, "sub": prefix, "birthdate": "1991-05-14"}, id_token="the-proof")
    shown = repr(who) + repr(identifiers.parse(prefix))
    assert [secret for secret in ("14059117775", "Jaunzeme", "1991", "the-proof") if secret in shown] == []


@pytest.mark.parametrize(
    ("issuer", "expected"),
    [
        ("https://vpm.example", False),
        ("https://vpm.example/identity", False),
        ("https://10.1.2.3:8443", False),
        ("http://vpm.example", True),
        ("https://localhost:8001", True),
        ("https://idp.localhost", True),
        ("https://LOCALHOST.", True),
        ("https://127.0.0.1", True),
        ("https://127.1.2.3", True),
        ("https://[::1]:8001", True),
        ("https://0.0.0.0", True),
        ("vpm.example", True),
        ("", True),
    ],
)
def test_a_simulator_is_known_by_its_address(issuer, expected) -> None:
    assert is_simulator(issuer) is expected
