"""Taking a test as its pages see it: plain values without tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from stars.assessments.enums import Scale

# About so many questions stand on a page (issue 4); pages of a test are as even as they can be.
PAGE_SIZE: Final = 7
# Each question of the level test has answers of its own to read: five of them are a phone's page long enough.
LEVEL_PAGE_SIZE: Final = 5


@dataclass(frozen=True, slots=True)
class Given:
    """An answer and when it was given; no value means "not clear to me"."""

    value: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """A statement or question as it is asked: its place in the test, its words, and in which language they are.

    `options` are the texts of a choice in the order in which they are numbered; the right one is not told.
    """

    key: int
    number: int
    text: str
    language: str
    scale: Scale
    options: tuple[str, ...] = ()
    given: Given | None = None


@dataclass(frozen=True)
class Paper:
    """What an attempt asks and what was answered so far, by the items' keys."""

    asked: tuple[int, ...]
    given: Mapping[int, Given]
    most_on_page: int = PAGE_SIZE

    @cached_property
    def size(self) -> int:
        """How many questions stand on a page; the last one may have fewer."""
        return -(-len(self.asked) // self.pages) if self.asked else self.most_on_page

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-len(self.asked) // self.most_on_page)

    @property
    def answered(self) -> int:
        """How many questions are answered, be it as not clear."""
        return sum(key in self.given for key in self.asked)

    def keys(self, page: int) -> tuple[int, ...]:
        """The questions of a page, counted from 1; none for a page that is not there."""
        return self.asked[max(0, page - 1) * self.size : page * self.size] if page > 0 else ()

    @property
    def page_to_go_on(self) -> int:
        """The page with the first unanswered question; the last page when nothing is left."""
        left = (place for place, key in enumerate(self.asked) if key not in self.given)
        place = next(left, None)
        return self.pages if place is None else place // self.size + 1
