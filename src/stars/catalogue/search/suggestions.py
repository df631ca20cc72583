"""What a reader may have meant, in the catalogue's own spelling.

"Vai domājāt…?", and proposals while typing.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from stars.catalogue.search.analysis import Token, stem, tokens, unlike_a_dictionary
from stars.catalogue.search.lexicon import ReadProgramme
from stars.catalogue.search.parsing import is_function_word, parse
from stars.catalogue.search.text_index import TextIndex
from stars.catalogue.search.vocabulary import Vocabulary
from stars.common.folding import fold

_LONGEST_QUERY: Final = 300
_MOST_CONTINUATIONS: Final = 40
_TRIED: Final = 12
_BEGINS_SENTENCE = re.compile(r"[.!?;:–(„]\s*$")
_LOOKED_THROUGH: Final = 5
_SHORTEST_FIRST_PART: Final = 3
_SHORTEST_SECOND_PART: Final = 6
_LETTERS_OF_AN_ERROR: Final = 5


def did_you_mean(query: str, index: TextIndex) -> str | None:
    """The query with its unknown words corrected; None if that would find no programme with all words."""
    query = query[:_LONGEST_QUERY]
    better = {token: _correction(token.word, index) for token in tokens(query)}
    corrected = _with_replaced(
        query, {token: _as_printed(word, index) for token, word in better.items() if word}
    )
    if corrected == query:
        return None
    match = index.search(corrected)
    return corrected if match is not None and match.found.any() and not match.relaxed else None


def completed(query: str, index: TextIndex, limit: int) -> list[str]:
    """Queries that the one being typed may become: its last word completed.

    Those that find something, best first.
    """
    clauses = parse(query)
    if not clauses or not clauses[-1].is_last:
        return []
    *_others, last = tokens(query[:_LONGEST_QUERY])
    words = [
        word
        for word in index.vocabulary.continuations(last.word, _MOST_CONTINUATIONS)
        if not is_function_word(word)
    ]
    found: list[tuple[float, str]] = []
    for word in _one_of_each_stem(words)[:_TRIED]:
        proposal = _with_replaced(query[: last.end], {last: _as_printed(word, index)})
        match = index.search(proposal + " ")
        if match is not None and match.found.any() and not match.relaxed:
            found.append((-round(float(match.scores.max()), 3), proposal))
    return [proposal for _score, proposal in sorted(found)[:limit]]


def _correction(word: str, index: TextIndex) -> str | None:
    """One slip of the finger, else the second part of a compound, else a word that was written by ear."""
    vocabulary = index.vocabulary
    if vocabulary.number(word) is not None or is_function_word(word):
        return None
    if vocabulary.same_word(word) or vocabulary.beginning_with(word):
        return vocabulary.correction(word, distance=0)
    return (
        vocabulary.correction(word, distance=1) or _second_part(word, vocabulary) or _by_ear(word, vocabulary)
    )


def _second_part(word: str, vocabulary: Vocabulary) -> str | None:
    """What a compound is a kind of: "koktēlniecība" is "tēlniecība", "šefpavārs" is "pavārs"."""
    tails = (word[start:] for start in range(_SHORTEST_FIRST_PART, len(word) - _SHORTEST_SECOND_PART + 1))
    return next(filter(None, (vocabulary.correction(tail, distance=0) for tail in tails)), None)


def _by_ear(word: str, vocabulary: Vocabulary) -> str | None:
    """The nearest word; one that begins otherwise is another word, unless hardly anything else is different."""
    errors = _errors_forgiven(word)
    nearest = vocabulary.correction(word, distance=errors)
    if nearest is None or fold(nearest[0]) == fold(word[0]):
        return nearest
    return vocabulary.correction(word, distance=min(errors, len(word) // _LETTERS_OF_AN_ERROR))


def _errors_forgiven(word: str) -> int:
    return min(3, max(1, len(word) // 3))


def _one_of_each_stem(words: Sequence[str]) -> list[str]:
    """Of the forms of a word the one most like a dictionary's; words in the order given."""
    by_stem: dict[str, list[str]] = {}
    for word in words:
        by_stem.setdefault(stem(word), []).append(word)
    return [min(forms, key=unlike_a_dictionary) for forms in by_stem.values()]


def _as_printed(word: str, index: TextIndex) -> str:
    """The word as a text of the catalogue prints it: "AutoCAD", "Excel"; in lower case if any does so."""
    number = index.vocabulary.number(word)
    if number is None:
        return word
    places = dict.fromkeys(index.postings.programmes_with(number).tolist())
    printed = [
        form for place in list(places)[:_LOOKED_THROUGH] for form in _forms(word, index.programmes[place])
    ]
    return word if word in printed or not printed else printed[0]


def _forms(word: str, read: ReadProgramme) -> Iterator[str]:
    """How the word is printed; a capital that only begins a sentence says nothing."""
    for text in (*read.document.keywords, read.body, read.document.title):
        for token in tokens(text):
            if token.word == word:
                form = text[token.start : token.end]
                begins = token.start == 0 or _BEGINS_SENTENCE.search(text, 0, token.start) is not None
                if not begins or form != word.capitalize():
                    yield form


def _with_replaced(query: str, replacements: dict[Token, str]) -> str:
    for token in sorted(replacements, key=lambda token: token.start, reverse=True):
        query = query[: token.start] + replacements[token] + query[token.end :]
    return query
