"""How a sign-in can fail: one type for each page that people see.

`code` is stable and goes into the audit; `reason` narrows it down for whoever runs the platform. Neither
holds personal data.
"""

from typing import ClassVar


class SignInFailure(Exception):
    """The sign-in did not succeed; nobody is signed in."""

    code: ClassVar[str] = "sign-in-failed"

    def __init__(self, reason: str) -> None:
        super().__init__(f"{self.code}: {reason}")
        self.reason = reason


class SignInCancelled(SignInFailure):
    """The person gave up or refused at the national sign-in."""

    code = "sign-in-cancelled"


class ProviderUnavailable(SignInFailure):
    """The national sign-in is down, too slow, broken, or refuses the platform itself."""

    code = "sign-in-provider-unavailable"


class StateMismatch(SignInFailure):
    """The answer belongs to no sign-in begun in this browser session, or was used before."""

    code = "sign-in-state-mismatch"


class ClaimsNotUnderstood(SignInFailure):
    """The national sign-in answered, but not with a proof that tells who the person is."""

    code = "sign-in-claims-not-understood"
