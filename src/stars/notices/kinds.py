"""The registry of notices: every app declares in its `notices.py` what it sends."""

from stars.notices.types import Kind

_DECLARED: dict[str, Kind] = {}


class UnknownKind(Exception):
    """Something is to be sent that no app has declared."""


def declare(*kinds: Kind) -> None:
    """Enter kinds into the registry. ValueError when a code is taken by another kind."""
    for kind in kinds:
        if _DECLARED.setdefault(kind.code, kind) != kind:
            raise ValueError(f"notice {kind.code} is declared twice")


def kind_of(code: str) -> Kind:
    """The declared kind. Raises `UnknownKind`."""
    try:
        return _DECLARED[code]
    except KeyError:
        raise UnknownKind(code) from None


def declared() -> list[Kind]:
    """All kinds in the order of their declaration."""
    return list(_DECLARED.values())
