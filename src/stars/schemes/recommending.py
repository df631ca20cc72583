"""Which funding sources a person is told of beside a recommended programme."""

from stars.schemes.declarations import SCHEMES
from stars.schemes.eligibility import EMPLOYED
from stars.schemes.types import Scheme


def worth_telling(*, is_employed: bool) -> list[Scheme]:
    """Sources that say why they suit and that the work situation allows (facts 1.1).

    Those for the employed come first: they pay for the most programmes.
    """
    saying = [scheme for scheme in SCHEMES.values() if scheme.recommendation]
    allowed = [scheme for scheme in saying if is_employed or EMPLOYED not in scheme.criteria]
    return sorted(allowed, key=lambda scheme: EMPLOYED not in scheme.criteria)


def why(slug: str) -> str:
    """The sentence of the source whose code is this in small letters; "" for a source that says nothing."""
    return next(
        (str(scheme.recommendation) for scheme in SCHEMES.values() if scheme.code.lower() == slug), ""
    )
