"""The provider's rules about requests, codes and national sessions. Knows nothing of HTTP or HTML."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from stars.common.person_codes import PersonCodeKind, parse
from stars.integrations.identity.simulator.clients import RegisteredClient, SignInRequest, with_parameters
from stars.integrations.identity.simulator.memory import Memory
from stars.integrations.identity.simulator.people import SimulatedPerson, simulated_people
from stars.integrations.identity.simulator.spoil import Spoil
from stars.integrations.identity.simulator.tokens import audience_of, id_token
from stars.integrations.identity.simulator.tools import EIDAS, Tool


class BadRequest(Exception):
    """A request that must not be answered with a redirect: client or return address is not registered."""


class TokenRefused(Exception):
    """The token endpoint's refusal; the argument is the error code of OAuth 2.0."""


@dataclass(frozen=True, slots=True)
class NationalSession:
    """Who is signed in at the provider in one browser, and by which tool."""

    slug: str
    tool: Tool


def today_in_latvia() -> date:
    """Return the calendar day that the minor's age is counted by."""
    return datetime.now(ZoneInfo("Europe/Riga")).date()


@dataclass(slots=True)
class Authority:
    """One simulated provider. `spoil` may be changed while it runs."""

    issuer: str
    client: RegisteredClient = field(default_factory=RegisteredClient)
    spoil: set[Spoil] = field(default_factory=set)
    today: Callable[[], date] = today_in_latvia
    requests: Memory[SignInRequest] = field(default_factory=Memory)
    codes: Memory[tuple[SignInRequest, NationalSession]] = field(default_factory=Memory)
    sessions: Memory[NationalSession] = field(default_factory=Memory)

    def people(self) -> tuple[SimulatedPerson, ...]:
        """Return everybody who can sign in today."""
        return simulated_people(self.today())

    def read_request(self, asked: Mapping[str, str]) -> SignInRequest:
        """Return the platform's request; raise `BadRequest` when its sender is not registered."""
        address = asked.get("redirect_uri", "")
        if asked.get("client_id") != self.client.client_id or not self.client.may_return_to(address):
            raise BadRequest
        return SignInRequest.read(asked)

    def sign_in(self, request: SignInRequest, slug: str, tool: Tool) -> tuple[str, str]:
        """Open a national session; return its key and the address to go back to.

        Raise `BadRequest` for somebody who is not among the people.
        """
        if self._person(slug) is None:
            raise BadRequest
        session = NationalSession(slug, self._tool_of(slug, tool))
        return self.sessions.keep(session), self.hand_out_code(request, session)

    def hand_out_code(self, request: SignInRequest, session: NationalSession) -> str:
        """Return the address that takes a fresh code back to the platform."""
        return request.answer(code=self.codes.keep((request, session)))

    def redeem(self, form: Mapping[str, str]) -> dict[str, object]:
        """Return the tokens for a code, once; raise `TokenRefused`."""
        if form.get("grant_type") != "authorization_code":
            raise TokenRefused("unsupported_grant_type")
        found = self.codes.take(form.get("code", ""))
        if found is None:
            raise TokenRefused("invalid_grant")
        request, session = found
        proven = hmac.compare_digest(_challenge(form.get("code_verifier", "")), request.code_challenge)
        person = self._person(session.slug)
        if not proven or form.get("redirect_uri") != request.redirect_uri or person is None:
            raise TokenRefused("invalid_grant")
        answer: dict[str, object] = {
            "access_token": secrets.token_urlsafe(24),
            "token_type": "Bearer",
            "expires_in": 300,
        }
        if Spoil.NO_PROOF not in self.spoil:
            answer["id_token"] = self._id_token(person, session, request)
        return answer

    def is_own_client(self, client_id: str, client_secret: str) -> bool:
        """Whether these are the credentials of the registered platform."""
        own = f"{self.client.client_id}:{self.client.client_secret}"
        return hmac.compare_digest(f"{client_id}:{client_secret}".encode(), own.encode())

    def way_back_after_sign_out(self, asked: Mapping[str, str]) -> str | None:
        """Return where the browser goes after sign-out, or None when nobody registered asked for it."""
        address = asked.get("post_logout_redirect_uri", "")
        hint = asked.get("id_token_hint")
        sender = audience_of(hint) if hint else asked.get("client_id")
        if sender != self.client.client_id or not self.client.may_return_to(address):
            return None
        return with_parameters(address, {"state": asked.get("state", "")})

    def _person(self, slug: str) -> SimulatedPerson | None:
        return next((person for person in self.people() if person.slug == slug), None)

    def _tool_of(self, slug: str, chosen: Tool) -> Tool:
        """Return the tool that a person really has: a technical code comes over eIDAS only."""
        person = self._person(slug)
        if person is None:
            return chosen
        code = parse(person.person_code, on=self.today(), technical=True)
        return EIDAS if code.kind is PersonCodeKind.TECHNICAL else chosen

    def _id_token(self, person: SimulatedPerson, session: NationalSession, request: SignInRequest) -> str:
        return id_token(
            person,
            session.tool,
            issuer=self.issuer,
            audience=self.client.client_id,
            nonce=request.nonce,
            spoil=self.spoil,
        )


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
