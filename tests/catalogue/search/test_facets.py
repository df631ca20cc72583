"""Facets are exact: compared with a plain reading of the rule on invented catalogues."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.catalogue.search.samples import DAY, NOW, ask, found, group, offer, programme

from stars.catalogue.search.engine import CatalogueIndex
from stars.catalogue.search.types import (
    REMOTE,
    CatalogueQuery,
    Chip,
    Facet,
    FacetValue,
    GroupDocument,
    OfferDocument,
    ProgrammeDocument,
)

Row = tuple[GroupDocument, OfferDocument | None]
Chosen = dict[Facet, tuple[str, ...]]

PLACES = [("0001000", "region-riga"), ("0004000", "region-riga"), ("0026000", "region-vidzeme"), (REMOTE,)]
VALUES = {
    Facet.INSTITUTION: ["a", "b", "c"],
    Facet.KIND: ["modulis", "kopa"],
    Facet.FIELD: ["ikt", "partika", "transports"],
    Facet.QUALIFICATION: ["pavars", "metinatajs"],
    Facet.DIGCOMP_AREA: ["1", "2", "3", "4", "5"],
    Facet.DIGCOMP_LEVEL: ["1", "4", "8"],
    Facet.SCHEME: ["imk", "mn", "varam"],
    Facet.PLACE: ["0001000", "0004000", "0026000", "region-riga", "region-vidzeme", REMOTE],
    Facet.START_MONTH: ["2026-12", "2027-01"],
}
offers = st.builds(
    offer,
    st.sampled_from(VALUES[Facet.SCHEME]),
    opens=st.sampled_from([-2, 0, 2]),
    closes=st.sampled_from([0, 3]),
)
groups = st.builds(
    lambda place, starts_on, offers: group(1, *place, starts_on=starts_on, offers=offers),
    st.sampled_from(PLACES),
    st.sampled_from([None, date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 4)]),
    st.lists(offers, max_size=3),
)
programmes = st.builds(
    programme,
    st.integers(1, 40),
    st.sampled_from(["Metināšana", "Programmēšana", "Pavārs", "Metināšana un programmēšana"]),
    institution=st.sampled_from(VALUES[Facet.INSTITUTION]),
    kind=st.sampled_from(VALUES[Facet.KIND]),
    field=st.sampled_from(VALUES[Facet.FIELD]),
    qualifications=st.lists(st.sampled_from(VALUES[Facet.QUALIFICATION]), unique=True).map(tuple),
    digcomp_areas=st.lists(st.sampled_from(VALUES[Facet.DIGCOMP_AREA]), unique=True).map(tuple),
    digcomp_level=st.sampled_from([None, 1, 4, 8]),
    groups=st.lists(groups, max_size=4).map(
        lambda made: tuple(replace(each, id=number) for number, each in enumerate(made))
    ),
)
catalogues = st.lists(programmes, max_size=25, unique_by=lambda each: each.id)
choices = st.fixed_dictionaries(
    {},
    optional={
        facet: st.lists(st.sampled_from(values), max_size=2).map(tuple) for facet, values in VALUES.items()
    },
)


def own_values(document: ProgrammeDocument, facet: Facet) -> set[str]:
    """What a programme has of a facet that is not of its groups."""
    return {
        Facet.INSTITUTION: {document.institution},
        Facet.KIND: {document.kind},
        Facet.FIELD: {document.field},
        Facet.QUALIFICATION: set(document.qualifications),
        Facet.DIGCOMP_AREA: set(document.digcomp_areas),
        Facet.DIGCOMP_LEVEL: {str(document.digcomp_level)} - {"None"},
    }[facet]


def row_values(row: Row, facet: Facet) -> set[str]:
    """What a row has of a facet of groups."""
    a_group, an_offer = row
    return {
        Facet.PLACE: set(a_group.places),
        Facet.START_MONTH: {a_group.starts_on.strftime("%Y-%m")} if a_group.starts_on else set(),
        Facet.SCHEME: {an_offer.scheme} if an_offer else set(),
    }[facet]


ROW_FACETS = (Facet.PLACE, Facet.START_MONTH, Facet.SCHEME)


def rows_left(document: ProgrammeDocument, chosen: Chosen, *, open_only: bool) -> list[Row]:
    """The rows of a programme that meet every condition on rows."""
    rows = [(each, an_offer) for each in document.groups for an_offer in (each.offers or (None,))]
    return [
        row
        for row in rows
        if all(row_values(row, facet) & set(chosen[facet]) for facet in ROW_FACETS if chosen.get(facet))
        and (not open_only or (row[1] is not None and row[1].opens_at <= NOW < row[1].closes_at))
    ]


def is_left(document: ProgrammeDocument, chosen: Chosen, *, open_only: bool) -> bool:
    """Whether a programme meets all conditions."""
    own = {facet: values for facet, values in chosen.items() if values and facet not in ROW_FACETS}
    asked_of_rows = open_only or any(chosen.get(facet) for facet in ROW_FACETS)
    return all(own_values(document, facet) & set(values) for facet, values in own.items()) and (
        not asked_of_rows or bool(rows_left(document, chosen, open_only=open_only))
    )


def counted(
    documents: list[ProgrammeDocument], chosen: Chosen, facet: Facet, *, open_only: bool
) -> set[FacetValue]:
    """The values of a facet, by looking at each programme."""
    others = {other: values for other, values in chosen.items() if other is not facet}
    counts = dict.fromkeys(chosen.get(facet, ()), 0)
    for document in documents:
        if not is_left(document, others, open_only=open_only):
            continue
        if facet in ROW_FACETS:
            rows = rows_left(document, others, open_only=open_only)
            values = {value for row in rows for value in row_values(row, facet)}
        else:
            values = own_values(document, facet)
        for value in values:
            counts[value] = counts.get(value, 0) + 1
    return {FacetValue(value, count, value in chosen.get(facet, ())) for value, count in counts.items()}


@settings(max_examples=150, deadline=None)
@given(catalogues, choices, st.booleans(), st.sampled_from(["", "metināšana", "programmēšana"]))
def test_facets_are_those_of_a_plain_count(
    documents: list[ProgrammeDocument], chosen: Chosen, open_only: bool, q: str
) -> None:
    result = ask(CatalogueIndex.build(documents), q, chosen=chosen, open_only=open_only, page_size=100)
    among = [document for document in documents if q in document.title.lower()]
    left = {document.id for document in among if is_left(document, chosen, open_only=open_only)}
    assert {hit.programme.id for hit in result.hits} == left
    assert result.total == len(left)
    assert {facet: set(values) for facet, values in result.facets.items()} == {
        facet: counted(among, chosen, facet, open_only=open_only) for facet in Facet
    }
    assert result.open_total == sum(is_left(document, chosen, open_only=True) for document in among)
    for hit in result.hits:
        rows = rows_left(hit.programme, chosen, open_only=open_only)
        assert set(hit.groups) == {each for each, _ in rows}


def test_conditions_on_groups_must_hold_on_one_group() -> None:
    in_riga_later = group(1, "0001000", starts_on=date(2027, 1, 4), offers=[offer("mn")])
    in_cesis_sooner = group(2, "0026000", starts_on=date(2026, 12, 1), offers=[offer("imk")])
    index = CatalogueIndex.build([programme(1, groups=(in_riga_later, in_cesis_sooner))])
    assert found(index, chosen={Facet.PLACE: ("0001000",), Facet.START_MONTH: ("2027-01",)}) == [1]
    assert found(index, chosen={Facet.PLACE: ("0001000",), Facet.START_MONTH: ("2026-12",)}) == []
    assert found(index, chosen={Facet.PLACE: ("0001000",), Facet.SCHEME: ("imk",)}) == []


def test_the_source_must_be_the_open_one() -> None:
    one_group = group(1, "0001000", offers=[offer("mn", opens=2, closes=5), offer("imk", opens=-1, closes=5)])
    index = CatalogueIndex.build([programme(1, groups=(one_group,))])
    assert found(index, open_only=True, chosen={Facet.SCHEME: ("imk",)}) == [1]
    assert found(index, open_only=True, chosen={Facet.SCHEME: ("mn",)}) == []


def test_two_groups_in_one_town_are_one_programme() -> None:
    town = ("0001000", "region-riga")
    index = CatalogueIndex.build([programme(1, groups=(group(1, *town), group(2, *town)))])
    assert ask(index).facets[Facet.PLACE] == (
        FacetValue("0001000", 1, False),
        FacetValue("region-riga", 1, False),
    )


def test_a_chosen_value_that_finds_nothing_stays_visible() -> None:
    result = ask(CatalogueIndex.build([programme(1, kind="modulis")]), chosen={Facet.KIND: ("kopa", "nav")})
    assert result.total == 0
    assert result.facets[Facet.KIND] == (
        FacetValue("kopa", 0, True),
        FacetValue("modulis", 1, False),
        FacetValue("nav", 0, True),
    )


@pytest.mark.parametrize(("now", "is_open"), [(-1.5, False), (-1, True), (9.9, True), (10, False)])
def test_a_round_is_open_from_its_opening_until_before_its_closing(now: float, is_open: bool) -> None:
    an_offer = offer(opens=-1, closes=10)
    assert an_offer.is_open(NOW + now * DAY) == is_open


def test_what_is_open_changes_with_the_moment_of_the_query() -> None:
    index = CatalogueIndex.build(
        [programme(1, groups=(group(1, REMOTE, offers=[offer(opens=1, closes=2)]),))]
    )
    assert [ask(index).open_total, ask(index, open_only=True).total] == [0, 0]
    from_tomorrow = index.search(CatalogueQuery(now=NOW + 1.5 * DAY))
    assert from_tomorrow.open_total == 1
    assert ask(index).open_total == 0


def test_active_conditions_are_chips() -> None:
    chosen = {Facet.SCHEME: ("mn",), Facet.INSTITUTION: ("b", "a", "b"), Facet.KIND: ()}
    chips = ask(CatalogueIndex.build([]), chosen=chosen, open_only=True).chips
    assert chips == (
        Chip(Facet.INSTITUTION, "b"),
        Chip(Facet.INSTITUTION, "a"),
        Chip(Facet.SCHEME, "mn"),
        Chip(None, ""),
    )
