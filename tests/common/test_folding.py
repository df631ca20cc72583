"""Diacritics and the Latvian alphabet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stars.common.folding import fold, latvian_sort_key


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Šķūņošana", "skunosana"),
        ("ĀČĒĢĪĶĻŅŠŪŽ", "acegiklnsuz"),
        ("Ķīlis Ŗūts Ō", "kilis ruts o"),
        ("A\u0304da", "ada"),
        ("Größe, Łódź, Ærø", "grosse, lodz, aero"),
        ("", ""),
        ("C++ 3D", "c++ 3d"),
    ],
)
def test_diacritics_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_names_stand_in_the_order_of_the_latvian_alphabet() -> None:
    names = "Ādaži Alūksne Balvi Cēsis Cits Čiekurs Dobele Gulbene Ģipsis Īle Ilze Kuldīga Ķekava Limbaži Līvāni Ļaudona"
    names += " Madona Nīca Ņikita Saldus Šampēteris Talsi Zilupe Žagata"
    expected = names.split()
    assert sorted(sorted(expected), key=latvian_sort_key) == expected


@pytest.mark.parametrize(
    ("first", "second"),
    [("kase", "kāse"), ("Ābols", "abra"), ("cz", "č"), ("ya", "iz"), ("Alfa", "alfa"), ("a b", "ab")],
)
def test_the_first_stands_before_the_second(first: str, second: str) -> None:
    assert latvian_sort_key(first) < latvian_sort_key(second)
