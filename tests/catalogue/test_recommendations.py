"""Each reason, met and not met; the order; muting."""

from dataclasses import replace
from datetime import date

import pytest

from stars.catalogue.documents import Entry, required_education
from stars.catalogue.reason_words import reason_of
from stars.catalogue.recommendations import Gap, Learned, Learner, Reason, ReasonKind, recommend
from stars.catalogue.search.types import REMOTE, GroupDocument, OfferDocument, ProgrammeDocument

NOW = 1_000_000.0
RIGA, OGRE, RIGA_REGION = "0001000", "0040000", "region-riga"
LEARNER = Learner(fields=("ikt",))


def offer(scheme: str = "mn", *, is_open: bool = True) -> OfferDocument:
    return OfferDocument(scheme, NOW - 10, NOW + 10 if is_open else NOW - 1, 40_000, 4_000)


def programme(
    number: int = 1, *, places: tuple[str, ...] = (), offers: tuple[OfferDocument, ...] = (), **values: object
) -> Entry:
    group = GroupDocument(id=number, places=places, starts_on=date(2027, 1, 12), offers=offers)
    document = ProgrammeDocument(
        id=number, title=f"Programma {number}", institution="tehnikums", institution_name="Tehnikums", kind="modulis",
        field="ikt", groups=(group,),
    )  # fmt: skip
    return Entry(replace(document, **values))  # type: ignore[arg-type]


def reasons(entry: Entry, learner: Learner) -> list[str]:
    """The codes of the programme's reasons; [] when it is not recommended."""
    found = recommend([entry], learner, now=NOW)
    return [reason.code for reason in found[0].reasons] if found else []


def order(entries: list[Entry], learner: Learner) -> list[int]:
    return [found.programme.id for found in recommend(entries, learner, now=NOW)]


def test_only_programmes_of_the_chosen_field_are_recommended() -> None:
    assert reasons(programme(), LEARNER) == ["field:ikt"]
    assert reasons(programme(field="energetika"), LEARNER) == []


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ((RIGA, RIGA_REGION), ["municipality:0001000"]),
        (("0005000", RIGA_REGION), ["region:region-riga"]),
        ((REMOTE,), ["remote"]),
        ((OGRE, "region-vidzeme"), []),
    ],
)
def test_the_nearest_place_is_the_reason(places: tuple[str, ...], expected: list[str]) -> None:
    learner = replace(LEARNER, municipality=RIGA, region=RIGA_REGION)
    assert reasons(programme(places=places), learner) == ["field:ikt", *expected]


def test_no_place_is_a_reason_for_who_has_not_said_where_they_live() -> None:
    assert reasons(programme(places=(REMOTE,)), LEARNER) == ["field:ikt"]


@pytest.mark.parametrize(
    ("employment", "schemes", "expected"),
    [
        ("employed", ("mn", "imk"), ["source:mn"]),
        ("employed", ("imk",), ["source:imk"]),
        ("unemployed", ("mn", "imk"), ["source:imk"]),
        ("inactive", ("mn",), []),
        ("", ("mn", "imk"), []),
    ],
)
def test_the_source_fits_the_work_situation(
    employment: str, schemes: tuple[str, ...], expected: list[str]
) -> None:
    entry = programme(offers=tuple(map(offer, schemes)))
    assert reasons(entry, replace(LEARNER, employment=employment)) == ["field:ikt", *expected]


def test_a_source_that_is_closed_is_no_reason() -> None:
    entry = programme(offers=(offer(is_open=False),))
    assert reasons(entry, replace(LEARNER, employment="employed")) == ["field:ikt"]


@pytest.mark.parametrize(
    ("required", "has", "expected", "lacking"),
    [
        ("3-4", "3-4", ["education"], ""),
        ("3-4", "5-8", ["education"], ""),
        ("3-4", "0-2", [], "3-4"),
        ("", "0-2", [], ""),
        ("5-8", "", [], ""),
    ],
)
def test_education_against_the_requirement(
    required: str, has: str, expected: list[str], lacking: str
) -> None:
    entry = replace(programme(), required_education=required)
    learner = replace(LEARNER, education=has)
    assert reasons(entry, learner) == ["field:ikt", *expected]
    assert recommend([entry], learner, now=NOW)[0].lacks_education == lacking


def test_low_income_counts_only_where_it_changes_the_price() -> None:
    learner = replace(LEARNER, low_income=True)
    assert reasons(replace(programme(), low_income_pays_nothing=True), learner) == ["field:ikt", "low-income"]
    assert reasons(programme(), learner) == ["field:ikt"]
    assert reasons(replace(programme(), low_income_pays_nothing=True), LEARNER) == ["field:ikt"]


def test_digital_skills_within_another_field() -> None:
    learner = replace(LEARNER, fields=("ikt", "digitalas"))
    assert reasons(programme(digcomp_areas=("1",)), learner) == ["field:ikt", "digital"]
    assert reasons(programme(), learner) == ["field:ikt"]
    assert reasons(programme(digcomp_areas=("1",)), LEARNER) == ["field:ikt"]


@pytest.mark.parametrize(
    "likeness",
    [
        {"qualifications": ("tehnikis",)},
        {"keywords": ("Metināšana",)},
        {"digcomp_competences": ("1-1", "5-2")},
    ],
)
def test_like_a_favourite(likeness: dict[str, object]) -> None:
    favourite = programme(9, **likeness).document
    learner = replace(LEARNER, favourites=(favourite,))
    assert reasons(programme(1, **likeness), learner) == ["field:ikt", "favourite:9"]
    assert reasons(programme(1), learner) == ["field:ikt"]


def test_a_favourite_is_not_recommended_for_being_one() -> None:
    favourite = programme(9, keywords=("cnc",))
    assert reasons(favourite, replace(LEARNER, favourites=(favourite.document,))) == ["field:ikt"]


def test_a_muted_reason_neither_shows_nor_counts() -> None:
    near, far = programme(1, places=(RIGA,)), programme(2, places=(OGRE,))
    learner = replace(LEARNER, municipality=RIGA)
    assert order([far, near], learner) == [1, 2]
    muted = replace(learner, muted=frozenset({"municipality:0001000"}))
    assert reasons(near, muted) == ["field:ikt"]
    later = Entry(replace(near.document, title="Vēlāka"))
    assert order([later, far], muted) == [2, 1]


def test_a_muted_field_is_not_recommended_from() -> None:
    learner = replace(LEARNER, muted=frozenset({"field:ikt"}))
    assert reasons(programme(), learner) == []


def test_what_can_be_applied_for_and_what_the_education_suffices_for_come_first() -> None:
    closed = programme(1)
    opened = programme(2, offers=(offer(),))
    too_high = replace(programme(3, offers=(offer(),)), required_education="5-8")
    assert order([too_high, closed, opened], replace(LEARNER, education="3-4")) == [2, 1, 3]


def test_ties_go_by_start_and_then_by_the_latvian_alphabet() -> None:
    later = Entry(replace(programme(1).document, groups=(GroupDocument(1, (), starts_on=date(2027, 3, 1)),)))
    names = [programme(2, title="Čukurs"), programme(3, title="Cukurs"), programme(4, title="Dators")]
    assert order([later, *names], LEARNER) == [3, 2, 4, 1]


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("Nav prasību iepriekšējai izglītībai.", ""),
        ("Pamatizglītība.", "0-2"),
        ("Vispārējā vidējā vai profesionālā vidējā izglītība.", "3-4"),
        ("Vidējā izglītība; ieteicama augstākā izglītība.", "3-4"),
        ("Augstākā izglītība ķīmijā, farmācijā vai pārtikas tehnoloģijā.", "5-8"),
        ("Profesionālā izglītība vai pieredze autoservisā.", "3-4"),
        ("", ""),
    ],
)
def test_the_band_that_suffices_is_read_from_the_requirement(text: str, band: str) -> None:
    assert required_education(text) == band


def test_codes_of_reasons() -> None:
    assert Reason(ReasonKind.REMOTE).code == "remote"
    assert Reason(ReasonKind.FAVOURITE, "7").code == "favourite:7"


def gap(competence: str = "3-4", levels: tuple[int, ...] = (3, 4)) -> Learner:
    """Who chose energy, and whose test showed one gap."""
    return Learner(fields=("energetika",), gaps=(Gap(competence, levels),))


@pytest.mark.parametrize(
    ("areas", "competences", "level", "expected"),
    [
        (("3",), ("3-4",), 3, ["gap:3-4"]),
        (("3",), ("3-4",), 4, ["gap:3-4"]),
        (("3",), ("3-4",), 2, []),
        (("3",), ("3-4",), 5, []),
        (("3",), ("3-4",), None, []),
        # Only the area is named: it is about all of it. Another competence of the area is named: it is not about this.
        (("3",), (), 3, ["gap:3-4"]),
        (("2", "3"), ("2-1",), 3, ["gap:3-4"]),
        (("3",), ("3-1",), 3, []),
        (("2",), ("2-4",), 3, []),
    ],
)
def test_a_gap_brings_the_programme_of_the_next_level_from_any_field(
    areas: tuple[str, ...], competences: tuple[str, ...], level: int | None, expected: list[str]
) -> None:
    entry = programme(digcomp_areas=areas, digcomp_competences=competences, digcomp_level=level)
    assert reasons(entry, gap()) == expected


def test_a_programme_that_closes_more_gaps_comes_first() -> None:
    learner = replace(gap(), gaps=(Gap("3-4", (3, 4)), Gap("1-2", (3, 4))))
    both = programme(2, digcomp_areas=("1", "3"), digcomp_competences=("1-2", "3-4"), digcomp_level=3)
    one = programme(1, digcomp_areas=("3",), digcomp_competences=("3-4",), digcomp_level=3)
    assert reasons(both, learner) == ["gap:3-4", "gap:1-2"]
    assert order([one, both], learner) == [2, 1]


def test_the_chosen_field_comes_before_a_gap_elsewhere() -> None:
    chosen = programme(2, field="energetika")
    elsewhere = programme(1, digcomp_areas=("3",), digcomp_level=3)
    assert order([elsewhere, chosen], gap()) == [2, 1]


def test_muted_gap_and_muted_field_keep_a_programme_away() -> None:
    entry = programme(digcomp_areas=("3",), digcomp_level=3)
    assert reasons(entry, gap()) == ["gap:3-4"]
    assert reasons(entry, replace(gap(), muted=frozenset({"gap:3-4"}))) == []
    assert reasons(entry, replace(gap(), muted=frozenset({"field:ikt"}))) == []


@pytest.mark.parametrize(
    ("field", "level", "known", "expected"),
    [
        ("energetika", 2, 2, ["level:2"]),
        ("ikt", 2, 2, ["field:ikt", "level:2"]),
        # The application would be refused, whatever the field.
        ("ikt", 1, 2, []),
        ("ikt", 3, 2, []),
        ("ikt", None, 2, ["field:ikt"]),
        ("ikt", 3, None, ["field:ikt"]),
        ("energetika", 3, None, []),
    ],
)
def test_the_level_of_the_level_test(
    field: str, level: int | None, known: int | None, expected: list[str]
) -> None:
    assert reasons(programme(field=field, varam_level=level), replace(LEARNER, level=known)) == expected


def test_a_muted_level_brings_no_other_level_back() -> None:
    learner = replace(LEARNER, level=2, muted=frozenset({"level:2"}))
    assert reasons(programme(varam_level=2), learner) == ["field:ikt"]
    assert reasons(programme(varam_level=3), learner) == []


def learned(**values: object) -> Learner:
    """Who chose energy, and completed programme 50 in ICT."""
    done = Learned(id=50, field="ikt", digcomp_competences=("1-1", "5-2"), digcomp_level=3)
    return Learner(fields=("energetika",), learned=(replace(done, **values),), behind=frozenset({50}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("done", "offered", "expected"),
    [
        ({}, {"digcomp_level": 4}, ["next:50"]),
        ({}, {"digcomp_level": 5}, ["next:50"]),
        ({}, {"digcomp_level": 3}, []),
        ({}, {"digcomp_level": 2}, []),
        ({}, {"digcomp_level": 6}, []),
        ({}, {}, []),
        ({"digcomp_level": None}, {"digcomp_level": 4}, []),
        ({}, {"qualifications": ("tehnikis",)}, ["next:50"]),
        ({"qualification": "tehnikis"}, {"qualifications": ("programmetajs",)}, []),
        ({}, {"field": "maksla", "digcomp_level": 4}, []),
        ({}, {"field": "maksla", "digcomp_level": 4, "digcomp_competences": ("1-1",)}, []),
        ({}, {"field": "maksla", "digcomp_level": 4, "digcomp_competences": ("5-2", "1-1")}, ["next:50"]),
        ({"varam_level": 1}, {"varam_level": 2}, ["next:50"]),
        ({"varam_level": 1}, {"varam_level": 3}, []),
    ],
)
def test_what_goes_a_step_further_than_what_was_completed(
    done: dict[str, object], offered: dict[str, object], expected: list[str]
) -> None:
    assert reasons(programme(**offered), learned(**done)) == expected  # type: ignore[arg-type]


def test_the_latest_that_is_continued_is_named_and_can_be_muted() -> None:
    learner = learned()
    learner = replace(learner, learned=(replace(learner.learned[0], id=60), *learner.learned))
    assert reasons(programme(digcomp_level=4), learner) == ["next:60"]
    assert reasons(programme(digcomp_level=4), replace(learner, muted=frozenset({"next:60"}))) == []


def test_what_lies_behind_is_not_recommended_whatever_speaks_for_it() -> None:
    again = programme(50, digcomp_level=4)
    assert reasons(again, learned()) == []
    assert reasons(again, replace(learned(), behind=frozenset())) == ["next:50"]


@pytest.mark.parametrize("kind", list(ReasonKind))
def test_every_code_leads_back_to_its_reason(kind: ReasonKind) -> None:
    assert reason_of(Reason(kind, "7").code) == Reason(kind, "7")
