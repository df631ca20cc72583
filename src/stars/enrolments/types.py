"""Plain values about learning."""

from dataclasses import dataclass
from datetime import date
from typing import Final

# The table of outcomes of a whole group is far smaller.
MAX_TABLE_BYTES: Final = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRow:
    """A row of the table of outcomes: hours alone, or with the document by which learning was completed, or with
    reason and day of an expulsion.

    `row` is its number in the file, `application` the application's number.
    """

    row: int
    application: str
    hours: int | None = None
    document_number: str = ""
    document_on: date | None = None
    grade: int | None = None
    passed: bool | None = None
    expulsion_reason: str = ""
    expelled_on: date | None = None

    @property
    def is_completed(self) -> bool:
        """Whether the row names a document."""
        return bool(self.document_number)

    @property
    def is_expelled(self) -> bool:
        """Whether the row names the reason of an expulsion."""
        return bool(self.expulsion_reason)
