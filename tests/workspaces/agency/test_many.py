"""Many decisions at once: whom they concern, what each will read, and only then the deciding."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from tests.applications.deciding import answered, ministry_officer, submitted
from tests.world import make_person

from stars.actors.actor import SYSTEM, Actor
from stars.applications.enums import Status
from stars.applications.models import Application
from stars.audit.models import AuditEvent
from stars.funding.operations import set_budget
from stars.funding.queries import budget_of
from stars.notices.models import Delivery
from stars.people.models import Person
from stars.ui.templatetags.ui import money

Filled = Callable[..., Application]
pytestmark = pytest.mark.django_db
QUEUE = "/agentura/pieteikumi/"


@pytest.fixture
def waiting(filled: Filled, person: Person) -> Application:
    """Submitted under MN."""
    return submitted(filled, person)


def send(desk: Client, applications: list[Application], **typed: object) -> tuple[int, str]:
    data = {"p": [str(each.public_id) for each in applications], "action": "confirm", **typed}
    answer = desk.post(f"{QUEUE}lemt/", data)
    return answer.status_code, answer.content.decode()


def test_messages_first_then_done_in_order(desk: Client, filled: Filled, officer: Actor) -> None:
    both = [submitted(filled, make_person(number)) for number in (1, 2)]
    before = Delivery.objects.count()
    status, page = send(desk, both[::-1])
    assert status == 200
    event = AuditEvent.objects.get(kind="applications.listed")
    assert (event.actor_id, event.details) == (officer.person_id, {"ids": [each.pk for each in both]})
    assert "Pieteikums apstiprināts" in page
    assert Delivery.objects.count() == before
    _, page = send(desk, both, done="1", **{"confirm-note": ""})
    assert "Pieņemti lēmumi par 2 pieteikumiem" in page
    assert set(Application.objects.values_list("status", flat=True)) == {Status.ELIGIBLE}


def test_in_order_until_the_money_ends(desk: Client, filled: Filled) -> None:
    waiting = [submitted(filled, make_person(number)) for number in (1, 2, 3)]
    set_budget(waiting[0].round, 50_000, by=SYSTEM)
    _, page = send(desk, waiting[::-1], done="1", **{"confirm-note": ""})
    assert "nav mēģināts" in page
    found = list(Application.objects.order_by("submitted_at").values_list("status", flat=True))
    assert found == [Status.ELIGIBLE, Status.SUBMITTED, Status.SUBMITTED]
    assert budget_of(waiting[0].round_id).committed_cents == 36_000


def test_refusing_owes_a_reason_and_keeps_what_was_typed(desk: Client, waiting: Application) -> None:
    status, page = send(desk, [waiting], action="refuse", done="1", **{"refuse-note": "Skaidrojums"})
    assert status == 422
    assert "Skaidrojums" in page
    waiting.refresh_from_db()
    assert waiting.status == Status.SUBMITTED


def test_nothing_chosen_nonsense_and_too_many(desk: Client, waiting: Application) -> None:
    for chosen in ([], ["nav", "'"], [str(uuid4()) for _ in range(101)]):
        answer = desk.post(f"{QUEUE}lemt/", {"p": chosen, "action": "confirm"})
        assert answer.url == QUEUE
    assert desk.get(f"{QUEUE}lemt/").url == QUEUE


def test_other_sources_are_left_out(waiting: Application, at_work) -> None:
    other = at_work(ministry_officer())
    _, page = send(other, [waiting], done="1", **{"confirm-note": ""})
    assert waiting.number not in page
    waiting.refresh_from_db()
    assert waiting.status == Status.SUBMITTED


def test_a_stale_page_decides_nothing_twice(desk: Client, waiting: Application) -> None:
    for _ in range(2):
        _, page = send(desk, [waiting], done="1", **{"confirm-note": ""})
    assert "pa šo laiku" in page
    assert waiting.decisions.count() == 1


def test_a_refusal_is_shown_with_its_reasons_before_anything_is_decided(
    desk: Client, waiting: Application
) -> None:
    _, page = send(desk, [waiting], action="refuse")
    assert 'name="done"' not in page
    typed = {"refuse-reasons": ["age"], "refuse-note": "Trūkst gadu"}
    # Whoever sends it without having seen the messages sees them first.
    _, page = send(desk, [waiting], action="refuse", done="1", **typed)
    assert page.count("Trūkst gadu") == 2
    assert "Nav izpildīts vecuma nosacījums" in page.split("<table", 1)[1]
    seen = seen_in(page)
    # Other words than those that were shown are shown too.
    _, page = send(desk, [waiting], action="refuse", done="1", seen=seen, **typed | {"refuse-note": "Cits"})
    assert seen_in(page) != seen
    waiting.refresh_from_db()
    assert waiting.status == Status.SUBMITTED
    assert not Delivery.objects.filter(kind="application.refuse").exists()
    _, page = send(desk, [waiting], action="refuse", done="1", seen=seen, **typed)
    assert "Pieņemts lēmums par 1 pieteikumu" in page
    waiting.refresh_from_db()
    assert waiting.status == Status.REFUSED


def test_who_it_concerns_and_what_it_costs_stand_before_confirming(desk: Client, filled: Filled) -> None:
    waiting = [submitted(filled, make_person(number)) for number in (1, 2)]
    answered(waiting[1], tax="no")
    set_budget(waiting[0].round, 50_000, by=SYSTEM)
    _, page = send(desk, waiting)
    code = waiting[0].applicant.identifiers.get().value
    assert f"{code[:6]}-{code[6]}****" in page
    assert money(72_000) in page
    assert money(50_000) in page
    assert "Naudas visiem nepietiek" in page
    assert page.count("bez piezīmes tas paliek rindā") == 1


def test_only_reasons_that_fit_all_are_offered(desk: Client, waiting: Application, filled: Filled) -> None:
    other = submitted(filled, make_person(8), "IMK")
    alone, both = (send(desk, some, action="refuse")[1] for some in ([waiting], [waiting, other]))
    assert 'value="employment"' in alone
    assert 'value="employment"' not in both
    assert 'value="conditions"' in both


def test_more_rows_cost_no_more_questions_to_preview(desk: Client, filled: Filled, query_counter) -> None:
    waiting = [submitted(filled, make_person(number)) for number in range(1, 9)]
    send(desk, waiting[:1])
    counts = []
    for some in (waiting[:1], waiting):
        with query_counter() as asked:
            send(desk, some)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_whoever_decides_on_many_comes_back_to_the_queue_from_which_they_chose(
    desk: Client, filled: Filled
) -> None:
    both = [submitted(filled, make_person(number)) for number in (1, 2)]
    query = "avots=MN&rindas=100"
    data = {"p": [str(each.public_id) for each in both], "action": "confirm"}
    listed = desk.get(f"{QUEUE}?{query}").content.decode()
    assert f'action="{QUEUE}lemt/?avots=MN&amp;rindas=100"' in listed

    preview = desk.post(f"{QUEUE}lemt/?{query}", data)
    assert f'action="{QUEUE}lemt/?avots=MN&amp;rindas=100"' in preview.content.decode()
    done = desk.post(f"{QUEUE}lemt/?{query}", data | {"done": "1"})
    assert preview.context["queue_url"] == done.context["queue_url"] == f"{QUEUE}?{query}"
    assert desk.post(f"{QUEUE}lemt/?{query}", {"action": "confirm"}).url == f"{QUEUE}?{query}"
    assert desk.post(f"{QUEUE}lemt/", {"action": "confirm"}).url == QUEUE


def test_as_many_as_can_be_decided_at_once_stand_on_one_page(desk: Client, filled: Filled) -> None:
    several = [submitted(filled, make_person(number)) for number in range(1, 33)]
    assert len(desk.get(QUEUE).context["rows"]) == 30
    page = desk.get(f"{QUEUE}?rindas=100").context
    assert [row["application"] for row in page["rows"]] == several
    assert page["filters"].is_used is False
    assert len(desk.get(f"{QUEUE}?rindas=5000").context["rows"]) == 30


def seen_in(page: str) -> str:
    """What the page says was shown."""
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found
    return found[1]
