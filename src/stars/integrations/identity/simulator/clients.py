"""The platform as the provider sees it: who it is registered as, and what it asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True, slots=True)
class RegisteredClient:
    """The platform's registration. Loopback addresses are always allowed to come back to."""

    client_id: str = "stars"
    client_secret: str = "simulator-only"  # noqa: S105  guards invented people only
    origins: frozenset[str] = frozenset()

    def may_return_to(self, address: str) -> bool:
        """Whether the browser may be sent to this address."""
        parts = urlsplit(address)
        plain = address.isascii() and address.isprintable() and not parts.username and not parts.fragment
        if not plain or not parts.hostname or parts.scheme not in {"http", "https"}:
            return False
        return origin_of(address) in self.origins or _is_loopback(parts.hostname)


@dataclass(frozen=True, slots=True)
class SignInRequest:
    """What the platform asked for."""

    redirect_uri: str
    state: str
    nonce: str
    code_challenge: str
    always_ask: bool
    fault: str

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "SignInRequest":
        """Return the request that an address makes; `fault` is empty or the error code of OAuth 2.0."""
        return cls(
            redirect_uri=asked.get("redirect_uri", ""),
            state=asked.get("state", ""),
            nonce=asked.get("nonce", ""),
            code_challenge=asked.get("code_challenge", ""),
            always_ask=asked.get("prompt") == "login",
            fault=_fault(asked),
        )

    def answer(self, **parameters: str) -> str:
        """Return the address that takes the browser back to the platform."""
        return with_parameters(self.redirect_uri, {**parameters, "state": self.state})


def origin_of(address: str) -> str:
    """Return scheme, host and port of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def with_parameters(address: str, parameters: Mapping[str, str]) -> str:
    """Return the address with the parameters that are not empty."""
    query = urlencode({name: value for name, value in parameters.items() if value})
    if not query:
        return address
    return f"{address}{'&' if urlsplit(address).query else '?'}{query}"


def _fault(asked: Mapping[str, str]) -> str:
    if asked.get("response_type") != "code":
        return "unsupported_response_type"
    if "openid" not in asked.get("scope", "").split():
        return "invalid_scope"
    obligatory = all(asked.get(name) for name in ("state", "nonce", "code_challenge"))
    return "" if obligatory and asked.get("code_challenge_method") == "S256" else "invalid_request"


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
