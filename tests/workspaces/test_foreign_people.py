"""Every closed address, asked for by everybody whose affair it is not: nothing is told and nothing is done.

The addresses are those of the platform itself, so that a page of tomorrow is asked for too.
"""

from collections.abc import Callable
from http import HTTPStatus

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.factories import PersonFactory
from tests.workspaces.estate import (
    BEYOND_ANY_COLUMN,
    EMAIL,
    FAMILY_NAME,
    PHONE,
    Estate,
    closed_routes,
    filled,
    make_estate,
    parts_of,
)
from tests.world import make_staff

from stars.actors.actor import Actor
from stars.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
PLACES = ("profils/", "iestade/", "agentura/", "darbs/")
REFUSED = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.GONE}
# Parts of addresses that name nobody's property: lists, forms and kinds of files.
SHARED = {"kind", "form", "instrument", "scheme", "slug", "step", "act", "page", "version"}
# What anybody in the role may name: a published programme to apply for.
OPEN_TO_THE_ROLE = {"profils/pieteikties/<int:programme_id>/", "profils/izlase/pievienot/<int:programme_id>/"}
# The role that is not a stranger's everywhere: in which place it works, and what it is kept from there.
STRANGERS = {
    "citizen": ("profils/", "darbs/"),
    "institution-officer": ("iestade/", "darbs/"),
    "institution-admin": ("iestade/", "darbs/"),
    "agency-officer": ("agentura/", "darbs/"),
    "ministry-officer": ("agentura/", "darbs/"),
    "ministry-admin": ("agentura/", "darbs/"),
}
Signed = Callable[..., Client]


@pytest.fixture
def estate(catalogue_lists: None) -> Estate:
    return make_estate()


@pytest.fixture
def browser_of(signed_in: Signed, at_work: Callable[[Actor], Client]) -> Callable[[str], Client]:
    """A stranger's browser."""

    def browser(who: str) -> Client:
        kind, _, role = who.partition("-")
        if kind == "citizen":
            return signed_in(PersonFactory())
        place = {"institution": "cita-iestade"}.get(kind, kind)
        return at_work(make_staff(9, kind, role=role, organisation=place))

    return browser


def told(answer: HttpResponse) -> list[str]:
    """What of the owner stands in an answer."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = body.decode(errors="replace")
    return [mark for mark in (FAMILY_NAME, EMAIL, PHONE, PHONE.removeprefix("+371")) if mark in text]


def is_somebodys(route: str) -> bool:
    return route not in OPEN_TO_THE_ROLE and bool(parts_of(route).keys() - SHARED)


def test_who_is_not_signed_in_is_sent_to_sign_in(estate: Estate, client: Client) -> None:
    for route in closed_routes(*PLACES):
        for ask in (client.get, client.post):
            answer = ask(estate.address(route))
            assert (answer.status_code, answer["Location"].startswith("/provider/login")) == (302, True), (
                route
            )


@pytest.mark.parametrize("who", STRANGERS)
def test_strangers_are_told_nothing_and_do_nothing(
    estate: Estate, browser_of: Callable[[str], Client], who: str
) -> None:
    browser, own = browser_of(who), STRANGERS[who]
    faults: list[tuple[object, ...]] = []
    for route in closed_routes(*PLACES):
        if is_shared_with(who, route):
            continue
        address = estate.address(route)
        for ask in (browser.get, browser.post):
            data = {"p": [str(estate.application.public_id)]} if route.startswith("iestade/") else {}
            answer = ask(address, data)
            is_open = route.startswith(own) and not is_somebodys(route)
            done = [] if is_open else done_by(answer)
            if done or told(answer) or not (is_open or answer.status_code in REFUSED):
                faults.append((ask.__name__, route, answer.status_code, told(answer), done))
    assert faults == []


def is_shared_with(who: str, route: str) -> bool:
    """The agency's officers work on everything under their own address."""
    return who == "agency-officer" and route.startswith("agentura/")


def done_by(answer: HttpResponse) -> list[str]:
    """What the request did, by its number; that it was refused is no deed."""
    events = AuditEvent.objects.filter(request_id=answer["X-Request-ID"]).values_list("kind", flat=True)
    return [kind for kind in events if "refused" not in kind and "foreign" not in kind]


@pytest.mark.parametrize("place", ["profils/", "iestade/", "agentura/", "darbs/"])
def test_numbers_beyond_any_column_are_not_found(
    estate: Estate, signed_in: Signed, at_work: Callable[[Actor], Client], place: str
) -> None:
    """An invented number is a 404, not a fault of ours."""
    browser = {
        "profils/": lambda: signed_in(estate.owner),
        "iestade/": lambda: at_work(estate.officer),
        "agentura/": lambda: at_work(make_staff(5, "agency", role="admin")),
        "darbs/": lambda: at_work(estate.admin),
    }[place]()
    for route in closed_routes(place):
        numbers = [name for name, kind in parts_of(route).items() if kind == "int"]
        for name in numbers:
            known = max((key for key in estate.values if route.startswith(key)), key=len)
            values = estate.values[""] | estate.values[known] | {name: BEYOND_ANY_COLUMN}
            for ask in (browser.get, browser.post):
                assert ask(filled(route, values)).status_code in REFUSED | {302}, (route, name)


@pytest.mark.parametrize("who", ["institution", "agency"])
def test_staff_see_nobody_without_a_record(
    estate: Estate, at_work: Callable[[Actor], Client], who: str
) -> None:
    """Each answer in which a person stands has an event of the same request."""
    place, actor = {
        "institution": ("iestade/", estate.officer),
        "agency": ("agentura/", make_staff(6, "agency", role="admin")),
    }[who]
    browser = at_work(actor)
    seen, unrecorded = 0, []
    for route in closed_routes(place):
        for ask in (browser.get, browser.post):
            data = {"p": [str(estate.application.public_id)], "statuss": "visi", "cilne": "uznemti"}
            answer = ask(estate.address(route), data)
            if told(answer):
                seen += 1
                if not AuditEvent.objects.filter(request_id=answer["X-Request-ID"]).exists():
                    unrecorded.append((ask.__name__, route, answer.status_code))
    assert unrecorded == []
    assert seen >= {"institution": 5, "agency": 10}[who]
