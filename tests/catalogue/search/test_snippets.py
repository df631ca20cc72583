"""Excerpts show the matches in the original words."""

from hypothesis import given
from hypothesis import strategies as st
from tests.catalogue.search.samples import shown

from stars.catalogue.search.analysis import tokens
from stars.catalogue.search.snippets import excerpt, marked, running_text

LONG = (
    "Pirmais teikums ir gana garš, lai logs pie tā neapstātos un meklētu tālāk tekstā. "
    "Otrais stāsta par metālu un darba drošību cehā, kur strādā daudzi cilvēki katru dienu un nakti, arī svētdienās. "
    "Vēl viens teikums stāv pa vidu, un arī tas ir gana garš. "
    "Trešajā ir Metināšana un metālu griešana ar gāzi, abas reizē, tāpēc šis ir labākais. "
    "Ceturtais atkal runā par ko citu, un tas turpinās vēl ilgi, līdz nekas vairs nepaliek pāri."
)


def test_words_are_marked_with_their_case_and_marks_kept() -> None:
    assert shown(marked("Metināšana, METINĀŠANA un (metināšanas)", {"metināšana"})) == (
        "[Metināšana], [METINĀŠANA] un (metināšanas)"
    )


def test_only_whole_words_are_marked() -> None:
    assert (
        shown(marked("kursi, kurss, piekursi, C, C++", {"kursi", "c"}))
        == "[kursi], kurss, piekursi, [C], C++"
    )


def test_parts_of_hyphenated_words_are_marked() -> None:
    assert shown(marked("CNC-frēzēšana e-paraksts", {"cnc", "paraksts"})) == "[CNC]-frēzēšana e-[paraksts]"


def test_a_word_within_a_marked_word_is_not_shown_twice() -> None:
    text, words = "Izveido e-pasts kontu", {"e", "e-pasts", "pasts"}
    assert shown(marked(text, words)) == shown(excerpt(text, words)) == "Izveido [e-pasts] kontu"


def test_nothing_is_html() -> None:
    assert marked('<b>kurss</b> & "citi"', {"kurss"}) == (
        ("<b>", False),
        ("kurss", True),
        ('</b> & "citi"', False),
    )


def test_an_excerpt_shows_the_place_with_most_matches() -> None:
    text = shown(excerpt(LONG, {"metālu", "metināšana"}))
    assert text.startswith("…Trešajā ir [Metināšana] un [metālu] griešana")
    assert text.endswith("pāri.")


def test_without_matches_there_is_no_excerpt() -> None:
    assert (excerpt(LONG, set()), excerpt(LONG, {"keramika"})) == ((), ())


def test_a_long_text_is_cut_at_its_end() -> None:
    segments = excerpt(LONG, {"pirmais"})
    text = "".join(segment.text for segment in segments)
    assert text.startswith("Pirmais teikums ir gana garš")
    assert (len(text) <= 221, text.endswith("…"), segments[0].is_match) == (True, True, True)


def test_a_short_text_is_shown_whole() -> None:
    assert shown(excerpt("Īss teksts.", {"teksts"})) == "Īss [teksts]."
    assert excerpt("", {"teksts"}) == ()


def test_lists_become_running_text() -> None:
    assert running_text("Par ko.", "- Viens\n* Divi:\n  1. Trīs\n\n## Virsraksts", "Prot.\nSpēj") == (
        "Par ko. Viens; Divi: Trīs; Virsraksts; Prot. Spēj"
    )


def test_letters_that_grow_when_lowered_move_nothing() -> None:
    assert shown(marked("İİİ kurss", {"kurss"})) == "İİİ [kurss]"


@given(st.text(alphabet="aāš .,;\n-bB", max_size=600), st.sets(st.sampled_from(["a", "aš", "b", "āa", "ba"])))
def test_an_excerpt_is_a_piece_of_the_text(text: str, words: set[str]) -> None:
    segments = excerpt(text, words)
    inner = "".join(segment.text for segment in segments).removeprefix("…").removesuffix("…")
    assert inner in text
    assert len(inner) <= 300
    assert {segment.text.lower() for segment in segments if segment.is_match} <= words


@given(st.text(alphabet="aāš .,;-bB", max_size=80), st.sets(st.sampled_from(["a", "aš", "b", "āa", "ba"])))
def test_marking_loses_nothing(text: str, words: set[str]) -> None:
    segments = marked(text, words)
    assert "".join(segment.text for segment in segments) == text
    whole = [token.word for token in tokens(text) if token.word in words]
    assert {segment.text.lower() for segment in segments if segment.is_match} >= set(whole)
