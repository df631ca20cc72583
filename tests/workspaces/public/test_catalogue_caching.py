"""Pages for unsigned visitors are kept, and nothing of anybody's is in them."""

import gzip
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import brotli  # type: ignore[import-untyped]  # comes without types
import pytest
import time_machine
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from tests.factories.catalogue import ProgrammeFactory

from stars.people.models import Person
from stars.workspaces.caching import kept_for_everybody

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_minute() -> Iterator[None]:
    """What is kept is kept for the minute of the clock, and no test lies across two of them."""
    with time_machine.travel(timezone.now().replace(second=0), tick=False):
        yield


@pytest.mark.parametrize(
    "address",
    ["/", "/programmas/", "/programmas/?q=datu", "/programma/{pk}/", "/programmas/salidzinat/?p={pk}"],
)
def test_a_visitor_leaves_no_trace(client: Client, address: str) -> None:
    answer = client.get(address.format(pk=ProgrammeFactory().pk))
    assert answer.status_code == 200
    assert dict(answer.cookies) == {}
    assert "csrfmiddlewaretoken" not in answer.content.decode()
    assert "Cookie" in answer["Vary"]
    assert answer["Cache-Control"] == "private, max-age=5"


def test_a_page_is_made_once_until_the_catalogue_changes(
    client: Client, query_counter: Callable[[], list[str]]
) -> None:
    programme = ProgrammeFactory(title="Metināšana")
    first = client.get(f"/programma/{programme.pk}/")
    with query_counter() as queries:  # type: ignore[attr-defined]
        again = client.get(f"/programma/{programme.pk}/")
    assert again.content == first.content
    assert len(queries) == 1  # the look at the log of changes
    programme.title = "Šūšana"
    programme.save()
    assert "Šūšana" in client.get(f"/programma/{programme.pk}/").content.decode()


def test_the_kept_page_is_in_the_language_of_the_visitor(client: Client) -> None:
    latvian = client.get("/programmas/").content.decode()
    client.cookies["django_language"] = "en"
    english = client.get("/programmas/").content.decode()
    assert '<html lang="lv"' in latvian
    assert '<html lang="en"' in english
    assert "Full programme catalogue" in english


def test_the_language_links_name_the_page_that_is_open(client: Client) -> None:
    client.get("/programmas/?q=datu")
    html = client.get("/programmas/?q=tikli&lapa=2").content.decode()
    assert "/valoda/en/?next=%2Fprogrammas%2F%3Fq%3Dtikli%26lapa%3D2" in html
    assert "q%3Ddatu" not in html


def test_whoever_is_signed_in_gets_their_own_page(
    client: Client, signed_in: Callable[[Person], Client], citizen: Person
) -> None:
    ProgrammeFactory()
    client.get("/programmas/")
    own = signed_in(citizen).get("/programmas/")
    assert "csrfmiddlewaretoken" in own.content.decode()
    assert citizen.short_label in own.content.decode()
    assert citizen.short_label not in client.get("/programmas/").content.decode()


@pytest.mark.parametrize(
    ("accepted", "sent", "decompress"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
    ],
)
def test_the_kept_page_is_sent_compressed_to_who_can_read_it(
    client: Client, accepted: str, sent: str, decompress: Callable[[bytes], bytes]
) -> None:
    ProgrammeFactory()
    plain = client.get("/programmas/")
    small = client.get("/programmas/", headers={"accept-encoding": accepted})
    assert small["Content-Encoding"] == sent
    assert decompress(small.content) == plain.content
    assert "Content-Encoding" not in plain


def test_what_many_ask_for_at_once_is_made_once(rf: RequestFactory) -> None:
    made = []

    @kept_for_everybody(lambda: "")
    def view(_request: HttpRequest) -> HttpResponse:
        made.append(1)
        time.sleep(0.1)  # long enough for the others to come
        return HttpResponse("page")

    with ThreadPoolExecutor(4) as threads:
        answers = [threads.submit(view, rf.get("/")) for _ in range(4)]
    assert ([answer.result().content for answer in answers], made) == ([b"page"] * 4, [1])


def test_what_failed_is_not_kept(client: Client) -> None:
    assert client.get("/programma/1/").status_code == 404
    ProgrammeFactory(pk=1)
    assert client.get("/programma/1/").status_code == 200


def test_a_page_that_names_its_own_address_names_the_one_it_was_asked_by(client: Client) -> None:
    address = f"/programma/{ProgrammeFactory().pk}/"
    for host in ("localhost", "127.0.0.1"):
        assert (
            f'"url":"http://{host}{address}"' in client.get(address, headers={"host": host}).content.decode()
        )
