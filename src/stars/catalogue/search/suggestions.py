"""What a reader may have meant, in the catalogue's own spelling.

"Vai domājāt…?", and proposals while typing.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from stars.catalogue.search.analysis import Token, stem, tokens
from stars.catalogue.search.parsing import is_function_word, parse
from stars.catalogue.search.snippets import body_of
from stars.catalogue.search.text_index import TextIndex
from stars.catalogue.search.types import ProgrammeDocument

_LONGEST_QUERY: Final = 300
_MOST_CONTINUATIONS: Final = 40
_TRIED: Final = 12
_LOOKED_THROUGH: Final = 5
_CONSONANTS: Final = frozenset("bcčdfgģhjkķlļmnņprstvz")


def did_you_mean(query: str, index: TextIndex, documents: Sequence[ProgrammeDocument]) -> str | None:
    """The query with its unknown words corrected; None if that would find no programme with all words."""
    query = query[:_LONGEST_QUERY]
    better = {token: _correction(token.word, index) for token in tokens(query)}
    corrected = _with_replaced(
        query, {token: _as_printed(word, index, documents) for token, word in better.items() if word}
    )
    if corrected == query:
        return None
    match = index.search(corrected)
    return corrected if match is not None and match.found.any() and not match.relaxed else None


def completed(query: str, index: TextIndex, documents: Sequence[ProgrammeDocument], limit: int) -> list[str]:
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
        proposal = _with_replaced(query[: last.end], {last: _as_printed(word, index, documents)})
        match = index.search(proposal + " ")
        if match is not None and match.found.any() and not match.relaxed:
            found.append((-round(float(match.scores.max()), 3), proposal))
    return [proposal for _score, proposal in sorted(found)[:limit]]


def _correction(word: str, index: TextIndex) -> str | None:
    vocabulary = index.vocabulary
    if vocabulary.number(word) is not None or is_function_word(word):
        return None
    known = vocabulary.same_word(word) or vocabulary.beginning_with(word)
    return vocabulary.correction(word, distance=0 if known else _errors_forgiven(word))


def _errors_forgiven(word: str) -> int:
    return min(3, max(1, len(word) // 3))


def _one_of_each_stem(words: Sequence[str]) -> list[str]:
    """Of the forms of a word the one most like a dictionary's; words in the order given."""
    by_stem: dict[str, list[str]] = {}
    for word in words:
        by_stem.setdefault(stem(word), []).append(word)
    return [min(forms, key=_unlike_a_dictionary) for forms in by_stem.values()]


def _unlike_a_dictionary(word: str) -> int:
    if word.endswith("š") or word[-2:] in ("is", "us") or (word[-1] == "s" and word[-2:-1] in _CONSONANTS):
        return 0
    return 1 if word[-1] in "ae" else 2


def _as_printed(word: str, index: TextIndex, documents: Sequence[ProgrammeDocument]) -> str:
    """The word as the catalogue prints it.

    In lower case if it does so anywhere near, else "Excel", "AutoCAD".
    """
    number = index.vocabulary.number(word)
    if number is None:
        return word
    places = dict.fromkeys(index.postings.programmes_with(number).tolist())
    printed = [form for place in list(places)[:_LOOKED_THROUGH] for form in _forms(word, documents[place])]
    return word if word in printed or not printed else printed[0]


def _forms(word: str, document: ProgrammeDocument) -> Iterator[str]:
    for text in (*document.keywords, *document.qualification_names, body_of(document), document.title):
        for token in tokens(text):
            if token.word == word:
                yield text[token.start : token.end]


def _with_replaced(query: str, replacements: dict[Token, str]) -> str:
    for token in sorted(replacements, key=lambda token: token.start, reverse=True):
        query = query[: token.start] + replacements[token] + query[token.end :]
    return query
