"""What a reader typed, as clauses: single words, and phrases in quotes. Never fails, whatever was typed."""

import re
import unicodedata
from dataclasses import dataclass

from stars.catalogue.search.analysis import folded, stem, words

_LONGEST_QUERY = 300
_MOST_WORDS = 12
_QUOTED = re.compile(r"[„“”\"«»]([^„“”\"«»]+)[„“”\"«»]")
_QUOTES = re.compile(r"[„“”\"«»]")
_ENDED = re.compile(r"[„“”\"«»\s]$")

# Left out of a query that has other words: they say nothing about what is looked for.
_FUNCTION_WORDS = frozenset(
    folded(word)
    for word in words(
        "ap ar arī bet bez caur ir jeb ka kas kur kā lai līdz man no par pa pēc pie pirms pret priekš starp "
        "uz un vai es gribu vēlos the a an and for in of or to и в на для с по"
    )
)
# Asked for, never demanded: nearly every programme is a course, and few say so ("angļu valodas kursi").
_GENERIC_STEMS = frozenset(
    stem(word)
    for word in ("kurss", "kursiņš", "mācības", "apmācība", "programma", "nodarbības", "course", "курсы")
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One word (`in_order` false) or the words of a quoted phrase.

    `is_last` marks the word that may still be being typed (no space or quote stands after it); `required` is
    false for words such as "kursi".
    """

    words: tuple[str, ...]
    in_order: bool = False
    is_last: bool = False
    required: bool = True


def is_function_word(word: str) -> bool:
    """Whether a word only joins others ("un", "par"), with or without diacritics."""
    return folded(word) in _FUNCTION_WORDS


def parse(query: str) -> tuple[Clause, ...]:
    """The clauses of a query, at most twelve words of its first 300 characters.

    Empty when there is no word.
    """
    text = unicodedata.normalize("NFC", query[:_LONGEST_QUERY])
    phrases = [tuple(words(quoted)) for quoted in _QUOTED.findall(text)]
    loose = words(_QUOTES.sub(" ", _QUOTED.sub(" ", text)))[:_MOST_WORDS]
    told = [word for word in loose if not is_function_word(word)] or ([] if any(phrases) else loose)
    typing = loose[-1] if loose and not _ENDED.search(text) else None
    singles = [
        Clause(
            (word,),
            is_last=word == typing and place == len(told) - 1,
            required=stem(word) not in _GENERIC_STEMS,
        )
        for place, word in enumerate(told)
    ]
    quoted = [Clause(phrase[:_MOST_WORDS], in_order=True) for phrase in phrases if phrase]
    return _with_something_required(quoted + singles)


def _with_something_required(clauses: list[Clause]) -> tuple[Clause, ...]:
    if any(clause.required for clause in clauses):
        return tuple(clauses)
    return tuple(Clause(clause.words, clause.in_order, clause.is_last) for clause in clauses)
