"""Looking changes nothing: a GET writes no table, but for what every look leaves behind."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.handlers.base import BaseHandler
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

_WRITE = re.compile(
    r'(?<!FOR )(?<!KEY )(?<!DO )\b(?:INSERT INTO|UPDATE|DELETE FROM|TRUNCATE(?: TABLE)?)\s+"?(\w+)"?'
    r"|\b(procrastinate_defer_\w+|nextval)\(",
    re.IGNORECASE,
)
_EVERYWHERE = {"django_session", "audit_auditevent"}
# The national sign-in comes back by a GET, and that is where persons are made and their names refreshed.
_BY_PATH = {"/provider/callback": {"people_person", "people_personidentifier"}}


def written(statement: str) -> set[str]:
    """The tables that a statement writes to."""
    return {found[1] or found[2] for found in _WRITE.finditer(statement)}


def is_reading(request: HttpRequest) -> bool:
    """Whether the request promises to change nothing."""
    return request.method in {"GET", "HEAD", "OPTIONS"}


@pytest.fixture(autouse=True)
def reading_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Fail the test at its end when a page was looked at and a table was written; live servers included."""
    answer = BaseHandler.get_response
    faults: list[str] = []

    def watched(self: BaseHandler, request: HttpRequest) -> HttpResponseBase:
        if not is_reading(request):
            return answer(self, request)
        allowed = _EVERYWHERE | _BY_PATH.get(request.path, set())

        def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
            if unexpected := written(sql) - allowed:
                faults.append(f"{request.method} {request.path} wrote {', '.join(sorted(unexpected))}: {sql}")
            return execute(sql, *rest)

        with connection.execute_wrapper(watch):
            return answer(self, request)

    monkeypatch.setattr(BaseHandler, "get_response", watched)
    yield faults
    assert faults == []
