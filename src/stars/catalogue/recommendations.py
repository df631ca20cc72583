"""Which programmes suit a person, and why: the personalised catalogue (manual 3.4).

Pure: plain values in, plain values out. The field of learning chosen in the profile decides what is shown; everything
else that the person has given decides the order. Each reason has a code by which it can be muted; a muted reason
neither shows nor counts, and a muted field is not recommended from.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from stars.catalogue.documents import Entry
from stars.catalogue.search.types import REMOTE, ProgrammeDocument
from stars.common.folding import fold, latvian_sort_key
from stars.schemes.recommending import worth_telling

_BANDS: Final = ("0-2", "3-4", "5-8")
_LIKE_COMPETENCES: Final = 2
_NEVER: Final = "9999-12-31"


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


# What a reason adds to the rank. An open registration adds as much as the nearest place: without it nobody can apply.
_WEIGHTS: Final = {
    ReasonKind.FIELD: 0.0,
    ReasonKind.MUNICIPALITY: 4.0,
    ReasonKind.REGION: 2.0,
    ReasonKind.REMOTE: 1.5,
    ReasonKind.SOURCE: 2.5,
    ReasonKind.EDUCATION: 1.0,
    ReasonKind.LOW_INCOME: 2.0,
    ReasonKind.DIGITAL: 1.0,
    ReasonKind.FAVOURITE: 2.0,
}
_OPEN: Final = 4.0
_EDUCATION_MISSING: Final = -6.0


class Reason(NamedTuple):
    """One reason; `subject` is the code of the field, place, source or programme that it is about, or ""."""

    kind: ReasonKind
    subject: str = ""

    @property
    def code(self) -> str:
        """By what it is muted: "field:ikt"."""
        return f"{self.kind.value}:{self.subject}" if self.subject else self.kind.value


@dataclass(frozen=True, slots=True)
class Learner:
    """What is known of the person, in the codes of the catalogue. "" and None: not known.

    `employment` is "employed", "unemployed" or "inactive"; `education` an ISCED band; `favourites` are programmes.
    """

    fields: tuple[str, ...]
    municipality: str = ""
    region: str = ""
    employment: str = ""
    education: str = ""
    low_income: bool = False
    favourites: tuple[ProgrammeDocument, ...] = ()
    muted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A programme with its reasons; `lacks_education` names the band that the programme requires and the person has
    not given."""

    programme: ProgrammeDocument
    reasons: tuple[Reason, ...]
    lacks_education: str = ""


def recommend(entries: Iterable[Entry], learner: Learner, *, now: float) -> list[Recommendation]:
    """The programmes of the chosen fields, the most suitable first; ties by the next start, then by title."""
    ranked = [
        (_rank(recommendation, now), recommendation)
        for entry in entries
        if (recommendation := _judged(entry, learner, now)) is not None
    ]
    ranked.sort(key=lambda pair: pair[0])
    return [recommendation for _, recommendation in ranked]


def fields_wanted(learner: Learner) -> list[str]:
    """The chosen fields that are not muted."""
    return [code for code in learner.fields if Reason(ReasonKind.FIELD, code).code not in learner.muted]


def _judged(entry: Entry, learner: Learner, now: float) -> Recommendation | None:
    if entry.document.field not in learner.fields:
        return None
    found = [
        reason for rule in _RULES for reason in rule(entry, learner, now) if reason.code not in learner.muted
    ]
    if Reason(ReasonKind.FIELD, entry.document.field) not in found:
        return None
    return Recommendation(entry.document, tuple(found), _lacking(entry, learner))


def _rank(recommendation: Recommendation, now: float) -> tuple[float, str, tuple[str, str, str], int]:
    programme = recommendation.programme
    score = sum(_WEIGHTS[reason.kind] for reason in recommendation.reasons)
    score += _OPEN if _open_schemes(programme, now) else 0.0
    score += _EDUCATION_MISSING if recommendation.lacks_education else 0.0
    starts = [group.starts_on.isoformat() for group in programme.groups if group.starts_on]
    return -score, min(starts, default=_NEVER), latvian_sort_key(programme.title), programme.id


def _field(entry: Entry, learner: Learner, now: float) -> Iterator[Reason]:
    yield Reason(ReasonKind.FIELD, entry.document.field)


def _place(entry: Entry, learner: Learner, now: float) -> Iterator[Reason]:
    """The nearest of: own municipality, own region, anywhere. Who has not said where they live gets none."""
    places = {code for group in entry.document.groups for code in group.places}
    if not learner.municipality:
        return
    if learner.municipality in places:
        yield Reason(ReasonKind.MUNICIPALITY, learner.municipality)
    elif learner.region and learner.region in places:
        yield Reason(ReasonKind.REGION, learner.region)
    elif REMOTE in places:
        yield Reason(ReasonKind.REMOTE)


def _source(entry: Entry, learner: Learner, now: float) -> Iterator[Reason]:
    """The first source worth telling that is open; nothing while the work situation is not known."""
    if not learner.employment:
        return
    opened = _open_schemes(entry.document, now)
    told = (scheme.code.lower() for scheme in worth_telling(is_employed=learner.employment == "employed"))
    yield from [Reason(ReasonKind.SOURCE, slug) for slug in told if slug in opened][:1]


def _education(entry: Entry, learner: Learner, now: float) -> Iterator[Reason]:
    if entry.required_education and learner.education and not _lacking(entry, learner):
        yield Reason(ReasonKind.EDUCATION)


def _low_income(entry: Entry, learner: Learner, now: float) -> Iterator[Reason]:
    if learner.low_income and entry.low_income_pays_nothing:
        yield Reason(ReasonKind.LOW_INCOME)


def _digital(entry: Entry, learner: Learner, now: float) -> Iterator[Reason]:
    """Digital skills within another field that the person chose besides digital skills themselves."""
    document = entry.document
    if "digitalas" in learner.fields and document.field != "digitalas" and document.digcomp_areas:
        yield Reason(ReasonKind.DIGITAL)


def _favourite(entry: Entry, learner: Learner, now: float) -> Iterator[Reason]:
    """Like the latest favourite that it is like."""
    for favourite in learner.favourites:
        if favourite.id == entry.document.id:
            return
    like = next(
        (favourite for favourite in learner.favourites if _are_alike(entry.document, favourite)), None
    )
    if like is not None:
        yield Reason(ReasonKind.FAVOURITE, str(like.id))


_RULES: Final[tuple[Callable[[Entry, Learner, float], Iterator[Reason]], ...]] = (
    _field,
    _place,
    _source,
    _low_income,
    _education,
    _digital,
    _favourite,
)


def _are_alike(one: ProgrammeDocument, other: ProgrammeDocument) -> bool:
    """The same qualification, a common keyword, or two common DigComp competences."""
    return (
        bool(set(one.qualifications) & set(other.qualifications))
        or bool(set(map(fold, one.keywords)) & set(map(fold, other.keywords)))
        or len(set(one.digcomp_competences) & set(other.digcomp_competences)) >= _LIKE_COMPETENCES
    )


def _lacking(entry: Entry, learner: Learner) -> str:
    """The band that is required and that the person's education does not reach; "" when it suffices or is unknown."""
    required, has = entry.required_education, learner.education
    if required not in _BANDS or has not in _BANDS or _BANDS.index(has) >= _BANDS.index(required):
        return ""
    return required


def _open_schemes(programme: ProgrammeDocument, now: float) -> set[str]:
    return {offer.scheme for group in programme.groups for offer in group.offers if offer.is_open(now)}
