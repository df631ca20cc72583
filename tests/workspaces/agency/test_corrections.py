"""Corrections of the ledger by two officers, on their pages."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.applications.deciding import submitted
from tests.world import make_person, make_round, make_staff

from stars.actors.actor import SYSTEM, Actor
from stars.applications import operations as applications
from stars.audit.models import AuditEvent
from stars.funding import operations
from stars.funding.models import CorrectionProposal, LedgerEntry
from stars.people import operations as people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue_lists")]
ADDRESS = "/agentura/labojumi/"
NUMBER = "IMK-2026-000001"
EURO = "\N{NO-BREAK SPACE}€"


@pytest.fixture
def payment(officer: Actor) -> LedgerEntry:
    """A payment of 400 €."""
    return paid(1, officer)


@pytest.fixture
def second(at_work: Callable[[Actor], Client]) -> Client:
    """The second officer's browser."""
    return at_work(make_staff(2, "agency"))


def paid(number: int, officer: Actor) -> LedgerEntry:
    name = f"IMK-2026-{number:06d}"
    operations.hold(
        application_number=name,
        programme="Datu analīze",
        person=make_person(number + 100),
        round=make_round("IMK", name=f"K{number}"),
        scheme="IMK",
        amount_cents=40_000,
        reference=f"confirm:{number}",
        by=officer,
    )
    operations.pay(name, reference=f"complete:{number}", reason="", by=SYSTEM)
    return LedgerEntry.objects.get(kind="payment", application=name)


def propose(browser: Client, entry: LedgerEntry, reason: str = "Kļūda rēķinā"):
    return browser.post(f"{ADDRESS}ieraksts/{entry.pk}/", {"reason": reason})


def settle(browser: Client, accept: str = "1"):
    proposal = CorrectionProposal.objects.latest("pk")
    return browser.post(f"{ADDRESS}{proposal.pk}/", {"accept": accept}, follow=True)


def corrections() -> list[int]:
    return list(LedgerEntry.objects.filter(kind="correction").values_list("amount_cents", flat=True))


def test_one_proposes_and_another_carries_out_once(desk, second, payment) -> None:
    page = desk.get(ADDRESS, {"numurs": NUMBER})
    assert f"{ADDRESS}ieraksts/{payment.pk}/" in page.content.decode()
    assert desk.get(f"{ADDRESS}ieraksts/{payment.pk}/").status_code == 200
    assert propose(desk, payment).url == ADDRESS
    assert corrections() == []
    assert "Kļūda rēķinā" in second.get(ADDRESS).content.decode()
    second.cookies["django_language"] = "en"
    assert '<p><span lang="lv">Kļūda rēķinā</span></p>' in second.get(ADDRESS).content.decode()
    del second.cookies["django_language"]
    for _ in range(2):
        settle(second)
    entry = LedgerEntry.objects.get(kind="correction")
    assert (entry.amount_cents, entry.reverses_id) == (40_000, payment.pk)
    assert entry.second_actor_id != entry.actor_id
    # An entry is reversed once.
    assert propose(second, payment).status_code == 422
    assert corrections() == [40_000]


def test_whoever_proposed_does_not_carry_out_but_may_take_back(desk, payment) -> None:
    propose(desk, payment)
    assert 'value="1"' not in desk.get(ADDRESS).content.decode().split("<main", 1)[1]
    settle(desk)
    assert corrections() == []
    assert CorrectionProposal.objects.get().settled_at is None
    # Back after the session had ended, one stands in the list.
    assert desk.get(f"{ADDRESS}{CorrectionProposal.objects.get().pk}/").url == ADDRESS
    settle(desk, "0")
    assert CorrectionProposal.objects.get().is_accepted is False
    assert propose(desk, payment).status_code == 302


def test_two_proposals_about_one_entry_do_not_wait(desk, second, payment) -> None:
    propose(desk, payment)
    assert propose(second, payment).status_code == 422
    assert CorrectionProposal.objects.count() == 1


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_a_reason_is_owed(desk, payment, reason: str) -> None:
    page = propose(desk, payment, reason)
    assert page.status_code == 422
    assert page.content.decode().count("data-error-summary") == 1
    assert not CorrectionProposal.objects.exists()


def test_a_hostile_reason_is_only_text(desk, payment) -> None:
    propose(desk, payment, "<script>alert(1)</script>")
    assert "<script>alert(1)" not in desk.get(ADDRESS).content.decode()


def test_a_hold_is_no_entry_to_correct(desk, payment) -> None:
    held = LedgerEntry.objects.get(kind="reservation")
    assert desk.get(f"{ADDRESS}ieraksts/{held.pk}/").status_code == 404
    assert propose(desk, held).status_code == 404


@pytest.mark.parametrize("number", ["0", "999999", "9" * 25])
def test_tampered_numbers(desk, number: str) -> None:
    assert desk.get(f"{ADDRESS}ieraksts/{number}/").status_code == 404
    assert desk.post(f"{ADDRESS}{number}/", {"accept": "1"}).status_code in (302, 404)
    assert corrections() == []


def test_an_entry_of_another_authority_is_not_there(desk, officer) -> None:
    round_ = make_round("VARAM")
    operations.hold(
        application_number="VARAM-2026-000001",
        programme="Dators",
        person=make_person(7),
        round=round_,
        scheme="VARAM",
        amount_cents=5_000,
        reference="confirm:v",
        by=make_staff(60, "ministry"),
    )
    operations.pay("VARAM-2026-000001", reference="complete:v", reason="", by=SYSTEM)
    foreign = LedgerEntry.objects.get(kind="payment")
    assert desk.get(ADDRESS, {"numurs": "VARAM-2026-000001"}).context["entries"] == []
    assert propose(desk, foreign).status_code == 404


def test_the_ministry_corrects_its_own_source_and_no_other(ministry, at_work, payment) -> None:
    operations.hold(
        application_number="VARAM-2026-000001",
        programme="Dators",
        person=make_person(7),
        round=make_round("VARAM"),
        scheme="VARAM",
        amount_cents=5_000,
        reference="confirm:v",
        by=make_staff(60, "ministry"),
    )
    operations.pay("VARAM-2026-000001", reference="complete:v", reason="", by=SYSTEM)
    own = LedgerEntry.objects.get(kind="payment", application="VARAM-2026-000001")
    assert f'href="{ADDRESS}"' in ministry.get("/agentura/").content.decode()
    correct_both(ministry, at_work(make_staff(61, "ministry")), own)
    assert ministry.get(ADDRESS, {"numurs": NUMBER}).context["entries"] == []
    assert propose(ministry, payment).status_code == 404


def test_who_may_not(client, tab, at_work, payment) -> None:
    institution = at_work(make_staff(4, "institution"))
    for address in (ADDRESS, f"{ADDRESS}ieraksts/{payment.pk}/"):
        assert client.get(address).status_code == 302
        for browser in (tab, institution):
            assert browser.get(address).status_code == 403
    assert propose(tab, payment).status_code == 403
    assert not CorrectionProposal.objects.exists()


def test_whose_money_it_is_stands_beside_each_step(desk, second, officer, payment) -> None:
    owner = payment.account.person
    code = owner.identifiers.get().value
    whom = f"<strong>{owner.full_name}</strong>"
    found = desk.get(ADDRESS, {"numurs": NUMBER}).content.decode()
    asked = desk.get(f"{ADDRESS}ieraksts/{payment.pk}/").content.decode()
    propose(desk, payment)
    before = AuditEvent.objects.filter(kind="ledger.viewed", subject="ledger-entries").count()
    waiting = second.get(ADDRESS).content.decode()
    settle(second)
    for page in (found, asked, waiting, second.get(ADDRESS).content.decode()):
        assert page.count(whom) == 1
        assert f"{code[:6]}-{code[6]}****" in page
        assert code not in page
    listed = AuditEvent.objects.filter(kind="ledger.viewed", subject="ledger-entries")
    assert listed.count() > before
    assert listed.latest("pk").details == {"ids": [payment.pk]}


def test_money_without_an_account_is_told_by_its_application(desk, officer, filled, person) -> None:
    waiting = submitted(filled, person)
    applications.confirm(waiting, by=officer)
    operations.pay(waiting.number, reference="complete:x", reason="", by=SYSTEM)
    page = desk.get(ADDRESS, {"numurs": waiting.number}).content.decode()
    assert f"<strong>{person.full_name}</strong>" in page


def test_a_look_at_somebodys_entries_is_remembered(desk, payment) -> None:
    desk.get(ADDRESS, {"numurs": NUMBER})
    assert AuditEvent.objects.filter(kind="ledger.viewed", subject_id=NUMBER).count() == 1


def test_the_page_costs_the_same_with_one_row_and_thirty(desk, officer, query_counter) -> None:
    counts = []
    for first, last in ((0, 1), (1, 30)):
        for number in range(first, last):
            operations.propose_correction(paid(number + 1, officer).pk, reason="Kļūda", by=officer)
        desk.get(ADDRESS)
        with query_counter() as asked:
            page = desk.get(ADDRESS)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12
    assert len(page.context["waiting"].object_list) == 20
    assert len(desk.get(ADDRESS, {"gaida": "2"}).context["waiting"].object_list) == 10


def test_without_anything_the_page_says_so(desk) -> None:
    text = desk.get(ADDRESS).content.decode()
    assert "Nekas negaida" in text
    assert "Vēl nekas nav labots" in text


def state_of(browser: Client, entry: LedgerEntry) -> str:
    """What the page says of the entry where it was looked up."""
    found = browser.get(ADDRESS, {"numurs": NUMBER}).context["entries"]
    return next(line.state for line in found if line.pk == entry.pk)


def test_a_grant_reversed_by_mistake_is_brought_back_on_the_pages(desk, second, payment) -> None:
    correct_both(desk, second, payment)
    grant = LedgerEntry.objects.get(kind="grant")
    correct_both(desk, second, grant)
    mistake = LedgerEntry.objects.get(reverses=grant)
    assert (state_of(desk, grant), state_of(desk, mistake)) == ("corrected", "free")
    page = desk.get(ADDRESS, {"numurs": NUMBER}).content.decode()
    assert f"{ADDRESS}ieraksts/{mistake.pk}/" in page
    assert "Labots: Piešķirts" in page
    assert "Labots: Piešķirts" in desk.get(f"{ADDRESS}ieraksts/{mistake.pk}/").content.decode()

    correct_both(desk, second, mistake)

    payment.account.refresh_from_db()
    assert payment.account.available_cents == 120_000
    assert state_of(desk, grant) == "restored"
    page = desk.get(ADDRESS, {"numurs": NUMBER}).content.decode()
    assert page.count(">atkal spēkā</span>") == 1
    assert propose(desk, mistake).status_code == 422


def test_a_return_that_the_budget_does_not_hold_any_more_stays_with_the_figures(
    desk, second, payment
) -> None:
    correct_both(desk, second, payment)
    operations.set_budget(payment.round, 10_000, by=SYSTEM)
    propose(desk, LedgerEntry.objects.get(reverses=payment))
    text = settle(second).content.decode()
    assert "Kārtas budžeta nepietiek" in text
    assert f"100,00{EURO}" in text
    assert f"400,00{EURO}" in text
    assert CorrectionProposal.objects.latest("pk").settled_at is None


def test_what_is_owed_waits_in_the_list_for_one_officer(desk, payment) -> None:
    owner = payment.account.person
    operations.propose_return(NUMBER, owner=owner.pk, reason="Atteikšanās", by=people.actor_of(owner))
    page = desk.get(ADDRESS).content.decode()
    assert ">jāatgriež</span> Atteikšanās" in page
    assert "STARS" in page
    assert "gaida" in desk.get("/agentura/").content.decode()
    text = settle(desk).content.decode()
    assert "Labojums ir izpildīts" in text
    assert corrections() == [40_000]


def test_an_officer_who_proposed_what_is_owed_is_offered_no_button(desk, second, payment) -> None:
    propose(desk, payment)
    owner = payment.account.person
    operations.propose_return(NUMBER, owner=owner.pk, reason="Atteikšanās", by=people.actor_of(owner))
    assert 'name="accept"' not in desk.get(ADDRESS).content.decode()
    assert "Par to jālemj citam darbiniekam" in settle(desk, "0").content.decode()
    assert 'value="1"' in second.get(ADDRESS).content.decode()


def correct_both(first: Client, second: Client, entry: LedgerEntry) -> None:
    assert propose(first, entry).status_code == 302
    settle(second)
    assert LedgerEntry.objects.filter(reverses=entry).count() == 1
