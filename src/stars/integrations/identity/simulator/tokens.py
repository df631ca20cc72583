"""The signed proof of who signed in, right or spoilt on purpose."""

import secrets
import time
from collections.abc import Collection
from functools import lru_cache

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey

from stars.integrations.identity.simulator.people import SimulatedPerson
from stars.integrations.identity.simulator.spoil import Spoil
from stars.integrations.identity.simulator.tools import Tool

ALGORITHM = "RS256"
_KEY_BITS = 2048
_LIFETIME_SECONDS = 300


@lru_cache(maxsize=2)
def signing_key(name: str = "own") -> RSAKey:
    """Return a key that lives as long as the process; `name` tells the provider's own from a stranger's."""
    return RSAKey.generate_key(
        _KEY_BITS, {"use": "sig", "alg": ALGORITHM, "kid": f"{name}-{secrets.token_hex(4)}"}
    )


def public_keys() -> dict[str, object]:
    """Return the key set that relying parties check signatures with."""
    return dict(KeySet([signing_key()]).as_dict(private=False))


def id_token(
    person: SimulatedPerson,
    tool: Tool,
    *,
    issuer: str,
    audience: str,
    nonce: str,
    spoil: Collection[Spoil] = (),
) -> str:
    """Return the signed token about a person, with whatever is to be wrong about it."""
    claims = _spoilt(_claims(person, tool) | _about_token(issuer, audience, nonce), spoil)
    # A stranger claims the provider's key but cannot sign with it.
    signer = signing_key("stranger") if Spoil.FOREIGN_SIGNATURE in spoil else signing_key()
    return jwt.encode({"alg": ALGORITHM, "kid": signing_key().kid}, claims, signer)


def audience_of(token: str) -> str | None:
    """Return for whom one of our own tokens was made, expired or not; None when it is not ours."""
    try:
        audience = jwt.decode(token, signing_key(), algorithms=[ALGORITHM]).claims.get("aud")
    except (JoseError, ValueError):
        return None
    return audience if isinstance(audience, str) else None


def _claims(person: SimulatedPerson, tool: Tool) -> dict[str, object]:
    claims: dict[str, object] = {
        "sub": person.identifier,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "acr": tool.assurance,
        "amr": [tool.slug],
    }
    if person.birth_date is not None:
        claims["birthdate"] = person.birth_date.isoformat()
    return claims


def _about_token(issuer: str, audience: str, nonce: str) -> dict[str, object]:
    now = int(time.time())
    about = {"iss": issuer, "aud": audience, "iat": now, "auth_time": now, "exp": now + _LIFETIME_SECONDS}
    return about | ({"nonce": nonce} if nonce else {})


def _spoilt(claims: dict[str, object], spoil: Collection[Spoil]) -> dict[str, object]:
    replaced: dict[Spoil, dict[str, object]] = {
        Spoil.WRONG_ISSUER: {"iss": "https://issuer.example"},
        Spoil.WRONG_AUDIENCE: {"aud": "somebody-else"},
        Spoil.WRONG_NONCE: {"nonce": "of-another-sign-in"},
        Spoil.EXPIRED: {"exp": int(time.time()) - 3600},
        Spoil.UNKNOWN_IDENTIFIER: {"sub": "somebody@mail.example"},
    }
    removed = {
        Spoil.MISSING_NONCE: {"nonce"},
        Spoil.MISSING_SUBJECT: {"sub"},
        Spoil.MISSING_NAMES: {"given_name", "family_name"},
        Spoil.MISSING_BIRTH_DATE: {"birthdate"},
    }
    gone = set().union(*(removed.get(fault, set()) for fault in spoil))
    for fault in spoil:
        claims = claims | replaced.get(fault, {})
    return {name: value for name, value in claims.items() if name not in gone}
