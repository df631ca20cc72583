"""Personal codes: every form, every way of writing, and nothing more than a code tells."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stars.common.person_codes import (
    NotAPersonCode,
    PersonCode,
    PersonCodeKind,
    check_digit,
    normalise,
    parse,
)

TODAY = date(2026, 11, 24)
DIGITS = "0123456789"
CENTURY_DIGITS = {18: "0", 19: "1", 20: "2"}


def dated_code(born: date, serial: str) -> str:
    return f"{born:%d%m%y}{CENTURY_DIGITS[born.year // 100]}{serial}"


dates = st.dates(min_value=date(1800, 1, 1), max_value=TODAY)
serials = st.text(DIGITS, min_size=4, max_size=4)
new_codes = st.from_regex(r"3[2-9][0-9]{9}", fullmatch=True).filter(str.isascii)


@pytest.mark.parametrize(
    "written",
    [
        "14059117775",
        "140591-17775",
        " 140591 - 17775 ",
        "140591–17775",
        "140591\u201117775",
        "140591\u00a017775",
    ],
)
def test_a_code_may_be_written_with_hyphen_and_spaces(written: str) -> None:
    assert normalise(written) == "14059117775"


@pytest.mark.parametrize(
    "written", ["", "1405911777", "140591177755", "14059A17775", "140591/17775", "١٤٠٥٩١١٧٧٧٥"]
)
def test_anything_else_is_no_code(written: str) -> None:
    with pytest.raises(NotAPersonCode):
        normalise(written)


def test_the_refusal_does_not_repeat_what_was_typed() -> None:
    with pytest.raises(NotAPersonCode) as refusal:
        parse("99999917775", on=TODAY)
    assert "999999" not in str(refusal.value)


@given(dates, serials)
def test_a_dated_code_tells_the_birth_date(born: date, serial: str) -> None:
    code = dated_code(born, serial)
    assert parse(code, on=TODAY) == PersonCode(code, PersonCodeKind.DATED, born)


@given(new_codes)
def test_a_new_code_tells_nothing_and_has_no_check_digit(code: str) -> None:
    read = parse(code, on=TODAY)
    assert read == PersonCode(code, PersonCodeKind.UNDATED, None)
    assert read.check_digit_fits is None
    assert read.masked == f"3{code[1]}****-*****"


@pytest.mark.parametrize(
    "code", ["31023417775", "32013410000", "00019017775", "14139117775", "14059137775", "70000000017"]
)
def test_a_code_of_neither_form_is_technical_only_where_that_is_allowed(code: str) -> None:
    expected = PersonCodeKind.UNDATED if code.startswith("32") else PersonCodeKind.TECHNICAL
    assert parse(code, on=TODAY, technical=True) == PersonCode(code, expected, None)
    if expected is PersonCodeKind.TECHNICAL:
        with pytest.raises(NotAPersonCode):
            parse(code, on=TODAY)


def test_nobody_is_born_tomorrow() -> None:
    born_today, born_tomorrow = dated_code(TODAY, "7777"), dated_code(TODAY + timedelta(days=1), "7777")
    assert parse(born_today, on=TODAY).birth_date == TODAY
    with pytest.raises(NotAPersonCode):
        parse(born_tomorrow, on=TODAY)


def test_29_february_exists_only_in_leap_years() -> None:
    assert parse("29020027777", on=TODAY).birth_date == date(2000, 2, 29)
    with pytest.raises(NotAPersonCode):
        parse("29020017777", on=TODAY)


@given(dates, st.text(DIGITS, min_size=3, max_size=3))
def test_exactly_one_check_digit_fits(born: date, serial: str) -> None:
    fitting = [last for last in DIGITS if parse(dated_code(born, serial + last), on=TODAY).check_digit_fits]
    assert fitting == [check_digit(dated_code(born, serial))]


@pytest.mark.parametrize(
    ("first_ten", "last"),
    [("0000000000", "1"), ("9999999999", "1"), ("2000000000", "0"), ("0000000001", "0"), ("0000000010", "8")],
)
def test_check_digit_by_hand(first_ten: str, last: str) -> None:
    """1101 less the digits weighted by 1, 6, 3, 7, 9, 10, 5, 8, 4, 2; modulo 11, then modulo 10."""
    assert check_digit(first_ten) == last


def test_a_wrong_check_digit_is_a_warning() -> None:
    read = parse("140591-17775", on=TODAY)
    assert read.check_digit_fits is False
    assert read.birth_date == date(1991, 5, 14)


def test_how_a_code_is_shown() -> None:
    read = parse("01019017775", on=TODAY)
    assert read.formatted == "010190-17775"
    assert read.masked == "010190-1****"
    assert parse("70000000017", on=TODAY, technical=True).masked == "70****-*****"


@given(dates, serials)
def test_a_code_in_a_log_is_masked(born: date, serial: str) -> None:
    read = parse(dated_code(born, serial), on=TODAY)
    assert str(read) == read.masked
    assert repr(read) == f"PersonCode({read.masked}, dated)"


@given(st.text(max_size=30))
def test_any_text_is_either_a_code_or_refused(text: str) -> None:
    try:
        read = parse(text, on=TODAY, technical=True)
    except NotAPersonCode:
        return
    assert normalise(read.formatted) == read.digits
