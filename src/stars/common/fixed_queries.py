"""Queries whose SQL is composed once.

Django composes the text of a query anew each time it runs, which for a join of five tables takes longer than
PostgreSQL takes to answer. Where thousands ask the same in an hour, the text is kept and only the values are new.
Nothing of the answer is kept: every call asks the database.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from django.db import connections
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError

Row = TypeVar("Row")

# Examples for values whose own kind says nothing of what could stand for them: no key and no code is like this.
A_KEY: Final = -7_046_029_254_386_353
ANOTHER_KEY: Final = A_KEY - 1
A_CODE: Final = "\ue000"
A_UUID: Final = UUID(int=0xE000)


class FixedQuery(Generic[Row]):
    """A query in which only named values differ from one time to the next.

    In: `compose`, which builds the query from these values, and an example of each by which its places in the SQL are
    found: of the right type, and equal to nothing else that the query asks for. The SQL must not depend on the values,
    so none of them may be None or a list; related rows come by `select_related`.
    """

    def __init__(self, compose: Callable[..., QuerySet[Any, Row]], **examples: Any) -> None:
        self._compose, self._examples = compose, examples

    def __call__(self, **values: Any) -> list[Row]:
        """The rows for these values. Raises KeyError for a value that is not given."""
        rows, compiler, sql, params, places, converters = self._composed
        compiler = _twin(compiler)
        compiler.connection = connections[rows.db]
        if rows.query.select_for_update and compiler.connection.get_autocommit():
            raise TransactionManagementError("select_for_update cannot be used outside of a transaction.")
        asked = list(params)
        for position, name, kind in places:
            value = values[name]
            asked[position] = value if isinstance(value, kind) else kind(value)
        query = _twin(rows.query)
        compiler.as_sql = lambda: (sql, tuple(asked))
        compiler.get_converters = lambda _: converters
        query.get_compiler = lambda *_, **__: compiler
        answer = rows.__class__(rows.model, query, rows.db)
        answer._iterable_class, answer._fields = rows._iterable_class, rows._fields
        return list(answer)

    @cached_property
    def _composed(self) -> tuple[Any, Any, str, list[Any], list[tuple[int, str, type]], dict[int, Any]]:
        """The query, its compiler with what it knows of the columns, the SQL, its parameters, which of them are whose,
        and how the columns become Python's values."""
        rows: Any = self._compose(**self._examples)
        compiler = rows.query.get_compiler(using=rows.db)
        sql, params = compiler.as_sql()
        places = [
            (position, name, type(param))
            for position, param in enumerate(params)
            for name, example in self._examples.items()
            if param == example
        ]
        if {name for _, name, _ in places} != set(self._examples):
            raise AssertionError("an example does not stand in the SQL")
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        return rows, compiler, sql, list(params), places, converters


def _twin(original: Any) -> Any:
    """A shallow copy, as `copy.copy` makes it, without asking the object how."""
    twin = object.__new__(type(original))
    twin.__dict__.update(original.__dict__)
    return twin
