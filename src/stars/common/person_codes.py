"""Latvian personal codes: reading, showing, and what can be learnt from one.

Three kinds are met. Until 30.06.2017 a code held the birth date (`DDMMYY-CNNNQ`, century digit C: 0 = 18xx,
1 = 19xx, 2 = 20xx). Since 01.07.2017 a code begins with 32–39 and the rest is random: no birth date, no check
digit (Office of Citizenship and Migration Affairs). People from other EU countries get a technical code at
sign-in; its form is not published, so it counts as technical when it is of neither form.

A wrong check digit is never an error: registers hold such codes, and about every eleventh serial has no digit
of its own.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_SEPARATORS = re.compile("[\\s\u2010-\u2015\u2212-]")
_ELEVEN_DIGITS = re.compile(r"[0-9]{11}")
_WITHIN = re.compile("(?<![0-9])[0-9]{6}[\\s\\u2010-\\u2015\\u2212-]*[0-9]{5}(?![0-9])")
_NEW_FORM = re.compile(r"3[2-9][0-9]{9}")
_CENTURIES = {"0": 1800, "1": 1900, "2": 2000}
_WEIGHTS = (1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class NotAPersonCode(ValueError):
    """The text is no personal code. The text itself is kept out of the message: messages reach logs."""


class PersonCodeKind(StrEnum):
    """Which of the three forms a code has."""

    DATED = "dated"
    UNDATED = "undated"
    TECHNICAL = "technical"


@dataclass(frozen=True, slots=True, repr=False)
class PersonCode:
    """One code, read; `birth_date` only when the code itself tells it."""

    digits: str
    kind: PersonCodeKind
    birth_date: date | None = None

    @property
    def check_digit_fits(self) -> bool | None:
        """False is a warning, never an error; None where the form has no check digit."""
        if self.kind is not PersonCodeKind.DATED:
            return None
        return check_digit(self.digits[:10]) == self.digits[10]

    @property
    def formatted(self) -> str:
        """The code as it is written in documents, `010190-12345`."""
        return f"{self.digits[:6]}-{self.digits[6:]}"

    @property
    def masked(self) -> str:
        """The code as lists show it: `010190-1****`, or `32****-*****` where all but the form is random."""
        if self.kind is PersonCodeKind.DATED:
            return f"{self.digits[:6]}-{self.digits[6]}****"
        return f"{self.digits[:2]}****-*****"

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"PersonCode({self.masked}, {self.kind})"


def normalise(text: str) -> str:
    """Return the eleven digits of a code, hyphen and spaces left out; raise `NotAPersonCode`."""
    digits = _SEPARATORS.sub("", text)
    if not _ELEVEN_DIGITS.fullmatch(digits):
        raise NotAPersonCode("a personal code has eleven digits")
    return digits


def parse(text: str, *, on: date, technical: bool = False) -> PersonCode:
    """Read a code as of the day `on` (no birth date lies after it); raise `NotAPersonCode`.

    With `technical` a code of neither form is accepted as a technical one: for codes that the state's sign-in
    gives, not for codes that somebody typed.
    """
    digits = normalise(text)
    if _NEW_FORM.fullmatch(digits):
        return PersonCode(digits, PersonCodeKind.UNDATED)
    born = _birth_date(digits)
    if born is not None and born <= on:
        return PersonCode(digits, PersonCodeKind.DATED, born)
    if technical:
        return PersonCode(digits, PersonCodeKind.TECHNICAL)
    raise NotAPersonCode("a personal code begins with a past date or with 32 to 39")


def is_within(text: str) -> bool:
    """Whether a sentence names what looks like a code, so that it can be kept out of texts that others read."""
    return _WITHIN.search(text) is not None


def check_digit(first_ten: str) -> str:
    """Return the eleventh digit that belongs to the first ten of a dated code."""
    weighted = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_ten, strict=True))
    return str((1101 - weighted) % 11 % 10)


def _birth_date(digits: str) -> date | None:
    century = _CENTURIES.get(digits[6])
    if century is None:
        return None
    try:
        return date(century + int(digits[4:6]), int(digits[2:4]), int(digits[:2]))
    except ValueError:
        return None
