"""What an officer had typed when the session ended stands in its form again after the sign-in, and nothing is done."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.applications.deciding import Filled, submitted
from tests.world import World, make_person

from stars.applications.enums import Status
from stars.applications.models import Application
from stars.funding.models import SchemeRules
from stars.people.models import FormDraft, Person

pytestmark = pytest.mark.django_db
QUEUE = "/agentura/pieteikumi/"
NOTE = "Izziņa no darba devēja ir par citu laiku."


@pytest.fixture
def waiting(filled: Filled, person: Person) -> Application:
    """Submitted under MN."""
    return submitted(filled, person)


@pytest.mark.parametrize(
    ("step", "typed"),
    [
        ("apstiprinat/", {"confirm-note": NOTE}),
        ("atteikt/", {"refuse-reasons": ["employment"], "refuse-note": NOTE}),
        ("atteikt/", {"refuse-note": NOTE}),
        (
            "atpakal/",
            {
                "return-fields_open": ["occupation"],
                "return-reasons": ["incomplete"],
                "return-note": NOTE,
            },
        ),
    ],
)
def test_a_decision_that_was_not_sent_is_found_in_its_form(
    waiting: Application, come_back: Callable[..., tuple[Client, str]], step: str, typed: dict[str, object]
) -> None:
    address = f"{QUEUE}{waiting.public_id}/{step}"
    desk, page = come_back(address, typed)
    answer = desk.get(page)
    shown = answer.content.decode()
    assert (answer.status_code, shown.count(NOTE)) == (200, 1)
    assert "Nekas nav izlemts" in shown
    assert "Kļūda:" not in shown
    assert shown.count(" checked") == sum(isinstance(value, list) for value in typed.values())
    assert shown.count("<details open>") == (step != "apstiprinat/")
    waiting.refresh_from_db()
    assert waiting.status == Status.SUBMITTED

    whole = typed | ({"refuse-reasons": ["employment"]} if step == "atteikt/" else {})
    assert desk.post(address, whole).status_code == 302
    assert not FormDraft.objects.exists()


def test_a_decision_that_somebody_else_took_meanwhile_is_not_offered_again(
    waiting: Application, come_back: Callable[..., tuple[Client, str]]
) -> None:
    desk, page = come_back(f"{QUEUE}{waiting.public_id}/atteikt/", {"refuse-note": NOTE})
    desk.post(f"{QUEUE}{waiting.public_id}/apstiprinat/", {"confirm-note": ""})
    assert desk.get(page).url == f"{QUEUE}{waiting.public_id}/"


def test_many_that_were_chosen_are_shown_once_more(
    filled: Filled, come_back: Callable[..., tuple[Client, str]]
) -> None:
    both = [submitted(filled, make_person(number)) for number in (1, 2)]
    ids = [str(each.public_id) for each in both]
    typed = {
        "p": ids,
        "action": "refuse",
        "refuse-reasons": ["employment"],
        "refuse-note": NOTE,
        "done": "1",
    }
    desk, page = come_back(f"{QUEUE}lemt/", typed)
    answer = desk.get(page)
    assert [row["application"] for row in answer.context["rows"]] == both
    assert answer.content.decode().count(NOTE) == 1
    assert set(Application.objects.values_list("status", flat=True)) == {Status.SUBMITTED}

    again = desk.post(page, typed)
    desk.post(page, typed | {"seen": again.context["seen"]})
    assert set(Application.objects.values_list("status", flat=True)) == {Status.REFUSED}
    assert not FormDraft.objects.exists()


def test_a_form_with_its_own_page_is_filled_in(
    world: World, come_back: Callable[..., tuple[Client, str]]
) -> None:
    address = "/agentura/noteikumi/mn/jauni/"
    desk, page = come_back(
        address, {"basis": NOTE, "minimum_age": "x21", "leaving_learning_interrupts": "on"}
    )
    form = desk.get(page).context["form"]
    assert (form["basis"].value(), form["minimum_age"].value()) == (NOTE, "x21")
    assert (form["leaving_learning_interrupts"].value(), form["leaving_admission_interrupts"].value()) == (
        True,
        False,
    )
    assert not form.errors
    assert not SchemeRules.objects.exists()


def test_what_is_locked_stays(world: World, come_back: Callable[..., tuple[Client, str]]) -> None:
    desk, page = come_back(f"/agentura/kartas/{world.rounds['MN'].pk}/labot/", {"name": "Trešā kārta"})
    before = desk.get("/agentura/kartas/jauna/").context["form"]
    form = desk.get(page).context["form"]
    assert form["name"].value() == "Trešā kārta"
    assert (form["scheme"].value(), before["scheme"].value()) != (None, None)
    assert "MN" in str(form["scheme"])


def test_what_was_sent_is_forgotten(come_back: Callable[..., tuple[Client, str]]) -> None:
    typed = {"level_2_from": "31", "level_3_from": "62", "valid_days": "300"}
    desk, page = come_back("/agentura/testi/level/robezas/jaunas/", typed)
    form = desk.get(page).context["form"]
    assert {name: form[name].value() for name in form.fields} == typed
    assert desk.post(page, typed | {"valid_days": ""}).status_code == 422
    assert FormDraft.objects.count() == 1
    assert desk.post(page, typed).status_code == 302
    assert not FormDraft.objects.exists()
