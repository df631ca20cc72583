"""Plain values about learning."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRow:
    """A row of the table of outcomes: hours alone, or with the document by which learning was completed.

    `row` is its number in the file, `application` the application's number.
    """

    row: int
    application: str
    hours: int | None = None
    document_number: str = ""
    document_on: date | None = None
    grade: int | None = None
    passed: bool | None = None

    @property
    def is_completed(self) -> bool:
        """Whether the row names a document."""
        return bool(self.document_number)
