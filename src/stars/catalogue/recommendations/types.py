"""What recommendations know, and what they say: frozen values."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from stars.catalogue.search.types import ProgrammeDocument


class ReasonKind(StrEnum):
    """Why a programme is recommended; the value begins the reason's code."""

    FIELD = "field"
    MUNICIPALITY = "municipality"
    REGION = "region"
    REMOTE = "remote"
    SOURCE = "source"
    EDUCATION = "education"
    LOW_INCOME = "low-income"
    DIGITAL = "digital"
    FAVOURITE = "favourite"
    GAP = "gap"
    LEVEL = "level"
    NEXT = "next"


class Reason(NamedTuple):
    """One reason; `subject` is the code of the field, place, source, programme, competence or level that it is about,
    or ""."""

    kind: ReasonKind
    subject: str = ""

    @property
    def code(self) -> str:
        """By what it is muted: "field:ikt"."""
        return f"{self.kind.value}:{self.subject}" if self.subject else self.kind.value


@dataclass(frozen=True, slots=True)
class Gap:
    """A DigComp competence ("3-4") in which a test showed most room to grow, and the levels that come next there."""

    competence: str
    levels: tuple[int, ...]

    @property
    def area(self) -> str:
        """The area of the competence: "3"."""
        return self.competence.partition("-")[0]


@dataclass(frozen=True, slots=True)
class Learned:
    """A programme that the person completed, as far as another may continue it."""

    id: int
    field: str
    qualification: str = ""
    digcomp_competences: tuple[str, ...] = ()
    digcomp_level: int | None = None
    varam_level: int | None = None


@dataclass(frozen=True, slots=True)
class Learner:
    """What is known of the person, in the codes of the catalogue. "" and None: not known.

    `employment` is "employed", "unemployed" or "inactive"; `education` an ISCED band; `favourites` are programmes;
    `level` is that of a level test's valid result; `learned` has the latest first; `behind` are programmes that are not
    for recommending: completed, or broken off not long ago.
    """

    fields: tuple[str, ...]
    municipality: str = ""
    region: str = ""
    employment: str = ""
    education: str = ""
    low_income: bool = False
    favourites: tuple[ProgrammeDocument, ...] = ()
    muted: frozenset[str] = frozenset()
    gaps: tuple[Gap, ...] = ()
    level: int | None = None
    learned: tuple[Learned, ...] = ()
    behind: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A programme with its reasons; `lacks_education` names the band that the programme requires and the person has
    not given."""

    programme: ProgrammeDocument
    reasons: tuple[Reason, ...]
    lacks_education: str = ""
