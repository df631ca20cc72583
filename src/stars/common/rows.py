"""How the jobs go through many rows: one that fails holds up nobody else, and is not passed over in silence.

A failure is logged by its kind, the row's key and the lines of code: what an error says of itself may hold what people
typed. The job fails at its end, so operators see it, and the next run tries the rows again.
"""

import logging
from collections.abc import Callable, Iterable
from traceback import format_tb
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Model

Row = TypeVar("Row")

_LOG = logging.getLogger(__name__)


class RowsFailed(Exception):
    """Some rows could not be done, all others are."""

    def __init__(self, failed: int) -> None:
        super().__init__(f"{failed} failed, everything else is done")
        self.failed = failed


def each(rows: Iterable[Row], do: Callable[[Row], int | None]) -> int:
    """Do it with each row in a transaction of its own; the sum of what it returns.

    A row is a model's, or a tuple that begins with one. Raises `RowsFailed` after the last row when some failed, and
    at once what the database says when it is gone.
    """
    total = failed = 0
    for row in rows:
        try:
            with transaction.atomic():
                total += do(row) or 0
        except Exception as error:
            _must_go_on(error)
            _note(error, _name_of(row))
            failed += 1
    if failed:
        raise RowsFailed(failed)
    return total


def all_of(steps: Iterable[Callable[[], object]]) -> None:
    """Take each step, whatever became of those before; a step has its own transactions.

    Raises `RowsFailed` after the last one when some failed, and at once what the database says when it is gone.
    """
    failed = 0
    for step in steps:
        try:
            step()
        except RowsFailed as some:
            failed += some.failed
        except Exception as error:
            _must_go_on(error)
            _note(error, "a step")
            failed += 1
    if failed:
        raise RowsFailed(failed)


def _must_go_on(error: Exception) -> None:
    """Raise the error when no other row could be done either."""
    if isinstance(error, (InterfaceError, OperationalError)) and not connection.is_usable():
        raise error


def _note(error: Exception, what: str) -> None:
    _LOG.error("%s at %s\n%s", type(error).__name__, what, "".join(format_tb(error.__traceback__)))


def _name_of(row: object) -> str:
    first = row[0] if isinstance(row, tuple) else row
    return f"{first._meta.label} {first.pk}" if isinstance(first, Model) else type(first).__name__
