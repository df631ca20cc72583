"""A notice as it is declared."""

from dataclasses import dataclass

from django.utils.functional import Promise

from stars.notices.enums import ALWAYS, Category


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of notice: its code, its category, what it tells in words, and whether it is for staff only."""

    code: str
    category: Category
    words: str | Promise
    for_staff: bool = False

    @property
    def is_always_sent(self) -> bool:
        """True when nobody can decline it."""
        return self.category in ALWAYS
