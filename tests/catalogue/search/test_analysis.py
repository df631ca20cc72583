"""Latvian words meet in any of their forms, with and without diacritics."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stars.catalogue.search.analysis import folded, hard_stem, parts, root, stem, tokens, words
from stars.common.folding import fold

SAME_STEM = [
    ("metināšana", "metināšanu"),
    ("metināšana", "metinasanas"),
    ("kurss", "kursiem"),
    ("kurss", "kursā"),
    ("programma", "programmām"),
    ("tehnoloģija", "tehnoloģiju"),
    ("iekārta", "iekārtās"),
    ("dators", "datoriem"),
    ("darbs", "darbos"),
    ("skola", "skolai"),
    ("ēka", "ēkām"),
    ("māja", "mājas"),
    ("upe", "upju"),
    ("zeme", "zemju"),
    ("egle", "egļu"),
    ("prece", "preču"),
    ("frēze", "frēžu"),
    ("adrese", "adrešu"),
    ("valsts", "valstīs"),
    ("zivs", "zivju"),
    ("durvis", "durvīm"),
    ("krāsns", "krāšņu"),
    ("brālis", "brāļa"),
    ("lācis", "lāča"),
    ("mēnesis", "mēneša"),
    ("cirvis", "cirvja"),
    ("kurmis", "kurmju"),
    ("gulbis", "gulbji"),
    ("skapis", "skapjos"),
    ("briedis", "brieža"),
    ("grāmatvedis", "grāmatveža"),
    ("lietvedis", "lietvežiem"),
    ("grāmatvede", "grāmatvežu"),
    ("latvietis", "latviešiem"),
    ("sieviete", "sieviešu"),
    ("ūdens", "ūdenim"),
    ("akmens", "akmeņu"),
    ("tirgus", "tirgum"),
    ("elektriķis", "elektriķu"),
    ("skolotājs", "skolotājam"),
    ("vadītāja", "vadītājai"),
    ("pavārs", "pavāriem"),
    ("celtnis", "celtņa"),
    ("digitāls", "digitālā"),
    ("digitālais", "digitālajām"),
    ("digitālo", "digitālie"),
    ("augsts", "augstajos"),
    ("mazs", "mazajiem"),
    ("uzņēmums", "uzņēmumā"),
    ("vidusskola", "VIDUSSKOLĀS"),
    ("e-pasts", "e-pastu"),
    ("e-paraksts", "eparakstam"),
]
SAME_ROOT = [
    ("metināšana", "metinātājs"),
    ("metināšana", "metināt"),
    ("programmēšana", "programmētāju"),
    ("skaistumkopšana", "skaistumkopējs"),
    ("grāmatvedība", "grāmatvedis"),
    ("grāmatvedība", "grāmatveža"),
    ("lietvedība", "lietveži"),
    ("būvniecība", "būvnieks"),
    ("lauksaimniecība", "lauksaimniekiem"),
    ("vadība", "vadītājs"),
    ("mācības", "mācīties"),
    ("mērījumi", "mērīšana"),
]
DIFFERENT_STEMS = [
    ("vieta", "viesis"),
    ("gads", "gāze"),
    ("programma", "programmēšana"),
    ("c", "c++"),
    ("c++", "c#"),
    ("video", "vide"),
    ("2025", "2026"),
]


@pytest.mark.parametrize(("one", "other"), SAME_STEM)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(words(one)[0]) == stem(words(other)[0])


@pytest.mark.parametrize(("one", "other"), SAME_STEM)
def test_forms_meet_when_typed_without_diacritics(one: str, other: str) -> None:
    assert stem(fold(one)) == stem(words(other)[0])


@pytest.mark.parametrize(("one", "other"), SAME_ROOT)
def test_deed_doer_and_trade_have_one_root(one: str, other: str) -> None:
    assert (root(one), root(one) is None) == (root(other), False)


@pytest.mark.parametrize(("one", "other"), DIFFERENT_STEMS)
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_a_root_is_not_found_in_short_words() -> None:
    assert [root(word) for word in ("vieta", "maize", "ēka", "2026", "c#")] == [
        None,
        "maiz",
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("word", "hard"),
    [("karšu", "kart"), ("toršu", "tort"), ("ķēžu", "ked"), ("kases", None), ("karte", None), ("ša", None)],
)
def test_a_softened_consonant_may_stand_for_a_hard_one(word: str, hard: str | None) -> None:
    assert hard_stem(word) == hard


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C++ un C#, nevis C", ["c++", "un", "c#", "nevis", "c"]),
        (".NET un ASP.NET", [".net", "un", "asp", "net"]),
        ("3D modelēšana 2,5 stundas", ["3d", "modelēšana", "2,5", "stundas"]),
        ("MIG/MAG metināšana", ["mig", "mag", "metināšana"]),
        ("DigComp 1.1. un 5.2.", ["digcomp", "1.1", "un", "5.2"]),
        ("e-paraksts, e‑pasts", ["e-paraksts", "e‑pasts"]),
        ("ISO 9001:2015", ["iso", "9001", "2015"]),
        ("beigas.Sākums", ["beigas", "sākums"]),
        ("a_b __init__", ["a", "b", "init"]),
        ("A\u0304da", ["āda"]),
        ("Русский язык", ["русский", "язык"]),
        ("„Vārdi” (iekavās) – domuzīme…", ["vārdi", "iekavās", "domuzīme"]),
        ("😀 \x00 ((( ***", []),
        ("", []),
    ],
)
def test_text_is_cut_into_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_word_knows_its_place() -> None:
    text = "Valoda C++, e-paraksts"
    assert [(text[start:end], word) for word, start, end in tokens(text)] == [
        ("Valoda", "valoda"),
        ("C++", "c++"),
        ("e-paraksts", "e-paraksts"),
    ]


def test_a_hyphenated_word_has_parts() -> None:
    assert (parts("e-paraksts"), parts("paraksts"), folded("e-paraksts")) == (
        ("e", "paraksts"),
        (),
        "eparaksts",
    )


@given(st.text(alphabet="aāčžABŽ19 .,-‑+#_/\n„”"))
def test_both_ways_of_cutting_agree(text: str) -> None:
    assert words(text) == [token.word for token in tokens(text)]


@given(st.text(alphabet="aābcčdeēgģiīkķlļnņosštuūvzž-", min_size=1, max_size=14))
def test_a_stem_does_not_depend_on_diacritics(word: str) -> None:
    assert stem(word) == stem(fold(word))


@given(st.text())
def test_any_word_has_forms(word: str) -> None:
    assert (isinstance(stem(word), str), isinstance(folded(word), str)) == (True, True)
    assert root(word) is None or len(root(word) or "") >= 4
