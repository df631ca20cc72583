"""The page of a programme, its data for search engines, and the comparison."""

import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories.catalogue import GroupFactory, GroupOfferFactory, ProgrammeFactory, RoundFactory

from stars.actors.actor import SYSTEM
from stars.catalogue.models import Programme
from stars.catalogue.operations.funding_sources import load_funding_sources
from stars.people.models import Person
from stars.ui.templatetags.ui import day, moment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def wording() -> None:
    """The wording of the sources."""
    load_funding_sources(by=SYSTEM)


@pytest.fixture
def programme() -> Programme:
    """A programme that MN pays for, with one open group."""
    made: Programme = ProgrammeFactory(title="Datu analīze", outcomes="- Lasa </script><b>datus</b>.")
    GroupOfferFactory(group__programme=made)
    return made


def page(browser: Client, programme: Programme) -> str:
    answer = browser.get(f"/programma/{programme.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def course(html: str) -> dict[str, object]:
    """The JSON-LD, read back."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert len(found) == 1
    read: dict[str, object] = json.loads(found[0])
    return read


def test_everything_that_facts_ask_for(client: Client) -> None:
    made = ProgrammeFactory(
        code="30P-1", title="Pavārs", kind_id="kind-talakizglitiba", field_id="field-partika", hours=480,
        qualification_id="qual-pavara-paligs", qualification_level=4, summary="Kopsavilkums.", contents="- Zupas\n- Mērces",
        outcomes="- Vāra.", prior_education="Pamatizglītība.", prior_knowledge="Nav.", document="Kvalifikācijas apliecība",
        digcomp_areas=["dcarea-1"], digcomp_competences=["dccomp-1-1"], digcomp_level=3, varam_level=2,
        contact_name="Lauma Irbe", contact_phone="+37120000012", contact_email="lauma@skola.example",
    )  # fmt: skip
    html = page(client, made)
    for text in (
        "30P-1", "Pavārs", "Profesionālās tālākizglītības programma", "Pārtikas rūpniecība un lauksaimniecība", "480",
        "Kopsavilkums.", "<li>Zupas</li><li>Mērces</li>", "Vāra.", "Pamatizglītība.", "Nav.", "Kvalifikācijas apliecība",
        "Informācija un datu pratība", "3. līmenis (vidējais)", "Lauma Irbe", "+371 20 000 012", "lauma@skola.example",
        made.institution.name,
    ):  # fmt: skip
        assert text in html


def test_groups_with_price_by_source_and_how_many_seats_are_free(
    client: Client, programme: Programme
) -> None:
    full = GroupFactory(
        programme=programme, full=True, address="Ostas iela 4, Ventspils", municipality_id="muni-0007000"
    )
    GroupOfferFactory(group=full, round=RoundFactory(scheme="IMK"), price_cents=125_000, copayment_cents=0)
    html = page(client, programme)
    assert "Ostas iela 4, Ventspils" in html
    assert "1\N{NO-BREAK SPACE}250,00\N{NO-BREAK SPACE}€" in html
    assert "40,00\N{NO-BREAK SPACE}€" in html
    assert len(re.findall("app-group", html)) - len(re.findall("app-groups", html)) == 2
    assert re.search(r'<span class="ds-tag" data-color="warning">[^<]+</span>', html)


def beside(html: str) -> list[str]:
    """The lines of the box beside the contents."""
    box = html.split("<aside", 1)[1].split("app-button-wide", 1)[0]
    return re.findall(r"<li>([^<]*)</li>", box)


def test_box_of_the_only_group_names_its_facts(client: Client, programme: Programme) -> None:
    group = programme.groups.get()
    closes = group.offers.get().round.closes_at
    assert beside(page(client, programme))[3:] == [
        "Rīga",
        str(group.get_schedule_display()).capitalize(),
        f"Sākas {day(group.starts_on)}",
        f"Piesakieties līdz {moment(closes)}",
    ]
    assert "app-differences" not in page(client, programme)


def test_box_of_several_groups_says_whose_each_date_is(client: Client, programme: Programme) -> None:
    first = programme.groups.get()
    first_closes = first.offers.get().round.closes_at
    later = RoundFactory(scheme="IMK", closes_at=first_closes + timedelta(days=5))
    GroupOfferFactory(
        copayment_cents=0,
        group__programme=programme,
        group__starts_on=first.starts_on + timedelta(days=9),
        group__ends_on=first.ends_on + timedelta(days=9),
        group__municipality_id="muni-0007000",
        round=later,
    )
    html = page(client, programme)
    assert beside(html)[-4:] == [
        "Vietas: Rīga, Ventspils",
        f"Agrākais sākums: {day(first.starts_on)} (Rīga)",
        f"Tuvākais termiņš: {moment(first_closes)} (MN: Rīga)",
        f"Vēlākais termiņš: {moment(later.closes_at)} (IMK: Ventspils)",
    ]
    assert "Sākas" not in "".join(beside(html))
    assert '<a class="ds-link" href="#grupas">2 mācību grupas</a>' in html
    assert '<strong class="app-figure">no 0,00\N{NO-BREAK SPACE}€</strong>' in html


def test_groups_that_began_or_were_cancelled_are_not_shown(client: Client, programme: Programme) -> None:
    today = timezone.localdate()
    GroupFactory(programme=programme, address="Sākusies iela", starts_on=today - timedelta(days=1))
    GroupFactory(programme=programme, address="Atcelta iela", status="cancelled")
    html = page(client, programme)
    assert "Sākusies iela" not in html
    assert "Atcelta iela" not in html


def test_the_way_to_apply_is_there_only_while_a_source_is_open(client: Client, programme: Programme) -> None:
    way_in = f'href="/profils/pieteikties/{programme.pk}/"'
    assert way_in in page(client, programme)
    closed = ProgrammeFactory()
    GroupOfferFactory(group__programme=closed, round=RoundFactory(past=True))
    assert "/profils/pieteikties/" not in page(client, closed)
    assert "/profils/pieteikties/" not in page(client, ProgrammeFactory())


def test_two_sources_open_the_choice_and_one_does_not(client: Client, programme: Programme) -> None:
    assert 'id="source-choice"' not in page(client, programme)
    GroupOfferFactory(group__programme=programme, round=RoundFactory(scheme="IMK"))
    html = page(client, programme)
    assert 'data-dialog="source-choice"' in html
    assert '<dialog class="ds-dialog app-dialog" id="source-choice"' in html
    assert "Individuālo mācību kontu pieejas attīstība" in html


def test_the_data_for_search_engines(client: Client, programme: Programme) -> None:
    data = course(page(client, programme))
    group = programme.groups.get()
    assert data["@type"] == "Course"
    assert data["name"] == "Datu analīze"
    assert data["url"] == f"http://testserver/programma/{programme.pk}/"
    assert data["teaches"] == ["Lasa </script><b>datus</b>."]
    assert data["hasCourseInstance"] == [
        {
            "@type": "CourseInstance",
            "name": group.name,
            "courseMode": "Onsite",
            "startDate": group.starts_on.isoformat(),
            "endDate": group.ends_on.isoformat(),
            "courseWorkload": "PT72H",
            "location": {
                "@type": "Place",
                "address": {
                    "@type": "PostalAddress",
                    "addressCountry": "LV",
                    "addressLocality": "Rīga",
                    "streetAddress": "Skolas iela 1, Rīga, LV-1001",
                },
            },
            "offers": [
                {
                    "@type": "Offer",
                    "name": "MN",
                    "price": "40.00",
                    "priceCurrency": "EUR",
                    "category": "Partially Free",
                    "validFrom": data["hasCourseInstance"][0]["offers"][0]["validFrom"],  # type: ignore[index]
                    "validThrough": data["hasCourseInstance"][0]["offers"][0]["validThrough"],  # type: ignore[index]
                }
            ],
        }
    ]


@pytest.mark.parametrize(("trait", "status"), [("withdrawn", 410), ("draft", 404)])
def test_what_is_not_in_the_catalogue_leads_there(client: Client, trait: str, status: int) -> None:
    answer = client.get(f"/programma/{ProgrammeFactory(**{trait: True}).pk}/")
    assert answer.status_code == status
    assert 'href="/programmas/"' in answer.content.decode()


@pytest.mark.parametrize("number", [0, 999_999, 2**63 - 1, 2**64, 10**40])
def test_an_unknown_number_is_a_friendly_404(client: Client, number: int) -> None:
    assert client.get(f"/programma/{number}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_the_number_of_statements_does_not_grow(
    client: Client, programme: Programme, query_counter: Callable[[], list[str]], rows: int
) -> None:
    for _ in range(rows):
        GroupOfferFactory(group__programme=programme)
    client.get("/programmas/")
    with query_counter() as queries:  # type: ignore[attr-defined]
        page(client, programme)
    assert len(queries) <= 12


def test_a_person_keeps_and_drops_a_favourite(
    signed_in: Callable[[Person], Client], citizen: Person, programme: Programme
) -> None:
    browser = signed_in(citizen)
    here = f"/programma/{programme.pk}/"
    assert 'name="keep" value="1"' in page(browser, programme)
    answer = browser.post("/profils/izlase/", {"programme": programme.pk, "keep": "1", "next": here})
    assert (answer.status_code, answer["Location"]) == (302, here)
    assert 'name="keep" value="0"' in page(browser, programme)


def test_side_by_side_in_the_order_asked_for(client: Client, programme: Programme) -> None:
    other = ProgrammeFactory(title="Šūšana")
    answer = client.get(f"/programmas/salidzinat/?p={other.pk}&p={programme.pk}&p=999999&p=x&p={other.pk}")
    html = answer.content.decode()
    assert re.findall(r'<th scope="col"><a class="ds-link" href="([^"]*)"', html) == [
        f"/programma/{other.pk}/",
        f"/programma/{programme.pk}/",
    ]
    assert html.count('<th scope="row">') > 8
    assert f'href="/programmas/?p={other.pk}&amp;p={programme.pk}"' in html


def test_never_more_than_four_and_never_none(client: Client, query_counter: Callable[[], list[str]]) -> None:
    numbers = [ProgrammeFactory().pk for _ in range(6)]
    with query_counter() as queries:  # type: ignore[attr-defined]
        answer = client.get("/programmas/salidzinat/?" + "&".join(f"p={number}" for number in numbers))
    assert len(queries) <= 12
    assert answer.content.decode().count('<th scope="col">') == 4
    empty = client.get("/programmas/salidzinat/")
    assert empty.status_code == 200
    assert "app-empty" in empty.content.decode()
