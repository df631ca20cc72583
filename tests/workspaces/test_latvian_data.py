"""What is kept in Latvian only is marked so on English pages (WCAG 3.1.2), whoever reads them."""

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve

from stars.applications.models import Decision
from stars.catalogue.models import Group, Programme, Round
from stars.common import clock
from stars.demo import operations as demo
from stars.demo.staff import actor_at_work
from stars.integrations.identity.simulator.people import simulated_people
from stars.organisations.models import Organisation
from stars.people.models import Person

pytestmark = pytest.mark.django_db
RESIDENTS = ("citizen", "imk-citizen", "low-income-citizen", "graduate", "expelled-citizen", "two-hats")
STAFF = ("institution-admin", "agency-officer", "varam-officer")
# Written in both languages; they call the agency by its official name.
PROSE = {"public:contacts", "public:privacy", "public:terms"}
# Pages of one kind that are looked at: the second may hold what the first has not.
PAGES_OF_A_KIND = 2
_VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
# What cannot be marked: it is no element, or no element can stand in it.
_PLAIN = {"title", "option", "script", "style", "textarea"}


class Reader(HTMLParser):
    """Texts of a page with the language in which they are read out, and its links."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.texts: list[tuple[str, str]] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and "download" not in given and (given.get("href") or "").startswith("/"):
            self.links.append(given["href"] or "")
        if tag not in _VOID:
            self.open.append((tag, given.get("lang") or (self.open[-1][1] if self.open else "")))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] not in _PLAIN and data.strip():
            self.texts.append((" ".join(data.split()), self.open[-1][1]))


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


def pages(browser: Client, start: str) -> Iterator[tuple[str, Reader]]:
    """Everything that links lead to from the page, a few of each kind."""
    waiting, known, looked = [start], {start}, dict[str, int]()
    while waiting:
        address = waiting.pop(0)
        try:
            kind = resolve(urlsplit(address).path).view_name
        except Resolver404:
            continue
        if kind in PROSE | {"public:language"} or looked.get(kind, 0) >= PAGES_OF_A_KIND:
            continue
        looked[kind] = looked.get(kind, 0) + 1
        answer = browser.get(address)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        page = read(answer.content.decode())
        yield address, page
        fresh = [link for link in dict.fromkeys(page.links) if link not in known]
        known.update(fresh)
        waiting += fresh


def kept_in_latvian() -> set[str]:
    """Texts of the demonstration that exist in Latvian only."""
    programmes = Programme.objects.values_list("title", "summary", "document", "prior_education")
    groups = Group.objects.values_list("name", "address", "schedule_note")
    texts = {text for row in [*programmes, *groups] for text in row}
    texts |= set(Organisation.objects.values_list("name", flat=True))
    texts |= set(Round.objects.values_list("name", flat=True))
    texts |= set(Decision.objects.values_list("note", flat=True))
    return {" ".join(text.split()) for text in texts if text}


def unmarked(browser: Client, start: str, latvian: set[str]) -> list[str]:
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    seen, faults = 0, set()
    for address, page in pages(browser, start):
        seen += 1
        faults |= {
            f"{address}: {text}"
            for text, language in page.texts
            if language != "lv" and any(each in text for each in latvian)
        }
    assert seen > 8, f"few pages can be reached from {start}"
    return sorted(faults)


def test_on_every_page_that_somebody_reaches(
    client: Client, signed_in: Callable[[Person], Client], at_work: Callable[..., Client]
) -> None:
    demo.make_anew(with_story=True)
    latvian = kept_in_latvian()
    who = {person.slug: person for person in simulated_people(clock.today())}
    people = {
        slug: Person.objects.get(given_name=one.given_name, family_name=one.family_name)
        for slug, one in who.items()
        if slug in RESIDENTS + STAFF
    }
    faults = unmarked(client, "/programmas/", latvian)
    for slug in RESIDENTS:
        faults += unmarked(signed_in(people[slug]), "/profils/", latvian)
    for slug, start in zip(STAFF, ("/iestade/", "/agentura/", "/agentura/"), strict=True):
        faults += unmarked(at_work(actor_at_work(people[slug])), start, latvian)
    assert faults == []
