"""Taking a test: how many answers are saved in a second, and what saving one asks of the database.

People who have begun the test of digital skills send one answer after the other, as the page's script does, all of them
at the same time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.figures import Figure
from benchmarks.load import HOST
from benchmarks.opening.crowd import post, rush
from benchmarks.residents import registered, sessions_of
from benchmarks.site import Site
from stars.assessments import operations
from stars.assessments.enums import Instrument
from stars.assessments.forms import PREFIX
from stars.assessments.models import Answer, Attempt
from stars.people import operations as people

PEOPLE: Final = 120
_ANSWERS: Final = 40
_WARM: Final = 100
# Beyond the numbers of every other measurement.
_FIRST: Final = 100_000
_HIGHEST: Final = 3
_MOST_QUERIES: Final = 6
# History puts its words before a statement, a savepoint's too, so that it need not begin with it.
_OF_TRANSACTIONS: Final = ("SAVEPOINT", "BEGIN", "COMMIT")


@dataclass(frozen=True, slots=True)
class Saving:
    """One answer on its way: where it goes, whose it is, and what it says."""

    path: str
    session: str
    field: str
    value: str


def measure(running: Site) -> list[Figure]:
    """Everybody answers; then whether all of it is there, and how many questions one answer asks."""
    savings = make_ready(PEOPLE, _ANSWERS)
    prepared = [post(each.path, each.session, **{each.field: each.value}) for each in savings]
    rush(running.port, prepared[:_WARM], connections=8, expecting=b"204")
    served = rush(running.port, prepared, expecting=b"204")
    return [
        Figure("taking a test: answers saved", served.rate, "/s", digits=0),
        Figure("  95 % are answered within", 1000 * served.slower_than_all_but(5), "ms", digits=0),
        Figure("  answers lost", lost(savings), "", 0, digits=0),
        Figure("  queries for one answer", queries_of(savings[0]), "", _MOST_QUERIES, digits=0),
    ]


def make_ready(count: int, answers: int) -> list[Saving]:
    """So many people with a test begun, and what each sends for its first questions: one question of all, then the next."""
    persons = registered(range(_FIRST, _FIRST + count))
    attempts = [operations.start(Instrument.DIGITAL_SKILLS, by=people.actor_of(person)) for person in persons]
    begun = list(zip(attempts, sessions_of(persons), strict=True))
    return [
        Saving(
            f"/profils/testi/{attempt.public_id}/glabat/",
            session,
            f"{PREFIX}{attempt.asked[place]}",
            str(place % (_HIGHEST + 1)),
        )
        for place in range(min(answers, len(attempts[0].asked)))
        for attempt, session in begun
    ]


def lost(savings: Sequence[Saving]) -> int:
    """How many of the answers were not kept as they were sent."""
    sent = {(each.path, each.field): each.value for each in savings}
    addresses = dict(Attempt.objects.values_list("pk", "public_id"))
    kept = {
        (f"/profils/testi/{addresses[attempt]}/glabat/", f"{PREFIX}{item}"): str(value)
        for attempt, item, value in Answer.objects.values_list("attempt_id", "item_id", "value")
    }
    return sum(kept.get(key) != value for key, value in sent.items())


def queries_of(saving: Saving) -> int:
    """How many questions one answer asks of the database, the session and the person among them."""
    browser = Client(headers={"host": HOST})
    browser.cookies["sessionid"] = saving.session
    with CaptureQueriesContext(connection) as asked:
        answer = browser.post(saving.path, {saving.field: saving.value})
    if answer.status_code != HTTPStatus.NO_CONTENT:
        raise RuntimeError(f"{saving.path} answered {answer.status_code}")
    said = [query["sql"] for query in asked.captured_queries]
    return sum(not any(word in sql for word in _OF_TRANSACTIONS) for sql in said)
