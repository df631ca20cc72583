"""What was written for the demonstration: institutions and programmes, read from the TOML files beside this one."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent / "content"


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionText:
    """An invented institution; `serves` are codes of further municipalities where it teaches."""

    slug: str
    name: str
    short_name: str
    kind: str
    municipality: str
    address: str
    registration_number: str
    phone: str
    email: str
    website: str
    description: str
    fields: tuple[str, ...]
    serves: tuple[str, ...]

    @property
    def places(self) -> tuple[str, ...]:
        """Municipalities where it teaches, its own first."""
        return (self.municipality, *self.serves)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeText:
    """An invented programme, not yet anybody's; `institution` is the kind of institution that would teach it."""

    slug: str
    title: str
    kind: str
    field: str
    hours: int
    study_form: str
    language: str
    schemes: tuple[str, ...]
    price_eur: int
    institution: str
    summary: str
    contents: tuple[str, ...]
    outcomes: tuple[str, ...]
    prior_education: str
    prior_knowledge: str
    document: str
    keywords: tuple[str, ...] = ()
    qualification: str | None = None
    qualification_level: int | None = None
    digcomp_areas: tuple[str, ...] = ()
    digcomp_competences: tuple[str, ...] = ()
    digcomp_level: int | None = None
    varam_level: int | None = None


@cache
def institutions() -> tuple[InstitutionText, ...]:
    """All institutions in the order of the file."""
    return tuple(
        InstitutionText(**_frozen(row)) for row in _read(CONTENT / "institutions.toml")["institution"]
    )


@cache
def authorities() -> tuple[dict[str, str], ...]:
    """The agency and the ministry."""
    return tuple(_read(CONTENT / "authorities.toml")["authority"])


@cache
def programmes() -> tuple[ProgrammeText, ...]:
    """All programmes, file by file in the order of their names."""
    return tuple(
        ProgrammeText(**_frozen(row))
        for path in sorted((CONTENT / "programmes").glob("*.toml"))
        for row in _read(path)["programme"]
    )


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _frozen(row: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
