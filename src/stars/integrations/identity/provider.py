"""The provider of sign-ins: what the settings say of it and what it publishes about itself."""

from dataclasses import dataclass, field
from typing import Any

import requests
from django.conf import settings

from stars.integrations.identity.failures import ProviderUnavailable
from stars.integrations.identity.issuers import SIMULATOR_MARK

_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"})


@dataclass(frozen=True, slots=True)
class Provider:
    """The setting `IDENTITY`, read."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    timeout: float = 5
    scopes: str = "openid"
    allow_simulator: bool = False


def configured_provider() -> Provider:
    """Return the provider that the settings name; a wrong key in `IDENTITY` raises `TypeError`."""
    return Provider(**settings.IDENTITY)


def discover(provider: Provider) -> dict[str, Any]:
    """Return the parts of the provider's metadata that a sign-in needs; raise `ProviderUnavailable`.

    Refused are metadata of another issuer, without an endpoint, with an endpoint that drops encryption,
    without a signature that we trust, and the simulator's where the settings do not allow it.
    """
    metadata = _published(provider)
    if metadata.get("issuer") != provider.issuer:
        raise ProviderUnavailable("metadata of another issuer")
    if metadata.get(SIMULATOR_MARK) and not provider.allow_simulator:
        raise ProviderUnavailable("simulator not allowed")
    known = {name: _endpoint(provider, metadata.get(name), name) for name in _ENDPOINTS}
    if metadata.get("end_session_endpoint"):
        name = "end_session_endpoint"
        known[name] = _endpoint(provider, metadata[name], name)
    return {**known, "id_token_signing_alg_values_supported": _algorithms(metadata)}


def _published(provider: Provider) -> dict[str, Any]:
    address = provider.issuer.rstrip("/") + "/.well-known/openid-configuration"
    try:
        answer = requests.get(address, timeout=provider.timeout)
        answer.raise_for_status()
        metadata = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise ProviderUnavailable("metadata") from error
    if not isinstance(metadata, dict):
        raise ProviderUnavailable("metadata")
    return metadata


def _endpoint(provider: Provider, address: object, name: str) -> str:
    allowed = ("https://",) if provider.issuer.startswith("https://") else ("https://", "http://")
    if not isinstance(address, str) or not address.startswith(allowed):
        raise ProviderUnavailable(f"metadata without {name}")
    return address


def _algorithms(metadata: dict[str, Any]) -> list[str]:
    offered = metadata.get("id_token_signing_alg_values_supported")
    trusted = [name for name in offered if name in _ALGORITHMS] if isinstance(offered, list) else []
    if not trusted:
        raise ProviderUnavailable("metadata without a trusted signature")
    return trusted
