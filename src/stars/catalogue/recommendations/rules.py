"""The rules: each looks at a programme and a person, and gives its reasons or none."""

from collections.abc import Callable, Iterator
from typing import Final

from stars.catalogue.documents import Entry
from stars.catalogue.recommendations.types import Gap, Learned, Learner, Reason, ReasonKind
from stars.catalogue.search.types import REMOTE, ProgrammeDocument
from stars.common.folding import fold
from stars.schemes.recommending import worth_telling

_BANDS: Final = ("0-2", "3-4", "5-8")
_LIKE_COMPETENCES: Final = 2
# A next step is one or two DigComp levels up: the levels go in pairs.
_STEP_LEVELS: Final = 2

Rule = Callable[[Entry, Learner, float], Iterator[Reason]]


def _field(entry: Entry, learner: Learner, now: float) -> Iterator[Reason]:
    if entry.document.field in learner.fields:
        yield Reason(ReasonKind.FIELD, entry.document.field)


def _gap(entry: Entry, learner: Learner, now: float) -> Iterator[Reason]:
    """Each gap that the programme closes at the next level. One that names an area only is about all of the area."""
    for gap in learner.gaps:
        if entry.document.digcomp_level in gap.levels and _teaches(entry.document, gap):
            yield Reason(ReasonKind.GAP, gap.competence)


def _level(entry: Entry, learner: Learner, now: float) -> Iterator[Reason]:
    if learner.level is not None and entry.document.varam_level == learner.level:
        yield Reason(ReasonKind.LEVEL, str(learner.level))


def _next(entry: Entry, learner: Learner, now: float) -> Iterator[Reason]:
    """Continues the latest of what was completed that it continues."""
    before = next((done for done in learner.learned if _continues(entry.document, done)), None)
    if before is not None:
        yield Reason(ReasonKind.NEXT, str(before.id))


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
    opened = open_schemes(entry.document, now)
    told = (scheme.code.lower() for scheme in worth_telling(is_employed=learner.employment == "employed"))
    yield from [Reason(ReasonKind.SOURCE, slug) for slug in told if slug in opened][:1]


def _education(entry: Entry, learner: Learner, now: float) -> Iterator[Reason]:
    if entry.required_education and learner.education and not lacking(entry, learner):
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


# What brings a programme in; the others only move it up.
BRINGING: Final[tuple[Rule, ...]] = (_field, _level, _gap, _next)
MOVING: Final[tuple[Rule, ...]] = (_place, _source, _low_income, _education, _digital, _favourite)


def _teaches(document: ProgrammeDocument, gap: Gap) -> bool:
    if gap.area not in document.digcomp_areas:
        return False
    named = [code for code in document.digcomp_competences if code.partition("-")[0] == gap.area]
    return gap.competence in named or not named


def _continues(document: ProgrammeDocument, done: Learned) -> bool:
    """The same field or two common DigComp competences, and a step further: the next levels, or a qualification after
    learning without one."""
    common = set(document.digcomp_competences) & set(done.digcomp_competences)
    if document.field != done.field and len(common) < _LIKE_COMPETENCES:
        return False
    return (
        _is_step(done.digcomp_level, document.digcomp_level, most=_STEP_LEVELS)
        or _is_step(done.varam_level, document.varam_level, most=1)
        or bool(document.qualifications and not done.qualification)
    )


def _is_step(before: int | None, after: int | None, *, most: int) -> bool:
    return before is not None and after is not None and 0 < after - before <= most


def _are_alike(one: ProgrammeDocument, other: ProgrammeDocument) -> bool:
    """The same qualification, a common keyword, or two common DigComp competences."""
    return (
        bool(set(one.qualifications) & set(other.qualifications))
        or bool(set(map(fold, one.keywords)) & set(map(fold, other.keywords)))
        or len(set(one.digcomp_competences) & set(other.digcomp_competences)) >= _LIKE_COMPETENCES
    )


def lacking(entry: Entry, learner: Learner) -> str:
    """The band that is required and that the person's education does not reach; "" when it suffices or is unknown."""
    required, has = entry.required_education, learner.education
    if required not in _BANDS or has not in _BANDS or _BANDS.index(has) >= _BANDS.index(required):
        return ""
    return required


def open_schemes(programme: ProgrammeDocument, now: float) -> set[str]:
    return {offer.scheme for group in programme.groups for offer in group.offers if offer.is_open(now)}
