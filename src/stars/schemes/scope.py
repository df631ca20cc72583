"""Who decides on which sources."""

from stars.schemes.declarations import SCHEMES
from stars.schemes.types import Authority


def decided_by(authority: Authority) -> frozenset[str]:
    """Codes of the sources on whose applications the authority decides."""
    return frozenset(scheme.code.value for scheme in SCHEMES.values() if scheme.authority is authority)
