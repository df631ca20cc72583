"""No page runs more than twelve statements, whatever the number of rows."""

import pytest
from django.urls import reverse

from stars.people.models import Person

pytestmark = pytest.mark.django_db

MOST = 12
TEXTS = ("terms", "privacy", "help", "accessibility", "contacts", "signed-out")
OWN = (
    "citizen:home",
    "citizen:profile",
    "citizen:programmes",
    "citizen:favourites",
    "citizen:history",
    "citizen:notices",
    "citizen:tests",
)


@pytest.mark.parametrize("name", TEXTS)
def test_texts_for_visitors_need_none(client, query_counter, name: str) -> None:
    with query_counter() as queries:
        assert client.get(reverse(f"public:{name}")).status_code == 200
    assert len(queries) == 0


@pytest.mark.parametrize("name", TEXTS)
def test_texts_for_the_signed_in_need_session_and_person(tab, query_counter, name: str) -> None:
    tab.get(reverse(f"public:{name}"))
    with query_counter() as queries:
        assert tab.get(reverse(f"public:{name}")).status_code == 200
    assert len(queries) == 2


@pytest.mark.parametrize("name", OWN)
def test_pages_of_the_profile(tab, query_counter, name: str) -> None:
    # Asked once: whether the texts are accepted (the session remembers), catalogue and lists (the process does).
    tab.get(reverse(name))
    with query_counter() as queries:
        assert tab.get(reverse(name)).status_code == 200
    assert len(queries) <= MOST, queries.statements


def test_the_history_of_a_profile_costs_the_same_with_many_changes(tab, citizen, query_counter) -> None:
    tab.get("/profils/mans-profils/")
    counts = []
    for changes in (1, 40):
        for number in range(changes):
            Person.objects.filter(pk=citizen.pk).update(phone=f"+371200{changes:02d}{number:03d}")
        with query_counter() as queries:
            page = tab.get("/profils/mans-profils/")
        counts.append(len(queries))
        assert page.status_code == 200
    assert counts[0] == counts[1] <= MOST
    assert len(page.context["changes"]) == 30


def test_coming_back_from_the_national_sign_in(traveller, query_counter) -> None:
    callback = traveller.chosen("citizen")
    with query_counter() as queries:
        assert traveller.client.get(callback).status_code == 302
    # A person is made once; every later sign-in only finds them.
    first = len(queries)
    again = traveller.chosen("citizen")
    with query_counter() as queries:
        traveller.client.get(again)
    assert len(queries) <= first <= 20


@pytest.mark.parametrize("stage", ["newcomer", "consenting"])
def test_the_first_pages(request, signed_in, query_counter, stage: str) -> None:
    address = {"newcomer": "/piekrisana/", "consenting": "/profils/registracija/"}[stage]
    browser = signed_in(request.getfixturevalue(stage))
    with query_counter() as queries:
        assert browser.get(address).status_code == 200
    assert len(queries) <= MOST, queries.statements


@pytest.mark.parametrize("count", [1, 5])
def test_saving_the_profile(tab, typed, query_counter, count: int) -> None:
    for number in range(count):
        with query_counter() as queries:
            answer = tab.post("/profils/mans-profils/", typed | {"education": f"edu-0{number + 1}"})
            assert answer.status_code == 302
        assert len(queries) <= 20, queries.statements
