"""The level test before a VARAM application: why, what it found, the programmes of the level; and the whole way in."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from tests.assessments.leveling import best, offer_level_test, reach_level, worst
from tests.world import OGRE, RIGA, make_group, make_person, make_programme, make_round

from stars.actors.actor import SYSTEM
from stars.applications.models import Application
from stars.assessments import operations
from stars.assessments.enums import Instrument, Scale
from stars.assessments.models import Attempt, Item, Result
from stars.audit.models import AuditEvent
from stars.catalogue.models import Programme, Round
from stars.people import operations as people
from stars.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue_lists")]
LEVEL = "/profils/testi/limena-tests/"


@pytest.fixture
def round_(catalogue_lists: None) -> Round:
    return make_round("VARAM")


def of_level(level: int, title: str, round_: Round, place: str | None = OGRE) -> Programme:
    made = make_programme(title, varam_level=level, field_id="field-digitalas")
    make_group(made, place, rounds=[round_])
    return made


@pytest.fixture
def programme(round_: Round) -> Programme:
    """Of the first level."""
    return of_level(1, "Pirmie soļi", round_)


def way_in(programme: Programme) -> str:
    return f"/profils/pieteikties/{programme.pk}/"


def test_pieteikties_opens_the_test_when_there_is_no_result(tab: Client, programme: Programme) -> None:
    offer_level_test()
    answer = tab.get(way_in(programme))
    assert (answer.status_code, answer["Location"]) == (302, f"{LEVEL}?programma={programme.pk}")
    page = tab.get(answer["Location"]).content.decode()
    for words in (
        "Prasmju pašnovērtējuma zināšanu tests",
        "Kādēļ šis tests?",
        "20 jautājumu, apmēram 15 minūšu.",
        "Jūs vēlaties pieteikties programmai „Pirmie soļi”.",
        "Sākt testu",
    ):
        assert words in page


def test_whoever_may_not_apply_anyway_need_not_take_the_test(
    tab: Client, programme: Programme, citizen: Person
) -> None:
    Person.objects.filter(pk=citizen.pk).update(birth_date=timezone.localdate() - timedelta(days=3650))
    page = tab.get(way_in(programme))
    assert page.status_code == 200
    assert "Jums ir derīgs līmeņa testa rezultāts" in page.content.decode()
    assert page.context["may_apply"] is False


def test_the_test_is_begun_at_one_address_only(tab: Client) -> None:
    offer_level_test()
    for answer in (tab.get("/profils/testi/level/"), tab.post("/profils/testi/level/")):
        assert (answer.status_code, answer["Location"]) == (301, f"{LEVEL}?atkartot=1")
    assert not Attempt.objects.exists()


def test_earlier_results_stand_where_the_test_is_begun(tab: Client, citizen: Person) -> None:
    offer_level_test()
    reach_level(citizen, 2)
    page = tab.get(f"{LEVEL}?atkartot=1")
    attempt = Attempt.objects.get()
    assert list(page.context["page"]) == [attempt]
    assert f"/profils/testi/{attempt.public_id}/rezultats/" in page.content.decode()
    for address in ("/profils/testi/", f"/profils/testi/{attempt.public_id}/rezultats/"):
        assert f'href="{LEVEL}?atkartot=1"' in tab.get(address).content.decode()


def test_without_a_bank_the_page_says_so(tab: Client, programme: Programme) -> None:
    page = tab.get(LEVEL)
    assert "Tests pašlaik nav pieejams" in page.content.decode()
    assert tab.post(LEVEL, {"programma": programme.pk}).status_code == 409
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("wanted", ["", "0", "abc", "9" * 19, "-1", "²", "1 OR 1=1"])
def test_a_strange_programme_is_passed_over(tab: Client, wanted: str) -> None:
    offer_level_test()
    assert tab.get(LEVEL, {"programma": wanted}).context["programme"] is None
    assert tab.post(LEVEL, {"programma": wanted}).status_code == 302
    assert Attempt.objects.get().programme is None


def test_a_valid_result_is_reused(tab: Client, programme: Programme, citizen: Person) -> None:
    reach_level(citizen, 1)
    page = tab.get(way_in(programme))
    assert page.status_code == 200
    text = page.content.decode()
    assert text.index("Jums ir derīgs līmeņa testa rezultāts") < text.index("Aizpildīt iesniegumu")
    assert tab.post(way_in(programme), {"finansejums": "VARAM"}).status_code == 302
    assert Application.objects.get().programme == programme


@pytest.mark.parametrize("level", [2, 3])
def test_another_level_is_refused_with_the_right_offer(
    tab: Client, programme: Programme, round_: Round, citizen: Person, level: int
) -> None:
    right = of_level(level, "Īstā", round_)
    reach_level(citizen, level)
    for page in (tab.get(way_in(programme)), tab.post(way_in(programme), {"finansejums": "VARAM"})):
        text = page.content.decode()
        assert "Programma ir paredzēta citam līmenim" in text
        assert f'href="{LEVEL}?programma={programme.pk}"' in text
        assert "Aizpildīt iesniegumu" not in text
    assert not Application.objects.exists()
    found = tab.get(LEVEL, {"programma": programme.pk})
    assert [each.card.id for each in found.context["offered"]] == [right.pk]
    assert "Jums labāk derēs cita programma" in found.content.decode()


def test_the_offer_begins_with_the_wanted_one_and_goes_by_place(
    tab: Client, round_: Round, citizen: Person
) -> None:
    far, home = of_level(1, "Tālā", round_, OGRE), of_level(1, "Mājās", round_, RIGA)
    remote = of_level(1, "Attālinātā", round_, None)
    citizen.profile.municipality_id = RIGA
    citizen.profile.save()
    reach_level(citizen, 1)
    offered = tab.get(LEVEL).context["offered"]
    assert [each.card.id for each in offered] == [home.pk, remote.pk, far.pk]
    offered = tab.get(LEVEL, {"programma": far.pk}).context["offered"]
    assert offered[0].card.id == far.pk
    assert offered[0].apply_url == f"{way_in(far)}?finansejums=VARAM"


def test_the_offer_is_paged_in_the_address(tab: Client, round_: Round, citizen: Person) -> None:
    for number in range(12):
        of_level(1, f"Programma {number:02d}", round_)
    reach_level(citizen, 1)
    pages = [tab.get(LEVEL, {"lapa": number}).context["offered"] for number in (1, 2, "x")]
    assert [len(page) for page in pages] == [10, 2, 10]
    assert {each.card.id for each in pages[0]} & {each.card.id for each in pages[1]} == set()


def test_no_programme_of_the_level_is_said(tab: Client, citizen: Person) -> None:
    reach_level(citizen, 3)
    assert "Tagad nevar pieteikties nevienai Jūsu līmeņa programmai" in tab.get(LEVEL).content.decode()


def test_an_expired_result_asks_for_the_test_again(
    tab: Client, programme: Programme, citizen: Person, signed_in: Callable[..., Client]
) -> None:
    offer_level_test(days=3)
    reach_level(citizen, 1)
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        late = signed_in(citizen)
        assert late.get(way_in(programme)).status_code == 302
        text = late.get(LEVEL).content.decode()
        assert "Jūsu rezultāts vairs nav derīgs" in text
        assert "Aizpildīt testu vēlreiz" in text


def test_the_test_can_be_repeated_while_the_result_holds(tab: Client, citizen: Person) -> None:
    reach_level(citizen, 1)
    assert "Atkārtot testu" in tab.get(LEVEL).content.decode()
    assert "Jums ir derīgs rezultāts" in tab.get(LEVEL, {"atkartot": "1"}).content.decode()
    assert tab.post(LEVEL).status_code == 302
    assert Attempt.objects.filter(person=citizen).count() == 2
    assert "Jūsu mācību līmenis" in tab.get(LEVEL).content.decode()


def test_an_older_result_says_that_there_is_a_newer_one(tab: Client, citizen: Person) -> None:
    old = reach_level(citizen, 3).attempt
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        new = reach_level(citizen, 1).attempt
    older = tab.get(f"/profils/testi/{old.public_id}/rezultats/").content.decode()
    assert "Ir jaunāks rezultāts" in older
    assert "Jūsu līmeņa programmas" not in older
    assert (
        "Ir jaunāks rezultāts" not in tab.get(f"/profils/testi/{new.public_id}/rezultats/").content.decode()
    )


def test_somebody_elses_attempt_is_not_there(tab: Client) -> None:
    other = make_person(2)
    attempt = reach_level(other, 1).attempt
    open_one = operations.start(Instrument.LEVEL, by=people.actor_of(other))
    for address in (f"{attempt.public_id}/rezultats/", f"{open_one.public_id}/1/", f"{open_one.public_id}/"):
        assert tab.get(f"/profils/testi/{address}").status_code == 404
    sent = {f"q{open_one.asked[0]}": "0"}
    assert tab.post(f"/profils/testi/{open_one.public_id}/glabat/", sent).status_code == 404
    assert AuditEvent.objects.filter(kind="test.refused-look").count() == 4
    assert not open_one.answers.exists()


def test_strange_answers_are_refused(tab: Client, citizen: Person) -> None:
    offer_level_test()
    tab.post(LEVEL)
    attempt = Attempt.objects.get()
    choice = Item.objects.filter(pk__in=attempt.asked, scale=Scale.CHOICE).order_by("pk")[0]
    stranger = Item.objects.filter(bank=attempt.bank).exclude(pk__in=attempt.asked).order_by("pk")[0]
    keep = f"/profils/testi/{attempt.public_id}/glabat/"
    for sent in ({f"q{choice.pk}": "4"}, {f"q{choice.pk}": "99"}, {f"q{stranger.pk}": "0"}):
        assert tab.post(keep, sent).status_code == 400
    assert not attempt.answers.exists()


def test_the_page_does_not_tell_the_right_option(tab: Client, citizen: Person) -> None:
    """Whichever option is right, the page is the same to the letter but for the words of the options."""
    offer_level_test()
    tab.post(LEVEL)
    attempt = Attempt.objects.get()
    for number in (1, 2, 3, 4):
        answer = tab.get(f"/profils/testi/{attempt.public_id}/{number}/")
        page = answer.content.decode()
        for key in attempt.asked[(number - 1) * 5 : number * 5]:
            item = Item.objects.get(pk=key)
            if item.scale != Scale.CHOICE:
                continue
            inputs = re.findall(rf'<input[^>]*name="q{key}"[^>]*>', page)
            bare = {re.sub(r'value="[^"]*"|id="[^"]*"', "", each) for each in inputs}
            assert (len(inputs), len(bare)) == (5, 1)
            # Options stand in the order of the bank, whatever is right.
            choices = answer.context["form"].fields[f"q{key}"].choices
            assert [text for _, text in choices][:4] == [option["lv"] for option in item.options]
        assert (
            "right"
            not in re.sub(r"<(link|script|img|use)[^>]*>", "", page).split("<main")[1].split("</main>")[0]
        )


def test_pages_cost_few_statements(
    tab: Client, programme: Programme, round_: Round, citizen: Person, query_counter: Callable[[], list[str]]
) -> None:
    for number in range(9):
        of_level(1, f"Programma {number}", round_)
    reach_level(citizen, 1)
    result = Attempt.objects.get().public_id
    for address in (
        LEVEL,
        f"{LEVEL}?atkartot=1",
        f"/profils/testi/{result}/rezultats/",
        f"{way_in(programme)}?finansejums=VARAM",
    ):
        tab.get(address)
        with query_counter() as queries:  # type: ignore[attr-defined]
            assert tab.get(address).status_code == 200
        assert len(queries) <= 12, address


def test_from_pieteikties_to_the_receipt_without_script(
    tab: Client, programme: Programme, citizen: Person
) -> None:
    """The whole way with forms alone: the first pages half-filled, then whole."""
    offer_level_test()
    intro = tab.get(way_in(programme), follow=True)
    assert intro.request["PATH_INFO"] == LEVEL
    attempt_page = tab.post(LEVEL, {"programma": intro.context["programme"].id}, follow=True)
    attempt = Attempt.objects.get()
    base = f"/profils/testi/{attempt.public_id}/"
    assert attempt_page.request["PATH_INFO"] == f"{base}1/"

    items = Item.objects.in_bulk(attempt.asked)
    sent = {key: "-" if (value := worst(items[key])) is None else str(value) for key in attempt.asked}
    assert tab.post(f"{base}1/", {f"q{attempt.asked[0]}": sent[attempt.asked[0]]}).status_code == 422
    for number in (1, 2, 3, 4):
        keys = attempt.asked[(number - 1) * 5 : number * 5]
        answer = tab.post(f"{base}{number}/", {f"q{key}": sent[key] for key in keys}, follow=True)
    assert answer.request["PATH_INFO"] == f"{base}rezultats/"
    text = answer.content.decode()
    assert "1. līmenis – digitālās pamatprasmes" in text
    assert "Izvēlētā programma atbilst Jūsu līmenim" in text
    assert tab.post(f"{base}4/", {f"q{attempt.asked[-1]}": "0"}, follow=True).status_code == 200
    assert Result.objects.count() == 1

    check = tab.get(answer.context["apply_url"])
    assert "Aizpildīt iesniegumu" in check.content.decode()
    tab.post(way_in(programme), {"finansejums": "VARAM"})
    application = Application.objects.get()
    form = f"/profils/pieteikumi/{application.public_id}/"
    for step, answers in (
        ("contact", {"email": "ilze@klients.example", "phone": "20000001"}),
        ("place", {"place": OGRE}),
        ("programme", {"knows_contents": "on"}),
    ):
        assert tab.post(f"{form}solis/{step}/", answers).status_code == 302
    receipt = tab.post(f"{form}parskats/", follow=True)
    application.refresh_from_db()
    assert application.number in receipt.content.decode()
    assert application.status == "submitted"


def test_a_result_that_expired_over_the_form_is_told_with_the_way_on(
    tab: Client, programme: Programme, citizen: Person, signed_in: Callable[..., Client]
) -> None:
    offer_level_test(days=2)
    reach_level(citizen, 1)
    tab.post(way_in(programme), {"finansejums": "VARAM"})
    application = Application.objects.get()
    form = f"/profils/pieteikumi/{application.public_id}/"
    tab.post(f"{form}solis/contact/", {"email": "ilze@klients.example", "phone": "20000001"})
    tab.post(f"{form}solis/place/", {"place": OGRE})
    tab.post(f"{form}solis/programme/", {"knows_contents": "on"})
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        page = signed_in(citizen).post(f"{form}parskats/")
    assert page.status_code == 422
    text = page.content.decode()
    assert "rezultāts vairs nav derīgs" in text
    assert f'href="{LEVEL}?programma={programme.pk}"' in text
    application.refresh_from_db()
    assert application.status == "draft"


def test_right_answers_lead_to_the_highest_level(tab: Client, citizen: Person) -> None:
    offer_level_test()
    tab.post(LEVEL)
    attempt = Attempt.objects.get()
    items = Item.objects.in_bulk(attempt.asked)
    for number in (1, 2, 3, 4):
        keys = attempt.asked[(number - 1) * 5 : number * 5]
        tab.post(
            f"/profils/testi/{attempt.public_id}/{number}/",
            {f"q{key}": str(best(items[key])) for key in keys},
        )
    assert "3. līmenis" in tab.get(LEVEL).content.decode()


def test_nothing_known_is_said_and_retired_thresholds_stop_nobody(tab: Client, citizen: Person) -> None:
    """The agency retires the thresholds while somebody is in the middle, who finds not a single question clear."""
    rules = offer_level_test()
    tab.post(LEVEL)
    attempt = Attempt.objects.get()
    operations.retire_rules(rules, by=SYSTEM)
    for number in (1, 2, 3, 4):
        keys = attempt.asked[(number - 1) * 5 : number * 5]
        answer = tab.post(f"/profils/testi/{attempt.public_id}/{number}/", {f"q{key}": "-" for key in keys})
    text = tab.get(answer["Location"]).content.decode()
    assert "1. līmenis – digitālās pamatprasmes" in text
    assert "Neviena atbilde nedeva punktus, tāpēc vēl nav, ko mērīt." in text
    refused = tab.post(LEVEL)
    assert refused.status_code == 409
    assert "Tests pašlaik nav pieejams" in refused.content.decode()
