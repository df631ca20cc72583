"""What a result shows of a text: the words that were searched for, marked in the original. Never HTML."""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final
from unicodedata import normalize

from stars.catalogue.search.analysis import HYPHENS, Token, token_at
from stars.catalogue.search.types import Segment

_ELLIPSIS: Final = "…"
_LENGTH: Final = 220
_LEAD: Final = 70  # how much may stand before the first marked word
_MOST_CANDIDATES: Final = 40
_LIST_MARK = re.compile(r"^\s*(?:[-*•–]|#+|\d+[.)])\s+")
_MAY_GO_ON: Final = frozenset("+#.,-")  # "c++", "1.1", "e-pasts"
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")


def marked(text: str, words: Collection[str]) -> tuple[Segment, ...]:
    """The whole text in segments.

    The words given (lower case, as they stand in the catalogue) are matches.
    """
    text = normalize("NFC", text)
    return tuple(_segments(text, 0, len(text), _matching(text, words)))


def excerpt(text: str, words: Collection[str]) -> tuple[Segment, ...]:
    """About 220 characters around the most different matches, cut between words; nothing if none matches."""
    matching = _matching(text, words)
    if not matching:
        return ()
    start = _start(text, _densest(matching))
    end = _end(text, start)
    inside = [token for token in matching if token.start >= start and token.end <= end]
    before = [Segment(_ELLIPSIS, False)] if start else []
    after = [Segment(_ELLIPSIS, False)] if end < len(text) else []
    return _joined([*before, *_segments(text, start, end, inside), *after])


def running_text(summary: str, contents: str, outcomes: str) -> str:
    """Summary, contents and outcomes as one line: lists lose their marks and are joined by semicolons."""
    whole = []
    for line in f"{summary}\n{contents}\n{outcomes}".splitlines():
        bare = line.strip()
        # Most lines begin with a letter, and so with no mark of a list.
        if bare and not bare[0].isalpha():
            bare = _LIST_MARK.sub("", line).strip()
        if bare:
            whole.append(bare if bare[-1] in ".!?;:," else f"{bare};")
    return normalize("NFC", " ".join(" ".join(whole).split()).removesuffix(";"))


def _matching(text: str, words: Collection[str]) -> list[Token]:
    """The places of the words in the text, each a whole word or the first part of a hyphenated one."""
    if not words:
        return []
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters of other languages grow when lowered: "İ"
        lowered = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    found: list[Token] = []
    for word in words:
        start = lowered.find(word)
        while start >= 0:
            end = start + len(word)
            if _stands_alone(lowered, start, end):
                found.append(Token(word, start, end))
            start = lowered.find(word, end)
    return found if len(found) <= 1 else _apart(found)


def _apart(found: list[Token]) -> list[Token]:
    """In the order of the text, none within another: of "e-pasts" and "pasts" in it the longer."""
    found.sort(key=lambda token: (token.start, -token.end))
    apart = found[:1]
    for token in found[1:]:
        if token.start >= apart[-1].end:
            apart.append(token)
    return apart


def _stands_alone(lowered: str, start: int, end: int) -> bool:
    if start and lowered[start - 1].isalnum():
        return False
    after = lowered[end : end + 1]
    if after.isascii() and not after.isalnum() and after not in _MAY_GO_ON:
        return True
    found = token_at(lowered, start)
    return found is not None and (found.end == end or (found.end > end and after in HYPHENS))


def _densest(matching: Sequence[Token]) -> Token:
    """The match from which a window shows the most different matches; the first of equals."""
    best, most = matching[0], 0
    for first in range(min(len(matching), _MOST_CANDIDATES)):
        limit = matching[first].start + _LENGTH - _LEAD
        different = len(
            {token.word for token in matching[first : first + _MOST_CANDIDATES] if token.end <= limit}
        )
        if different > most:
            best, most = matching[first], different
    return best


def _start(text: str, first: Token) -> int:
    """Where to begin: at the sentence of the match if it begins near, else a few words before."""
    if first.start <= _LEAD:
        return 0
    near = text[first.start - _LEAD : first.start]
    sentences = [match.end() for match in _SENTENCE.finditer(near)]
    space = near.find(" ") + 1
    return (
        first.start - _LEAD + (sentences[-1] if sentences else space) if sentences or space else first.start
    )


def _end(text: str, start: int) -> int:
    if len(text) - start <= _LENGTH:
        return len(text)
    space = text.rfind(" ", start + _LENGTH // 2, start + _LENGTH)
    return space if space > 0 else start + _LENGTH


def _segments(text: str, start: int, end: int, matching: Iterable[Token]) -> list[Segment]:
    segments: list[Segment] = []
    position = start
    for token in matching:
        if token.start > position:
            segments.append(Segment(text[position : token.start], False))
        segments.append(Segment(text[token.start : token.end], True))
        position = token.end
    if position < end:
        segments.append(Segment(text[position:end], False))
    return segments


def _joined(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """Neighbours of the same kind as one."""
    joined: list[Segment] = []
    for segment in segments:
        if joined and joined[-1].is_match == segment.is_match:
            joined[-1] = Segment(joined[-1].text + segment.text, segment.is_match)
        else:
            joined.append(segment)
    return tuple(joined)
