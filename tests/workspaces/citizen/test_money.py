"""Pieejamais finansējums: from the first application in a source with accounts to the statement of one."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from tests.factories.applications import ApplicationFactory
from tests.world import World, make_person, make_round, make_staff

from stars.actors.actor import SYSTEM
from stars.common import clock
from stars.funding import operations, queries
from stars.funding.models import CorrectionProposal, LearningAccount, LedgerEntry
from stars.people import operations as people
from stars.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue_lists")]
ADDRESS = "/profils/finansejums/"
NAVIGATION = f'href="{ADDRESS}"'
EURO = "\N{NO-BREAK SPACE}€"


def applied(person: Person, scheme: str = "IMK", **values: object):
    return ApplicationFactory(applicant=person, scheme=scheme, submitted=True, **values)


@pytest.fixture
def hold(citizen: Person) -> Callable[..., None]:
    """Hold 100 € or another sum for the citizen's application of this number."""
    round_, officer = make_round("IMK", name="Naudas kārta"), make_staff(70, "agency")

    def one(number: int = 1, cents: int = 10_000, person: Person | None = None) -> None:
        operations.hold(
            application_number=f"IMK-2026-{number:06d}",
            programme=f"Programma {number}",
            person=person or citizen,
            round=round_,
            scheme="IMK",
            amount_cents=cents,
            reference=f"confirm:{number}:{(person or citizen).pk}",
            by=officer,
        )

    return one


def test_a_draft_or_another_source_opens_no_section(tab, citizen) -> None:
    ApplicationFactory(applicant=citizen, scheme="IMK")
    applied(citizen, "MN")
    assert NAVIGATION not in tab.get("/profils/").content.decode()
    page = tab.get(ADDRESS)
    assert page.status_code == 200
    assert page.context["purse"] is None
    assert "Finansējuma vēl nav" in page.content.decode()


def test_from_the_first_application_the_section_says_where_it_stands_and_no_sum(tab, citizen) -> None:
    application = applied(citizen)
    assert NAVIGATION in tab.get("/profils/").content.decode()
    page = tab.get(ADDRESS)
    main = page.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    assert application.number in main
    assert f"/profils/pieteikumi/{application.public_id}/" in main
    assert "€" not in main
    assert "Finansējuma vēsture" not in main


@pytest.mark.parametrize(
    ("state", "promises"), [("submitted", True), ("withdrawn", False), ("refused", False)]
)
def test_an_ended_application_promises_no_account(tab, citizen, state: str, promises: bool) -> None:
    ApplicationFactory(applicant=citizen, scheme="IMK", **{state: True})
    main = tab.get(ADDRESS).content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    assert ("Kontu atvērs, kad pieteikums būs apstiprināts" in main) == promises
    assert ("Konta nav: pieteikums ir noslēdzies" in main) == (not promises)
    assert ('href="/profils/programmas/"' in main) == (not promises)


def test_the_account_with_its_sums_and_countdown(tab, citizen, hold) -> None:
    applied(citizen)
    hold(1, 40_000)
    hold(2, 30_000)
    operations.pay("IMK-2026-000001", reference="complete:1", reason="Pabeidzis", by=SYSTEM)
    account = queries.account_of(citizen.pk, "IMK")
    text = tab.get(ADDRESS).content.decode()
    for sum_ in (f"500,00{EURO}", f"300,00{EURO}", f"400,00{EURO}", f"1\N{NO-BREAK SPACE}200,00{EURO}"):
        assert sum_ in text
    assert f"{account.expires_on:%d.%m.%Y}." in text
    assert "dien" in re.search(r'<span class="ds-tag"[^>]*>([^<]*)</span>', text)[1]
    assert '<rect class="app-money-bar__held" x="416" width="250"' in text


def test_on_the_last_day_and_after_it(tab, signed_in, citizen, hold) -> None:
    applied(citizen)
    hold(1, 40_000)
    last = queries.account_of(citizen.pk, "IMK").expires_on
    ahead = clock.now() + timedelta(days=(last - clock.today()).days)
    with time_machine.travel(ahead):
        assert "šodien ir pēdējā diena" in signed_in(citizen).get(ADDRESS).content.decode()
    with time_machine.travel(ahead + timedelta(days=2)):
        operations.expire_accounts(by=SYSTEM)
        page = signed_in(citizen).get(ADDRESS)
        assert page.context["is_usable"] is False
        assert [(part.code, part.cents) for part in page.context["parts"]] == [
            ("available", 0),
            ("held", 40_000),
            ("spent", 0),
            ("expired", 80_000),
        ]


def test_between_midnight_and_the_nightly_job_nothing_is_shown_as_available(
    signed_in, tab, citizen, hold
) -> None:
    applied(citizen)
    hold(1, 40_000)
    last = queries.account_of(citizen.pk, "IMK").expires_on
    with time_machine.travel(clock.now() + timedelta(days=(last - clock.today()).days + 1)):
        page = signed_in(citizen).get(ADDRESS)
    assert LearningAccount.objects.get().closed_at is None
    assert [(part.code, part.cents) for part in page.context["parts"]] == [
        ("available", 0),
        ("held", 40_000),
        ("spent", 0),
        ("expired", 80_000),
    ]
    text = page.content.decode()
    assert f'<p class="app-figure app-digits">0,00{EURO}</p>' in text
    assert "Konta termiņš beidzās" in text


def test_a_grant_that_was_taken_back_promises_no_time(tab, citizen, hold) -> None:
    applied(citizen)
    hold(1, 0)
    grant = LedgerEntry.objects.get(kind="grant")
    proposal = operations.propose_correction(grant.pk, reason="Kļūda", by=make_staff(71, "agency"))
    assert "Pieejams līdz" in tab.get(ADDRESS).content.decode()
    operations.settle_correction(proposal.pk, accept=True, by=make_staff(72, "agency"))
    text = tab.get(ADDRESS).content.decode()
    assert "Piešķirtais ir atsaukts; iemeslu skatiet zemāk vēsturē." in text
    assert "Pieejams līdz" not in text


def test_the_statement_has_what_was_available_after_each_movement(tab, citizen, hold) -> None:
    applied(citizen)
    hold(1)
    hold(2)
    operations.release("IMK-2026-000001", reference="leave:1", reason="Atteicies", by=SYSTEM)
    lines = tab.get(ADDRESS).context["page"].object_list
    assert [(line.kind, line.amount_cents, line.available_cents) for line in lines] == [
        ("release", 10_000, 110_000),
        ("reservation", -10_000, 100_000),
        ("reservation", -10_000, 110_000),
        ("grant", 120_000, 120_000),
    ]


def test_a_payment_that_comes_back_is_told_until_an_officer_has_decided(tab, citizen, hold) -> None:
    applied(citizen)
    hold(1, 40_000)
    number, said = "IMK-2026-000001", f"400,00{EURO} tiek atgriezti"
    operations.pay(number, reference="start:1", reason="start", by=SYSTEM)
    assert said not in tab.get(ADDRESS).content.decode()

    operations.propose_return(number, owner=citizen.pk, reason="Atteicies", by=people.actor_of(citizen))
    text = tab.get(ADDRESS).content.decode()
    assert text.count(said) == 1
    assert "Atgriešanu apstiprina darbinieks" in text

    operations.settle_correction(
        CorrectionProposal.objects.get().pk, accept=True, by=make_staff(71, "agency")
    )
    page = tab.get(ADDRESS)
    assert said not in page.content.decode()
    line = page.context["page"].object_list[0]
    assert (line.kind, line.amount_cents, line.reason, line.available_cents) == (
        "correction",
        40_000,
        "Atteicies",
        120_000,
    )
    # Officers write Latvian, and a screen reader on the English page is told so.
    tab.cookies["django_language"] = "en"
    assert '<span lang="lv">Atteicies</span>' in tab.get(ADDRESS).content.decode()


def test_what_officers_consider_among_themselves_is_not_told(tab, citizen, hold) -> None:
    applied(citizen)
    hold(1, 40_000)
    operations.pay("IMK-2026-000001", reference="start:1", reason="start", by=SYSTEM)
    payment = LedgerEntry.objects.get(kind="payment")
    operations.propose_correction(payment.pk, reason="Dubults rēķins", by=make_staff(71, "agency"))
    text = tab.get(ADDRESS).content.decode()
    assert "tiek atgriezti" not in text
    assert "Dubults" not in text


def test_a_kind_is_filtered_by_the_address_and_keeps_what_was_available(tab, citizen, hold) -> None:
    applied(citizen)
    hold(1)
    hold(2)
    page = tab.get(ADDRESS, {"veids": "reservation"})
    lines = page.context["page"].object_list
    assert [(line.kind, line.available_cents) for line in lines] == [
        ("reservation", 100_000),
        ("reservation", 110_000),
    ]
    assert '<option value="reservation" selected>' in page.content.decode()
    assert "Šāda veida ierakstu nav" in tab.get(ADDRESS, {"veids": "payment"}).content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        {"veids": "<script>"},
        {"konts": "x" * 3000},
        {"konts": "-1"},
        {"avots": "nav"},
        {"avots": "MN"},
        {"lapa": "9999"},
        {"lapa": "a"},
    ],
)
def test_nonsense_in_the_address_shows_the_page(tab, citizen, hold, asked: dict[str, str]) -> None:
    applied(citizen)
    hold(1)
    page = tab.get(ADDRESS, asked)
    assert page.status_code == 200
    assert len(page.context["page"].object_list) == 2
    assert "<script>" not in page.content.decode().split("<main", 1)[1].split("</main>", 1)[0]


def test_a_long_statement_has_pages_and_costs_the_same(tab, citizen, hold, query_counter) -> None:
    applied(citizen)
    hold(1, 100)
    counts = []
    for more in (0, 29):
        for number in range(more):
            hold(number + 2, 100)
        tab.get(ADDRESS)
        with query_counter() as asked:
            page = tab.get(ADDRESS)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12, asked.statements
    assert len(page.context["page"].object_list) == 20
    assert len(tab.get(ADDRESS, {"lapa": "2"}).context["page"].object_list) == 11


def test_another_persons_account_is_never_shown(tab, citizen, hold) -> None:
    other = make_person(9)
    applied(citizen)
    applied(other)
    hold(7, 77_700, person=other)
    theirs = LearningAccount.objects.get(person=other)
    text = tab.get(ADDRESS, {"konts": str(theirs.pk)}).content.decode()
    assert "Programma 7" not in text
    assert "IMK-2026-000007" not in text
    assert "Finansējuma vēsture" not in text
    hold(1)
    page = tab.get(ADDRESS, {"konts": str(theirs.pk)})
    assert page.context["account"].pk == LearningAccount.objects.get(person=citizen).pk
    assert "Programma 7" not in page.content.decode()


def test_earlier_accounts_can_be_chosen(signed_in, citizen, hold) -> None:
    applied(citizen)
    hold(1)
    earlier = LearningAccount.objects.get()
    with time_machine.travel(clock.now() + timedelta(days=800)):
        hold(2)
        browser = signed_in(citizen)
        page = browser.get(ADDRESS)
        assert page.context["account"].pk != earlier.pk
        assert f"konts={earlier.pk}" in page.content.decode()
        assert browser.get(ADDRESS, {"konts": str(earlier.pk)}).context["account"].pk == earlier.pk


def test_visitors_and_staff_have_no_such_page(client, at_work) -> None:
    assert client.get(ADDRESS).status_code == 302
    assert at_work(make_staff(3, "agency")).get(ADDRESS).status_code == 403


# On the page of a programme.


def remaining(browser, world: World) -> str:
    text = browser.get(f"/programma/{world.programme.pk}", follow=True).content.decode()
    found = re.search(r'<p class="app-reason">.*?<span>(.*?)</span>', text)
    return found[1] if found else ""


def test_the_programme_says_what_would_remain(tab, citizen, hold, world, client) -> None:
    assert remaining(tab, world) == ""
    hold(1, 10_000)
    offer = world.groups[0].offers.get(round__scheme="IMK")
    left = 110_000 - (offer.price_cents - offer.copayment_cents)
    assert left > 0
    said = remaining(tab, world)
    assert f"{left // 100},{left % 100:02d}{EURO}".replace("1100", "1\N{NO-BREAK SPACE}100") in said
    assert "IMK" in said
    assert remaining(client, world) == ""


def test_the_programme_says_what_is_missing(tab, citizen, hold, world) -> None:
    hold(1, 119_999)
    offer = world.groups[0].offers.get(round__scheme="IMK")
    missing = offer.price_cents - offer.copayment_cents - 1
    assert f"{missing // 100},{missing % 100:02d}{EURO}" in remaining(tab, world)


def test_nothing_is_said_when_the_application_is_open_already(tab, citizen, hold, world) -> None:
    hold(1, 10_000)
    applied(citizen, programme=world.programme)
    assert remaining(tab, world) == ""


def test_a_page_with_a_persons_sum_is_not_kept_for_others(tab, citizen, hold, world, client) -> None:
    hold(1, 10_000)
    assert remaining(tab, world) != ""
    assert remaining(client, world) == ""
    assert remaining(tab, world) != ""
