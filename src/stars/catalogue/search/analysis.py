"""From text to words, and from a word to the forms it is compared by.

A word is compared on four levels, each blunter than the one before: as written (lower case), folded (without
diacritics), by its stem (case endings gone), by its root (derivations gone too: metināšana, metinātājs). The
stem is taken from the *folded* word, so that what was typed without diacritics has the same stem by
construction.

Rules are our own, after the paradigms of Latvian declension as any school grammar gives them; they are meant
to be light: two forms of a word should meet, and a stem need not be a word.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from stars.common.folding import fold

_IN_WORD = r"[\w\u0300-\u036f]"
HYPHENS = frozenset("-‐‑")
_HYPHEN = "[-‐‑]"
# Words with hyphens inside (e-paraksts), numbers with points (1.1, 2,5), C++ and C#; .NET.
_TOKEN = re.compile(
    rf"{_IN_WORD}+(?:(?<=\d)[.,]\d+)*(?:{_HYPHEN}{_IN_WORD}+)*(?:(?<!\w[a-z])(?<=[a-z])(?:\+\+|\#)(?!\w))?"
    r"|(?<![\w.])\.[a-z]{2,5}(?!\w)",
    re.IGNORECASE,
)
# What makes a text need the expression above; most texts do with the one below, three times as fast.
_UNUSUAL = re.compile(r"[_+#.,\u0300-\u036f‐‑-](?:(?<=[_+#\u0300-\u036f])|(?<=[.,])\w|(?<=\w[‐‑-])\w)")
_LETTERS_AND_DIGITS = re.compile(r"\w+")
_LETTER_BEFORE = re.compile(_IN_WORD)
_HYPHENS_IN_WORD = re.compile(_HYPHEN)
_VOWEL = re.compile(r"[aeiouyаеёиоуыэюя]")


class Token(NamedTuple):
    """A word and where it stands in the original text."""

    word: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in order, in lower case, with their places.

    "C++", ".NET", "3D", "1.1" are words.
    """
    for match in _TOKEN.finditer(text.replace("_", " ")):
        yield Token(_composed(match.group()), match.start(), match.end())


def token_at(lowered: str, start: int) -> Token | None:
    """The word that begins at a place of a text in lower case; None if none begins there."""
    if start and _LETTER_BEFORE.match(lowered[start - 1]):
        return None
    match = _TOKEN.match(lowered, start)
    return None if match is None else Token(match.group(), match.start(), match.end())


def words(text: str) -> list[str]:
    """The words of a text in order, in lower case: those of `tokens`, faster."""
    text = unicodedata.normalize("NFC", text.lower())
    found: list[str] = (
        _TOKEN.findall(text.replace("_", " ")) if _UNUSUAL.search(text) else _LETTERS_AND_DIGITS.findall(text)
    )
    return found


@lru_cache(maxsize=8_192)
def _composed(word: str) -> str:
    return unicodedata.normalize("NFC", word.lower())


@lru_cache(maxsize=8_192)
def parts(word: str) -> tuple[str, ...]:
    """What a hyphenated word is made of ("e-paraksts": "e", "paraksts"); empty for any other word."""
    pieces = _HYPHENS_IN_WORD.split(word)
    return tuple(pieces) if len(pieces) > 1 else ()


@lru_cache(maxsize=8_192)
def folded(word: str) -> str:
    """The word without diacritics and hyphens: "e-paraksts" becomes "eparaksts"."""
    return _HYPHENS_IN_WORD.sub("", fold(word))


# Case endings of nouns and adjectives, folded, longest first. "-aj-" belongs to the definite adjective.
_ENDINGS = (
    *("ajiem", "ajai", "ajam", "ajas", "ajos", "aja"),
    *("ais", "iem", "ies"),
    *("ai", "am", "as", "ei", "em", "es", "ie", "ij", "im", "is", "os", "um", "us"),
    *("a", "e", "i", "o", "s", "u"),
)
# "metinātāja" and "vadītājam" end like definite adjectives, and are not: a vowel and t stand before.
_AGENT = re.compile(r"[aeiou]t$")
# Consonants that change within the paradigm. ž and d: grāmatvedis, grāmatveža; briedis, brieža. š and t:
# latvietis, latvieša; sieviete, sieviešu. After a labial a j appears: zeme, zemju; cirvis, cirvja.
_CHANGED = (("vez", "ved"), ("iez", "ied"))
_INHABITANT = ("ies", "iet")
_LABIAL_J = re.compile(r"(?<=[bpmv])j$")
_SHORTEST_STEM = 2
_SHORTEST_INHABITANT = 6


@lru_cache(maxsize=8_192)
def stem(word: str) -> str:
    """The folded word without its case ending, consonant changes undone.

    Words with digits or signs stay whole.
    """
    bare = folded(word)
    if not bare.isalpha():
        return bare.removeprefix(".")
    for ending in _ENDINGS:
        if bare.endswith(ending) and _may_lose(bare, ending):
            return _unchanged(bare.removesuffix(ending))
    return _unchanged(bare)


def _may_lose(bare: str, ending: str) -> bool:
    rest = bare.removesuffix(ending)
    if len(rest) < _SHORTEST_STEM or not _VOWEL.search(rest):
        return False
    if len(rest) == _SHORTEST_STEM and _VOWEL.match(rest[-1]):
        return False
    return not (ending.startswith("aj") and _AGENT.search(rest))


def _unchanged(stemmed: str) -> str:
    for changed, plain in _CHANGED:
        if stemmed.endswith(changed):
            return stemmed.removesuffix(changed) + plain
    if stemmed.endswith(_INHABITANT[0]) and len(stemmed) >= _SHORTEST_INHABITANT:
        return stemmed.removesuffix(_INHABITANT[0]) + _INHABITANT[1]
    return _LABIAL_J.sub("", stemmed)


# The last letter before these endings is š or ž where the nominative has t or d (karte, karšu; torte, toršu).
_SOFT = re.compile(r"([šž])(?:a|am|i|iem|u|us|os)$")
_HARD_LETTER = {"š": "t", "ž": "d"}


@lru_cache(maxsize=8_192)
def hard_stem(word: str) -> str | None:
    """The stem that a word would have if its š or ž stood for t or d: "karšu" gives "kart"; None where it
    cannot.

    Whether it does is known only to who has the other forms at hand: "adrešu" belongs to "adrese".
    """
    soft = _SOFT.search(word)
    if soft is None or soft.start() < _SHORTEST_STEM:
        return None
    return folded(word[: soft.start()]) + _HARD_LETTER[soft.group(1)]


# Suffixes by which Latvian makes the deed, the doer and the trade out of one root, folded, longest first, and
# what is left of them: metināšana, metinātājs; vadība, vadītājs, vadīt; grāmatvedība, grāmatvedis;
# būvniecība, būvnieks.
_DERIVATIONS = (
    *(("niecib", "niec"), ("vedib", "ved"), ("niek", "niec")),
    *(("ajum", "a"), ("ejum", "e"), ("ijum", "i"), ("taj", ""), ("san", "")),
    *(("ib", "i"), ("ej", "")),
)
_INFINITIVE = re.compile(r"(?<=[aeiou])t$")
_SHORTEST_ROOT = 4


@lru_cache(maxsize=8_192)
def root(word: str) -> str | None:
    """What deed, doer and trade have in common: "metina" for metināšana, metinātājs, metināt.

    None if too short.
    """
    stemmed = stem(word)
    if not stemmed.isalpha():
        return None
    for suffix, left in _DERIVATIONS:
        shortened = stemmed.removesuffix(suffix) + left
        if stemmed.endswith(suffix) and len(shortened) >= _SHORTEST_ROOT:
            return shortened
    shortened = _INFINITIVE.sub("", stemmed)
    return shortened if len(shortened) >= _SHORTEST_ROOT else None


_CONSONANTS = frozenset("bcčdfgģhjkķlļmnņprstvz")


def unlike_a_dictionary(word: str) -> int:
    """How little a form looks like the one in a dictionary: 0 for "kurss", 1 for "valoda", 2 for "kursiem"."""
    if word.endswith("š") or word[-2:] in ("is", "us") or (word[-1:] == "s" and word[-2:-1] in _CONSONANTS):
        return 0
    return 1 if word[-1:] in ("a", "e") else 2
