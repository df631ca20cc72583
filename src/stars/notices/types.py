"""A notice as it is declared."""

from dataclasses import dataclass

from django.utils.functional import Promise

from stars.notices.enums import ALWAYS, Category


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of notice: its code, its category, and what it tells in words."""

    code: str
    category: Category
    words: str | Promise

    @property
    def is_always_sent(self) -> bool:
        """True when nobody can decline it."""
        return self.category in ALWAYS
