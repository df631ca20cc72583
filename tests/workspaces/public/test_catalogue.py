"""The full catalogue: facets, search, order, pages; whatever the address says."""

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from tests.factories.catalogue import GroupFactory, GroupOfferFactory, ProgrammeFactory, RoundFactory

from stars.catalogue.models import Programme

pytestmark = pytest.mark.django_db
RIGA, OGRE = "muni-0001000", "muni-0040000"


def get(browser: Client, query: str = "", **values: object) -> HttpResponse:
    answer: HttpResponse = browser.get(f"/programmas/{query}", values or None)
    assert answer.status_code == 200
    return answer


def ids(answer: HttpResponse) -> list[int]:
    """The programmes shown, in their order."""
    return [
        int(number) for number in re.findall(r'<article [^>]*id="programme-(\d+)"', answer.content.decode())
    ]


def count_of(answer: HttpResponse, facet: str, value: str) -> int | None:
    """The number beside a tick; None when there is no such tick."""
    found = re.search(
        rf'id="{facet}-{value}-count"><span class="ds-sr-only">[^<]*</span>(\d+)<', answer.content.decode()
    )
    return int(found[1]) if found else None


def chips(answer: HttpResponse) -> list[dict[str, list[str]]]:
    """Where each chip leads, as parameters."""
    links = re.findall(r'class="app-chip" href="([^"]*)"', answer.content.decode())
    return [parse_qs(urlsplit(link.replace("&amp;", "&")).query) for link in links]


@pytest.fixture
def offered() -> Callable[..., Programme]:
    """A programme with one group that a source pays for."""

    def make(
        title: str = "Datu analīze", *, scheme: str = "MN", municipality: str | None = RIGA, **values: object
    ) -> Programme:
        programme = ProgrammeFactory(title=title, **values)
        add_group(programme, scheme, municipality)
        return programme

    return make


def add_group(programme: Programme, scheme: str, municipality: str | None, days: int = 40) -> None:
    day = timezone.localdate() + timedelta(days=days)
    group = GroupFactory(
        programme=programme, municipality_id=municipality, is_remote=municipality is None, starts_on=day,
        ends_on=day + timedelta(days=30),
    )  # fmt: skip
    GroupOfferFactory(group=group, round=RoundFactory(scheme=scheme))


def test_values_of_a_facet_are_or_and_facets_are_and(
    client: Client, offered: Callable[..., Programme]
) -> None:
    here, there = offered(municipality=RIGA), offered(municipality=OGRE)
    remote = offered(municipality=None, scheme="IMK")
    both = get(client, "?vieta=0001000&vieta=0040000")
    assert sorted(ids(both)) == [here.pk, there.pk]
    assert ids(get(client, "?vieta=0001000&vieta=attalinati&finansejums=imk")) == [remote.pk]
    assert ids(get(client, "?vieta=region-riga&finansejums=imk")) == []


def test_counts_say_what_one_would_get(client: Client, offered: Callable[..., Programme]) -> None:
    offered(municipality=RIGA)
    offered(municipality=RIGA, scheme="IMK")
    offered(municipality=OGRE)
    answer = get(client, finansejums="mn")
    assert count_of(answer, "vieta", "0001000") == 1
    assert count_of(answer, "vieta", "0040000") == 1
    assert count_of(answer, "finansejums", "imk") == 1
    assert count_of(answer, "finansejums", "mn") == 2
    assert count_of(answer, "nozare", "ikt") == 2


def test_place_source_and_period_must_meet_in_one_group(
    client: Client, offered: Callable[..., Programme]
) -> None:
    programme = offered(scheme="MN", municipality=RIGA)
    add_group(programme, "IMK", OGRE, days=75)
    month = f"{timezone.localdate() + timedelta(days=75):%Y-%m}"
    assert ids(get(client, finansejums="imk", vieta="0040000", periods=month)) == [programme.pk]
    assert ids(get(client, finansejums="imk", vieta="0001000")) == []
    assert ids(get(client, vieta="0001000", periods=month)) == []
    assert count_of(get(client, finansejums="imk"), "vieta", "0001000") is None


def test_only_what_is_open_now(client: Client, offered: Callable[..., Programme]) -> None:
    opened = offered()
    closed = ProgrammeFactory()
    GroupOfferFactory(group__programme=closed, round=RoundFactory(past=True))
    assert sorted(ids(get(client))) == [opened.pk, closed.pk]
    assert ids(get(client, atvertas="1")) == [opened.pk]


def test_a_chip_leads_to_the_same_page_without_its_condition(
    client: Client, offered: Callable[..., Programme]
) -> None:
    offered()
    answer = get(client, "?q=datu&finansejums=mn&vieta=0001000&atvertas=1&kartot=title&lapa=3")
    kept = {"q": ["datu"], "kartot": ["title"]}
    assert chips(answer) == [
        kept | {"vieta": ["0001000"], "atvertas": ["1"]},
        kept | {"finansejums": ["mn"], "atvertas": ["1"]},
        kept | {"finansejums": ["mn"], "vieta": ["0001000"]},
    ]


def test_the_reset_keeps_what_is_searched_for(client: Client, offered: Callable[..., Programme]) -> None:
    offered()
    answer = get(client, "?q=datu&finansejums=mn&kartot=title").content.decode()
    assert '<a class="ds-link" href="/programmas/?q=datu&amp;kartot=title">' in answer


def test_a_search_forgives_endings_and_diacritics_and_marks_the_words(
    client: Client, offered: Callable[..., Programme]
) -> None:
    wanted = offered("Siltumsūkņu uzstādīšana")
    offered("Grāmatvedības pamati")
    answer = get(client, q="siltumsuknis")
    assert ids(answer) == [wanted.pk]
    assert "<mark>Siltumsūkņu</mark> uzstādīšana" in answer.content.decode()


def test_nothing_found_proposes_another_spelling(client: Client, offered: Callable[..., Programme]) -> None:
    offered("Siltumsūkņu uzstādīšana", summary="Siltumsūkņu darbība.")
    answer = get(client, q="zeltumsuknu").content.decode()
    assert "app-note" in answer
    assert 'href="/programmas/?q=silt' in answer


@pytest.mark.parametrize(("order", "expected"), [("title", [1, 0]), ("price", [0, 1]), ("start", [1, 0])])
def test_orders(client: Client, order: str, expected: list[int]) -> None:
    programmes = [ProgrammeFactory(title="Zīmēšana"), ProgrammeFactory(title="Ābeles")]
    day = timezone.localdate()
    for place, programme in enumerate(programmes):
        GroupOfferFactory(
            group__programme=programme, group__starts_on=day + timedelta(days=50 - place),
            price_cents=10_000 + place, copayment_cents=0,
        )  # fmt: skip
    assert ids(get(client, kartot=order)) == [programmes[place].pk for place in expected]


def test_pages_of_twenty(client: Client) -> None:
    programmes = [ProgrammeFactory(title=f"Kurss {number:02d}") for number in range(23)]
    pages = [ids(get(client, kartot="title", lapa=page)) for page in ("1", "2", "9999")]
    assert pages[0] == [programme.pk for programme in programmes[:20]]
    assert pages[1] == pages[2] == [programme.pk for programme in programmes[20:]]


@pytest.mark.parametrize(
    "query",
    [
        "?lapa=9999", "?lapa=-1", "?lapa=abc", "?lapa=²", "?lapa=" + "9" * 400, "?q=" + "a" * 10_000, "?q=%00", "?q=a%00b",
        "?q=%ED%A0%80", "?q=%FF", "?vieta=nav", "?iestade=%00", "?limenis=9999", "?kartot=%27", "?periods=2027-13",
        "?periods=0000-01", "?periods=²027-01", "?atvertas=2", "?p=abc&p=-1&p=" + "9" * 30, "?q=%22%22%22", "?q=(((*&^",
        "?" + "&".join(f"vieta=x{number}" for number in range(500)),
    ],
)  # fmt: skip
def test_every_address_is_answered(client: Client, query: str) -> None:
    programme = ProgrammeFactory()
    answer = get(client, query)
    assert b"\x00" not in answer.content
    if "q=" not in query:
        assert ids(answer) == [programme.pk]


def test_what_is_typed_comes_back_harmless(client: Client) -> None:
    answer = get(client, q='"><script>alert(1)</script>').content.decode()
    assert "<script>alert" not in answer
    assert "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in answer


def test_links_hold_what_was_understood(client: Client) -> None:
    for number in range(21):
        ProgrammeFactory(title=f"Kurss {number}")
    answer = get(client, "?nonsense=1&vieta=nav&q=kurss").content.decode()
    assert "nonsense" not in answer.replace("next=%2Fprogrammas%2F%3Fnonsense%3D1", "")
    assert 'href="?q=kurss&amp;lapa=2"' in answer


def test_ticked_programmes_travel_with_the_search(client: Client) -> None:
    here, elsewhere = ProgrammeFactory(title="Metināšana"), ProgrammeFactory(title="Šūšana")
    answer = get(client, f"?q=metinasana&p={here.pk}&p={elsewhere.pk}").content.decode()
    assert f'value="{here.pk}" form="facets" id="compare-{here.pk}" checked' in answer
    assert f'<input type="hidden" name="p" value="{elsewhere.pk}" form="facets">' in answer
    assert f'href="/programmas/salidzinat/?p={here.pk}&amp;p={elsewhere.pk}"' in answer


def test_a_fifth_cannot_be_ticked(client: Client) -> None:
    programmes = [ProgrammeFactory() for _ in range(5)]
    query = "&".join(f"p={programme.pk}" for programme in programmes[:4])
    answer = get(client, f"?{query}").content.decode()
    assert len(re.findall(r'name="p"[^>]* checked', answer)) == 4
    assert re.findall(r'name="p" value="(\d+)"[^>]* disabled', answer) == [str(programmes[4].pk)]


def test_proposals_while_typing(client: Client) -> None:
    ProgrammeFactory(title="Siltumsūkņu uzstādīšana")
    answer = client.get("/programmas/ieteikumi/", {"q": "siltums"}).content.decode()
    assert "Siltumsūkņu uzstādīšana" in answer
    assert client.get("/programmas/ieteikumi/").content.strip() == b""
    assert client.get("/programmas/ieteikumi/", {"q": "\x00" + "x" * 5000}).status_code == 200


@pytest.mark.parametrize("rows", [1, 30])
def test_the_number_of_statements_does_not_grow(
    client: Client, offered: Callable[..., Programme], query_counter: Callable[[], list[str]], rows: int
) -> None:
    for _ in range(rows):
        offered()
    with query_counter() as queries:  # type: ignore[attr-defined]
        get(client, finansejums="mn")
    assert len(queries) <= 8


def test_the_landing_page_counts_by_field(client: Client) -> None:
    ProgrammeFactory()
    ProgrammeFactory(field_id="field-energetika")
    ProgrammeFactory(draft=True)
    answer = client.get("/")
    assert answer.status_code == 200
    assert re.findall(r'class="app-tile" href="([^"]*)"', answer.content.decode()) == [
        "/programmas/?nozare=energetika",
        "/programmas/?nozare=ikt",
    ]
