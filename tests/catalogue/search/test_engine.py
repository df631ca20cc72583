"""The index as a whole: changes, anything typed, threads."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from benchmarks.search import NOW, queries, synthetic
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.catalogue.search.samples import ask, found, programme, titled

from stars.catalogue.search.engine import CatalogueIndex
from stars.catalogue.search.types import CatalogueQuery, Sort

SYNONYMS = (("auto", "automašīna"),)


def test_a_changed_programme_is_found_by_its_new_words_only() -> None:
    old = titled("Metināšana", "Pavārs")
    new = old.with_changed([programme(1, "Frēzēšana")])
    assert [found(new, "metināšana"), found(new, "frēzēšana"), found(new, "pavārs")] == [[], [1], [2]]
    assert [found(old, "metināšana"), found(old, "frēzēšana")] == [[1], []]
    assert (new.programme(1).title, old.programme(1).title, new.programme(7)) == (
        "Frēzēšana",
        "Metināšana",
        None,
    )


def test_a_removed_programme_is_gone_with_its_words() -> None:
    new = titled("Metināšana", "Pavārs").with_changed([programme(3, "Šuvējs")], removed_ids=[1, 99])
    assert (len(new), found(new, sort=Sort.TITLE)) == (2, [2, 3])
    assert ask(new, "metinasanna").suggestion is None
    assert new.complete("met") == ()


def test_synonyms_stay_or_are_replaced() -> None:
    index = titled("Automašīnas remonts", synonyms=SYNONYMS)
    assert found(index.with_changed([]), "auto remonts") == [1]
    assert found(index.with_changed([], synonyms=[("vāģis", "automašīna")]), "vāģi") == [1]
    assert found(index.with_changed([], synonyms=[]), "vāģi") == []


def answers(index: CatalogueIndex, asked: list[CatalogueQuery]) -> list[object]:
    """All that a reader can see of the answers, numbers without the last digits."""
    return [
        (
            [(hit.programme.id, hit.title, hit.excerpt, hit.groups) for hit in result.hits],
            [hit.score for hit in result.hits],
            (result.total, result.facets, result.suggestion, result.relaxed, result.open_total),
        )
        for result in map(index.search, asked)
    ]


@settings(max_examples=12, deadline=None)
@given(
    st.sets(st.integers(1, 60), max_size=20),
    st.sets(st.integers(1, 60), max_size=20),
    st.randoms(use_true_random=False),
)
def test_changing_gives_what_building_anew_gives(changed, removed, random) -> None:
    before, after = synthetic(60, vocabulary=300), synthetic(60, vocabulary=300, seed=2)
    kept = [document for document in before if document.id not in changed | removed]
    new = [document for document in after if document.id in changed - removed]
    asked = [query for kind in queries(after).values() for query in kind[:4]]
    documents = kept + new
    random.shuffle(documents)
    incremental = CatalogueIndex.build(before, SYNONYMS).with_changed(new[:3], removed).with_changed(new[3:])
    assert answers(
        incremental.with_changed([], removed | changed - {each.id for each in new}), asked
    ) == answers(CatalogueIndex.build(documents, SYNONYMS), asked)


def test_an_empty_catalogue_answers() -> None:
    index = CatalogueIndex.build([])
    result = ask(index, "metināšana")
    assert (len(index), result.total, result.pages, result.hits, result.suggestion) == (0, 0, 1, (), None)
    assert (ask(index).total, index.complete("me")) == (0, ())
    assert len(index.with_changed([programme(1)])) == 1


HOSTILE = [
    "a" * 10_000,
    "vārds " * 5_000,
    "„" * 10_000,
    '"' * 9_999,
    "?!.,;:-–—()[]{}<>/\\|@#$%^&*~`'",
    "😀🏳️‍🌈 👩‍👩‍👧",
    "\x00metināšana\x00",
    "\ud800",
    ".*(a|b)+?[^c]$",
    "((((((((((",
    "%s %d {0} {x!r}",
    "'; DROP TABLE programme; --",
    "<script>alert(1)</script>",
    "\u0301\u0301\u0301a\u0301",
    "İIıi ßẞ ﬁ",
    "\u202emetināšana\u202c",
    "-" * 5_000,
    "a-" * 5_000,
    "1.1" * 3_000,
    "C+++++",
    "########",
    "\n\t\r\u2028",
    "ＭＥＴＩＮ",
]


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_anything_may_be_typed(typed: str) -> None:
    index = titled("Metināšana", "C++ valoda", "E-paraksts")
    for q in (typed, f"metināšana {typed}", f"„{typed}”"):
        result = ask(index, q)
        assert 0 <= result.total <= 3
        assert len(index.complete(q)) <= 8


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_anything_may_stand_in_a_programme(typed: str) -> None:
    document = programme(1, typed, summary=typed, contents=typed, keywords=(typed,), institution_name=typed)
    index = CatalogueIndex.build([document, programme(2, "Metināšana")])
    assert [number for number in found(index, "metināšanu") if number == 2] == [2]
    assert ask(index, typed[:300]).total in (0, 1, 2)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_gets_an_answer(typed: str) -> None:
    index = titled("Metināšana", "C++ valoda", "E-paraksts", "Русский язык", synonyms=SYNONYMS)
    result = ask(index, typed)
    assert result.total == len(result.hits)
    index.complete(typed)


@pytest.mark.parametrize("typed", ["", "   ", "!!!", "😀", "\x00"])
def test_a_query_without_words_asks_for_nothing_in_particular(typed: str) -> None:
    assert ask(titled("A", "B"), typed).total == 2


def test_a_query_of_function_words_only_is_taken_at_its_word() -> None:
    assert found(titled("Par to", "Kas ir kas", "Metināšana"), "par") == [1]


def test_the_answer_is_always_the_same() -> None:
    documents = synthetic(80, vocabulary=300)
    asked = [query for kind in queries(documents).values() for query in kind[:3]]
    forth = answers(CatalogueIndex.build(documents), asked)
    back = answers(CatalogueIndex.build(reversed(documents)), asked)
    assert forth == back


def test_threads_may_share_an_index() -> None:
    documents = synthetic(80, vocabulary=300)
    index = CatalogueIndex.build(documents)
    asked = [
        replace(query, now=NOW + place)
        for kind in queries(documents).values()
        for place, query in enumerate(kind)
    ]
    alone = answers(index, asked[:100])
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda query: answers(index, [query])[0], asked[:100]))
    assert together == alone
