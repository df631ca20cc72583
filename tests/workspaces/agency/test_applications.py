"""The queue of an authority, one application as a whole, each decision, many at once, and the document."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils.timezone import get_default_timezone
from openpyxl import load_workbook
from pypdf import PdfReader
from tests.applications.deciding import agency_officer, answered, ministry_officer, sent_back, submitted
from tests.factories import ApplicationFactory
from tests.world import World, make_person, make_staff

from stars.actors.actor import SYSTEM, Actor
from stars.applications import operations
from stars.applications.enums import Status
from stars.applications.models import Application, RegisterAnswer
from stars.applications.words import due_in_words
from stars.audit.models import AuditEvent
from stars.common import clock
from stars.funding.operations import set_budget, set_rules
from stars.funding.queries import budget_of, rules_for
from stars.notices.models import Delivery
from stars.people import operations as people
from stars.people.models import Person
from stars.ui.templatetags.ui import money
from stars.ui.xlsx import CONTENT_TYPE
from stars.workspaces import listing

Filled = Callable[..., Application]
pytestmark = pytest.mark.django_db
QUEUE = "/agentura/pieteikumi/"
MOST = 12


@pytest.fixture
def officer(catalogue_lists: None) -> Actor:
    """Decides on the agency's sources."""
    return agency_officer()


@pytest.fixture
def desk(officer: Actor, at_work: Callable[[Actor], Client]) -> Client:
    """The officer's browser."""
    return at_work(officer)


@pytest.fixture
def waiting(filled: Filled, person: Person) -> Application:
    """Submitted under MN."""
    return submitted(filled, person)


def offered(desk: Client, application: Application) -> set[str]:
    """The reasons that the form of refusing has."""
    page = desk.get(address(application)).content.decode()
    return set(re.findall(r'name="refuse-reasons" value="([^"]+)"', page))


def address(application: Application, step: str = "") -> str:
    return f"{QUEUE}{application.public_id}/{step}"


def shown(desk: Client, query: str = "") -> list[str]:
    answer = desk.get(f"{QUEUE}{query}")
    assert answer.status_code == 200
    return [row["application"].number for row in answer.context["rows"]]


def ticked(desk: Client, query: str) -> list[str]:
    """What the page has ticked already."""
    page = desk.get(f"{QUEUE}{query}").content.decode()
    return re.findall(r'name="p" value="([^"]+)" checked', page)


def sheet(answer: HttpResponse) -> list[tuple[object, ...]]:
    """The rows of a table that was downloaded."""
    assert answer["Content-Type"] == CONTENT_TYPE
    return list(load_workbook(io.BytesIO(answer.content)).active.values)


def many(world: World, count: int) -> list[Application]:
    """Submitted one after the other, the last one latest."""
    begun = clock.now() - timedelta(days=2)
    return [
        ApplicationFactory(
            submitted=True,
            programme=world.programme,
            round=world.rounds["MN"],
            scheme="MN",
            submitted_at=begun + timedelta(minutes=number),
        )
        for number in range(count)
    ]


def test_a_table_never_leaves_applications_out_without_a_word(
    desk: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MOST_IN_TABLE", 2)
    many(world, 3)
    answer = desk.get(f"{QUEUE}tabula/?avots=MN", follow=True)
    assert answer.redirect_chain == [(f"{QUEUE}?avots=MN", 302)]
    text = answer.content.decode()
    assert "Vienā tabulā var būt ne vairāk kā 2 rindas. Sašauriniet sarakstu ar filtriem." in text
    assert 'tabula/?avots=MN">' in text
    assert not AuditEvent.objects.filter(kind="applications.exported").exists()
    assert sheet(desk.get(f"{QUEUE}tabula/?avots=IMK"))[1:] == []


class TestQueue:
    def test_oldest_first_and_only_what_waits(self, desk: Client, world: World, filled: Filled) -> None:
        first, second, third = many(world, 3)
        ApplicationFactory(refused=True, programme=world.programme, round=world.rounds["MN"], scheme="MN")
        ApplicationFactory(programme=world.programme, scheme="MN")
        assert shown(desk) == [first.number, second.number, third.number]

    def test_empty_says_so(self, desk: Client, world: World) -> None:
        assert "Neviens pieteikums negaida lēmumu" in desk.get(QUEUE).content.decode()
        assert "Filtriem neatbilst" in desk.get(f"{QUEUE}?numurs=NAV").content.decode()

    def test_each_authority_sees_its_own_sources(
        self, desk: Client, waiting: Application, at_work: Callable[[Actor], Client]
    ) -> None:
        assert shown(desk) == [waiting.number]
        assert shown(at_work(ministry_officer())) == []

    def test_filters_stand_in_the_address(self, desk: Client, world: World) -> None:
        first, second = many(world, 2)
        Application.objects.filter(pk=second.pk).update(money_short_at=clock.now())
        RegisterAnswer.objects.create(application=first, register="tax", answer="no")
        assert shown(desk, f"?numurs={second.number.lower()}") == [second.number]
        assert shown(desk, "?pazime=nepietiek-naudas") == [second.number]
        assert shown(desk, "?pazime=registrs-noliedz") == [first.number]
        assert shown(desk, f"?karta={world.rounds['IMK'].pk}") == []
        assert shown(desk, "?avots=IMK") == []
        assert shown(desk, "?statuss=eligible") == []

    @pytest.mark.parametrize(
        "query",
        [
            "?pec=x", "?pirms=99999999999999999999-1", "?pec=1-", "?karta=abc", "?statuss=draft",
            "?avots=%00", "?pazime='", "?pec=" + "9" * 17 + "-1", "?karta=99999999999999999999",
        ],
    )  # fmt: skip
    def test_nonsense_in_the_address_filters_nothing(self, desk: Client, world: World, query: str) -> None:
        many(world, 1)
        assert desk.get(f"{QUEUE}{query}").status_code == 200

    def test_pages_there_and_back(self, desk: Client, world: World) -> None:
        numbers = [application.number for application in many(world, 65)]
        first = desk.get(QUEUE)
        assert [row["application"].number for row in first.context["rows"]] == numbers[:30]
        second = desk.get(f"{QUEUE}?pec={first.context['page'].following}")
        assert [row["application"].number for row in second.context["rows"]] == numbers[30:60]
        third = desk.get(f"{QUEUE}?pec={second.context['page'].following}")
        assert [row["application"].number for row in third.context["rows"]] == numbers[60:]
        assert third.context["page"].following == ""
        assert shown(desk, f"?pirms={third.context['page'].previous}") == numbers[30:60]

    def test_whoever_was_shown_stands_in_the_audit(
        self, desk: Client, waiting: Application, officer: Actor
    ) -> None:
        desk.get(QUEUE)
        event = AuditEvent.objects.get(kind="applications.listed")
        assert (event.actor_id, event.details) == (officer.person_id, {"ids": [waiting.pk]})

    def test_a_rule_that_a_register_denies_is_not_met_in_the_list_too(
        self, desk: Client, waiting: Application
    ) -> None:
        answered(waiting, tax="no")
        (row,) = desk.get(QUEUE).context["rows"]
        assert row["verdicts"] == [("not-met", 1), ("to-check", 0), ("met", 9)]
        assert [rule.finding.verdict.value for rule in desk.get(address(waiting)).context["rules"]].count(
            "not-met"
        ) == 1
        answered(waiting, tax="unknown")
        (row,) = desk.get(QUEUE).context["rows"]
        assert row["verdicts"] == [("not-met", 0), ("to-check", 1), ("met", 9)]

    def test_the_days_of_waiting_are_those_of_riga(
        self, officer: Actor, waiting: Application, at_work: Callable[[Actor], Client]
    ) -> None:
        # Half an hour past midnight on a Tuesday in Riga is still Monday in Greenwich.
        tuesday = clock.today() + timedelta(days=8 - clock.today().weekday())
        sent = datetime.combine(tuesday, time(0, 30), get_default_timezone())
        Application.objects.filter(pk=waiting.pk).update(submitted_at=sent)
        with time_machine.travel(sent + timedelta(hours=10), tick=True):
            (row,) = at_work(officer).get(QUEUE).context["rows"]
        assert row["waits"] == 0

    def test_all_of_a_page_are_ticked_at_once_or_only_the_clear_ones(
        self, desk: Client, world: World
    ) -> None:
        clear, denied, unknown, unasked, poor = many(world, 5)
        Application.objects.filter(pk=poor.pk).update(low_income=True)
        Application.objects.update(findings=[{"rule": "adult", "verdict": "met"}])
        for application, said in ((clear, "yes"), (denied, "no"), (unknown, "unknown"), (poor, "yes")):
            answered(application, population=said)
        assert ticked(desk, "") == []
        assert ticked(desk, "?izveleti=visi") == [
            str(each.public_id) for each in (clear, denied, unknown, unasked, poor)
        ]
        assert ticked(desk, "?izveleti=skaidri&avots=MN") == [str(clear.public_id)]
        assert ticked(desk, "?izveleti=%00") == []
        # What is ticked is no part of the queue that one goes through.
        assert "izveleti" not in desk.get(f"{QUEUE}?izveleti=visi").context["query"]

    def test_what_is_filtered_can_be_taken_along(
        self, desk: Client, world: World, officer: Actor, at_work: Callable[[Actor], Client]
    ) -> None:
        first, second = many(world, 2)
        Application.objects.filter(pk=second.pk).update(money_short_at=clock.now())
        RegisterAnswer.objects.create(application=second, register="tax", answer="no")
        book = sheet(desk.get(f"{QUEUE}tabula/"))
        assert [row[0] for row in book] == ["Pieteikums", first.number, second.number]
        marked = sheet(desk.get(f"{QUEUE}tabula/?pazime=nepietiek-naudas"))
        assert [row[0] for row in marked] == ["Pieteikums", second.number]
        assert marked[1][-2:] == ("Valsts ieņēmumu dienests: Neapstiprina", "Jā")
        code = second.applicant.identifiers.get().value
        assert code not in str(marked)
        assert marked[1][3].endswith("****")
        exported = AuditEvent.objects.filter(kind="applications.exported").latest("pk")
        assert (exported.actor_id, exported.details) == (officer.person_id, {"ids": [second.pk]})
        assert [row[0] for row in sheet(at_work(ministry_officer()).get(f"{QUEUE}tabula/"))] == ["Pieteikums"]

    def test_it_costs_the_same_with_many_rows(self, desk: Client, world: World, query_counter) -> None:
        many(world, 1)
        desk.get(QUEUE)
        with query_counter() as one:
            desk.get(QUEUE)
        many(world, 35)
        with query_counter() as thirty:
            desk.get(QUEUE)
        assert len(one) == len(thirty) <= MOST

    def test_only_for_whoever_decides(self, waiting: Application, at_work, signed_in, person: Person) -> None:
        assert at_work(make_staff(9, "institution", organisation="cits")).get(QUEUE).status_code == 403
        people.accept_texts(person, by=people.actor_of(person))
        assert signed_in(person).get(QUEUE).status_code == 403
        assert Client().get(QUEUE).status_code == 302


class TestCase:
    def test_everything_that_counts(self, desk: Client, waiting: Application) -> None:
        RegisterAnswer.objects.create(application=waiting, register="tax", answer="yes")
        page = desk.get(address(waiting)).content.decode()
        for words in (waiting.number, "Datu analīze", "Apstiprināt", "Atgriezt precizēšanai", "360"):
            assert words in page
        assert AuditEvent.objects.filter(kind="application.viewed", subject_id=str(waiting.pk)).count() == 1

    def test_the_code_is_masked(self, desk: Client, waiting: Application, person: Person) -> None:
        code = person.identifiers.get().value
        page = desk.get(address(waiting)).content.decode()
        assert code not in page
        assert f"{code[:6]}-{code[6:]}" not in page

    def test_another_source_is_not_found_and_remembered(
        self, waiting: Application, at_work: Callable[[Actor], Client]
    ) -> None:
        other = at_work(ministry_officer())
        for step in ("", "apstiprinat/", "lemums/1/"):
            assert other.get(address(waiting, step)).status_code == 404
        assert other.post(address(waiting, "apstiprinat/"), {"confirm-note": ""}).status_code == 404
        assert AuditEvent.objects.filter(kind="application.refused-look").count() == 4
        waiting.refresh_from_db()
        assert waiting.status == Status.SUBMITTED

    def test_drafts_are_nobodys_business(self, desk: Client, filled: Filled, person: Person) -> None:
        assert desk.get(address(filled(person, "MN"))).status_code == 404
        assert desk.get(f"{QUEUE}{uuid4()}/").status_code == 404

    def test_it_costs_little(self, desk: Client, waiting: Application, query_counter) -> None:
        desk.get(address(waiting))
        with query_counter() as asked:
            desk.get(address(waiting))
        assert len(asked) <= MOST

    def test_neighbours_of_the_queue(self, desk: Client, world: World) -> None:
        first, second, third = many(world, 3)
        context = desk.get(address(second)).context
        assert (context["beside"].before, context["beside"].after) == (first.public_id, third.public_id)


class TestDeciding:
    def test_confirm_and_on_to_the_next(self, desk: Client, world: World, waiting: Application) -> None:
        later = ApplicationFactory(
            submitted=True, programme=world.programme, round=world.rounds["MN"], scheme="MN"
        )
        answer = desk.post(address(waiting, "apstiprinat/") + "?avots=MN", {"confirm-note": ""})
        assert answer.url == f"{address(later)}?avots=MN"
        waiting.refresh_from_db()
        assert waiting.status == Status.ELIGIBLE

    def test_a_second_click_finds_it_done(self, desk: Client, waiting: Application) -> None:
        for _ in range(2):
            answer = desk.post(address(waiting, "apstiprinat/"), {"confirm-note": ""}, follow=True)
        assert answer.status_code == 200
        assert waiting.decisions.count() == 1
        assert "Pa šo laiku" in answer.content.decode()

    def test_beyond_the_budget_the_figures_are_told(self, desk: Client, waiting: Application, by) -> None:
        set_budget(waiting.round, 10_000, by=SYSTEM)
        answer = desk.post(address(waiting, "apstiprinat/"), {"confirm-note": "lūdzu"})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "100" in page
        assert "360" in page
        assert "lūdzu" in page
        waiting.refresh_from_db()
        assert waiting.status == Status.SUBMITTED
        assert waiting.money_short_at is not None
        assert budget_of(waiting.round_id).committed_cents == 0

    def test_beyond_the_account_the_figures_are_told(
        self, desk: Client, filled: Filled, person: Person
    ) -> None:
        small = replace(rules_for("IMK", clock.today()), account_cents=12_345)
        set_rules("IMK", small, valid_from=clock.today(), basis="Rīkojums Nr. 5", by=SYSTEM)
        waiting = submitted(filled, person, "IMK")
        answer = desk.post(address(waiting, "apstiprinat/"), {"confirm-note": "lūdzu"})
        page = answer.content.decode()
        assert answer.status_code == 409
        told = f"Mācību konta līdzekļu nepietiek: pieejami {money(12_345)}, vajadzīgi {money(36_000)}."
        assert told in page
        assert "Kārtas budžeta nepietiek" not in page
        assert "lūdzu" in page
        assert shown(desk, "?pazime=nepietiek-naudas") == [waiting.number]

    @pytest.mark.parametrize(
        ("typed", "error"),
        [
            ({"refuse-note": "Paskaidroju"}, "vismaz vienu"),
            ({"refuse-reasons": ["other"], "refuse-note": " "}, "cits iemesls"),
            ({"refuse-reasons": ["nav-tads"], "refuse-note": "Paskaidroju"}, "Paskaidroju"),
            ({"refuse-reasons": ["age"], "refuse-note": "x" * 2001}, "2000"),
        ],
    )
    def test_refusing_owes_a_reason(
        self, desk: Client, waiting: Application, typed: dict[str, object], error: str
    ) -> None:
        answer = desk.post(address(waiting, "atteikt/"), typed)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert error in page
        assert "<title>Kļūda: " in page
        assert page.count("data-error-summary") == 1
        waiting.refresh_from_db()
        assert waiting.status == Status.SUBMITTED

    def test_the_message_is_shown_before_it_is_sent(self, desk: Client, waiting: Application) -> None:
        before = Delivery.objects.count()
        typed = {"refuse-reasons": ["age"], "refuse-note": "Trūkst gadu", "preview": "1"}
        answer = desk.post(address(waiting, "atteikt/"), typed)
        page = answer.content.decode()
        assert answer.status_code == 200
        assert page.count("Trūkst gadu") >= 2
        assert Delivery.objects.count() == before
        waiting.refresh_from_db()
        assert waiting.status == Status.SUBMITTED

    def test_refused_with_reasons_in_the_message_and_the_document(
        self, desk: Client, waiting: Application, signed_in, person: Person
    ) -> None:
        desk.post(
            address(waiting, "atteikt/"), {"refuse-reasons": ["age"], "refuse-note": "<b>Trūkst</b> gadu"}
        )
        decision, stranger = waiting.decisions.get(), make_person(7)
        for reader in (person, stranger):
            people.accept_texts(reader, by=people.actor_of(reader))
        assert "Trūkst" in Delivery.objects.get(kind="application.refuse").text
        texts = []
        own = f"/profils/pieteikumi/{waiting.public_id}/"
        for browser, path in (
            (desk, address(waiting, f"lemums/{decision.pk}/")),
            (signed_in(person), f"{own}lemums/{decision.pk}/"),
        ):
            answer = browser.get(path)
            assert answer["Content-Type"] == "application/pdf"
            texts.append(pdf_text(answer.content))
        for text in texts:
            assert waiting.number in text
            assert "viena mēneša laikā" in text
            assert "<b>Trūkst</b> gadu" in text
        assert f"lemums/{decision.pk}/" in signed_in(person).get(own).content.decode()
        assert signed_in(stranger).get(f"{own}lemums/{decision.pk}/").status_code == 404
        assert desk.get(address(waiting, "lemums/999999/")).status_code == 404

    def test_returned_for_the_ticked_fields(self, desk: Client, waiting: Application) -> None:
        typed = {"return-reasons": ["incomplete"], "return-note": "", "return-fields_open": ["workplace"]}
        assert desk.post(address(waiting, "atpakal/"), typed | {"preview": "1"}).status_code == 200
        assert desk.post(address(waiting, "atpakal/"), typed).status_code == 302
        waiting.refresh_from_db()
        assert (waiting.status, waiting.returned_fields) == (Status.RETURNED, ["workplace"])

    def test_returning_needs_a_field(self, desk: Client, waiting: Application) -> None:
        for fields in ([], ["nav-tada"]):
            typed = {"return-reasons": ["incomplete"], "return-note": "Lūdzu", "return-fields_open": fields}
            answer = desk.post(address(waiting, "atpakal/"), typed)
            assert answer.status_code == 422
            assert "Lūdzu" in answer.content.decode()

    def test_another_officer_examines_a_refusal_again(
        self, desk: Client, waiting: Application, at_work: Callable[[Actor], Client]
    ) -> None:
        desk.post(address(waiting, "atteikt/"), {"refuse-reasons": ["age"], "refuse-note": ""})
        typed = {"reopen-reasons": ["mistake"], "reopen-note": ""}
        assert "cits darbinieks" in desk.get(address(waiting)).content.decode()
        assert desk.post(address(waiting, "izskatit-velreiz/"), typed).status_code == 409
        second = at_work(agency_officer(2))
        assert second.post(address(waiting, "izskatit-velreiz/"), typed).url == address(waiting)
        waiting.refresh_from_db()
        assert waiting.status == Status.SUBMITTED

    def test_not_when_another_application_is_open(
        self, desk: Client, waiting: Application, filled: Filled, person: Person, at_work
    ) -> None:
        desk.post(address(waiting, "atteikt/"), {"refuse-reasons": ["age"], "refuse-note": ""})
        submitted(filled, person)
        typed = {"reopen-reasons": ["mistake"], "reopen-note": "Kļūda"}
        answer = at_work(agency_officer(2)).post(address(waiting, "izskatit-velreiz/"), typed)
        assert answer.status_code == 409
        assert "Kļūda" in answer.content.decode()

    def test_nobody_decides_on_their_own(self, filled: Filled, person: Person, at_work) -> None:
        own = submitted(filled, person)
        officer = make_staff(1, "agency", person=person)
        desk = at_work(officer)
        page = desk.get(address(own)).content.decode()
        assert "Šis ir jūsu pieteikums" in page or "Šis ir Jūsu pieteikums" in page
        assert desk.post(address(own, "apstiprinat/"), {"confirm-note": ""}).status_code == 403
        result = desk.post(
            f"{QUEUE}lemt/", {"p": [own.public_id], "action": "confirm", "done": "1", "confirm-note": ""}
        )
        assert result.status_code == 200
        own.refresh_from_db()
        assert own.status == Status.SUBMITTED

    def test_what_was_corrected_is_shown(self, desk: Client, waiting: Application, officer: Actor) -> None:
        sent_back(waiting, "workplace", by=officer)
        waiting.refresh_from_db()
        page = desk.get(f"{address(waiting)}?statuss=returned").content.decode()
        assert "Kas ir labots" in page

    def test_only_reasons_of_the_sources_rules_are_offered(
        self, desk: Client, waiting: Application, filled: Filled
    ) -> None:
        account = submitted(filled, make_person(8), "IMK")
        of_mn, of_imk = offered(desk, waiting), offered(desk, account)
        assert {"employment", "limit"} <= of_mn
        assert "account" not in of_mn
        assert "account" in of_imk
        assert of_imk.isdisjoint({"employment", "limit"})
        typed = {"refuse-reasons": ["account"], "refuse-note": "Paskaidroju"}
        assert desk.post(address(waiting, "atteikt/"), typed).status_code == 422
        assert desk.post(address(account, "atteikt/"), typed).status_code == 302

    def test_whoever_steps_aside_stays_in_the_queue_from_which_they_came(
        self, desk: Client, waiting: Application
    ) -> None:
        RegisterAnswer.objects.create(application=waiting, register="tax", answer="failed")
        query = "?avots=MN&pazime=registrs-neatbild"
        here = f"{address(waiting)}?avots=MN&pazime=registrs-neatbild"
        assert desk.post(address(waiting, "registri/") + query).url == here
        assert desk.get(address(waiting, "atteikt/") + query).url == here
        desk.post(address(waiting, "apstiprinat/"), {"confirm-note": ""})
        assert desk.post(address(waiting, "apstiprinat/") + query, {"confirm-note": ""}).url == here

    def test_registers_that_answered_are_not_offered_to_be_asked(
        self, desk: Client, waiting: Application
    ) -> None:
        RegisterAnswer.objects.create(application=waiting, register="tax", answer="yes")
        assert "registri/" not in desk.get(address(waiting)).content.decode()
        RegisterAnswer.objects.update(answer="unknown")
        assert "registri/" in desk.get(address(waiting)).content.decode()

    def test_registers_are_asked_again(self, desk: Client, waiting: Application) -> None:
        RegisterAnswer.objects.create(application=waiting, register="tax", answer="failed")
        desk.post(address(waiting, "registri/"))
        assert RegisterAnswer.objects.get().answer == "pending"

    @pytest.mark.parametrize(
        "step", ["apstiprinat/", "atteikt/", "atpakal/", "izskatit-velreiz/", "registri/"]
    )
    def test_an_address_without_a_form_leads_to_the_page(
        self, desk: Client, waiting: Application, step: str
    ) -> None:
        assert desk.get(address(waiting, step)).url == address(waiting)


def pdf_text(content: bytes) -> str:
    """The words of a document, breaks between lines forgotten."""
    pages = PdfReader(io.BytesIO(content)).pages
    return spaced(" ".join(page.extract_text() for page in pages))


def spaced(text: str) -> str:
    """With one plain space wherever there is any."""
    return re.sub(r"\s+", " ", text)


class TestDocuments:
    def test_every_decision_can_be_had_as_a_document(
        self, desk: Client, waiting: Application, officer: Actor
    ) -> None:
        returned = sent_back(waiting, "workplace", by=officer)
        with time_machine.travel(returned.correction_due_at + timedelta(seconds=1), tick=True):
            assert operations.lapse_corrections(by=SYSTEM) == 1
            operations.reopen(waiting, reasons=["mistake"], note="Labots laikā.", by=agency_officer(2))
            operations.confirm(waiting, by=officer)
        decisions = list(waiting.decisions.order_by("at", "pk"))
        assert [each.action for each in decisions] == ["return", "lapse", "reopen", "confirm"]
        answers = [desk.get(address(waiting, f"lemums/{each.pk}/")) for each in decisions]
        assert {answer["Content-Type"] for answer in answers} == {"application/pdf"}
        back, lapse, again, confirm = texts = [pdf_text(answer.content) for answer in answers]
        for text in texts:
            for words in (waiting.number, "MN-2026-1/0", "mazāk nekā 2 mācību reizes", "vismaz 6 mēneši"):
                assert words in text
        for words in (
            "Organizācija agency ·",
            "Pieteikums atgriezts Jums precizēšanai",
            "Sniegtā informācija ir nepilnīga vai pretrunīga",
            "Darba vietas faktiskā atrašanās vieta",
            spaced(f"Termiņš: {due_in_words(returned.correction_due_at)}."),
        ):
            assert words in back
        for words in ("Organizācija agency ·", "noraidīts", "Pieteikums nav izlabots noteiktajā termiņā"):
            assert words in lapse
        for words in ("izskatīts vēlreiz", "Iepriekšējais lēmums bija kļūdains", "Labots laikā."):
            assert words in again
        for words in ("Pieteikums apstiprināts", money(40_000), money(4_000), money(36_000)):
            assert spaced(words) in confirm
        # Only what ends the matter, or grants it, says how it is contested.
        assert ["Kā apstrīdēt" in text for text in texts] == [False, True, False, True]

    def test_a_document_keeps_the_rules_under_which_it_was_decided(
        self, desk: Client, waiting: Application, officer: Actor
    ) -> None:
        refused = operations.refuse(waiting, reasons=["limit"], by=officer)
        path = address(waiting, f"lemums/{refused.decisions.get().pk}/")
        before = pdf_text(desk.get(path).content)
        other = replace(rules_for("MN", clock.today()), learnings_allowed=5)
        set_rules("MN", other, valid_from=clock.today(), basis="Rīkojums Nr. 6", by=SYSTEM)
        assert "mazāk nekā 2 mācību reizes" in before
        assert pdf_text(desk.get(path).content) == before


class TestHome:
    def test_what_waits_by_what_one_may_do(self, desk: Client, waiting: Application, at_work) -> None:
        queues = desk.get("/agentura/").context["queues"]
        assert (queues[0]["count"], queues[0]["url"]) == (1, QUEUE)
        assert queues[0]["label"] == "pieteikums, par kuru jālemj"
        of_ministry = at_work(ministry_officer()).get("/agentura/").context["queues"]
        assert of_ministry[0]["count"] == 0
        assert len(of_ministry) < len(queues)
