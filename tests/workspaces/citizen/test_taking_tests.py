"""Testi: the list, pages of questions, answers kept one by one, and what clumsy, hurried and hostile people do."""

import pytest
from django.http import QueryDict
from django.test import Client
from tests.factories.assessments import make_bank, taken

from stars.actors.actor import SYSTEM, Actor
from stars.assessments import operations
from stars.assessments.enums import Instrument, Scale
from stars.assessments.models import Answer, Attempt, Item, ItemBank
from stars.audit.models import AuditEvent
from stars.people import operations as people
from stars.people.models import Person
from stars.people.types import SignedIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue_lists")]
LIST, START = "/profils/testi/", "/profils/testi/digital-skills/"
OTHERS_CODE = "32900000017"


@pytest.fixture
def bank(catalogue_lists: None) -> ItemBank:
    """Nine questions: two pages of five and four."""
    return make_bank(9)


@pytest.fixture
def by(citizen: Person) -> Actor:
    return people.actor_of(citizen)


@pytest.fixture
def attempt(bank: ItemBank, by: Actor) -> Attempt:
    return operations.start(Instrument.DIGITAL_SKILLS, by=by)


@pytest.fixture
def other() -> Actor:
    """Somebody else with a test of their own."""
    return people.actor_of(people.sign_in(SignedIn(OTHERS_CODE, "Cits", "Cilvēks")))


def url(attempt: Attempt, page: int | str = 1) -> str:
    return f"/profils/testi/{attempt.public_id}/{page}/"


def names(attempt: Attempt) -> list[str]:
    return [f"q{key}" for key in attempt.asked]


def kept(attempt: Attempt) -> dict[int, int | None]:
    """Places of the answered questions with their answers."""
    answers = dict(Answer.objects.filter(attempt=attempt).values_list("item_id", "value"))
    return {place: answers[key] for place, key in enumerate(attempt.asked) if key in answers}


def test_the_section_stands_after_the_programmes_under_the_manuals_name(tab: Client) -> None:
    labels = [str(link.label) for link in tab.get(LIST).context["profile_navigation"]]
    assert labels == [
        *("Sākums", "Mans profils", "Izglītības programmas", "Testi", "Mācību un pieteikumu vēsture"),
    ]


def test_the_list_names_the_three_tests_of_the_manual(tab: Client, bank: ItemBank) -> None:
    page = tab.get(LIST)
    assert [str(card.standing.instrument.label) for card in page.context["cards"]] == [
        "Personības un darba vērtību saskaņa",
        "Manas spējas izaugsmei",
        "MyDigiSkills tests",
    ]
    text = page.content.decode()
    assert text.count("Šis tests pašlaik nav pieejams.") == 2
    assert "Jautājumi: sagatavojis STARS. Ietvars: DigComp 2.2; jautājumu bankas 1. versija." in text
    assert "9 jautājumi" in text
    assert "apmēram 20 minūtes" in text


def test_the_list_says_what_is_begun_and_when_a_test_was_taken(
    tab: Client, bank: ItemBank, by: Actor
) -> None:
    taken(by)
    text = tab.get(LIST).content.decode()
    assert "pēdējoreiz aizpildīts" in text
    assert "Aizpildīt vēlreiz" in text
    operations.start(Instrument.DIGITAL_SKILLS, by=by)
    text = tab.get(LIST).content.decode()
    assert "Turpināt testu" in text
    assert "atbildēts: 0 no 9" in text


def test_the_start_page_does_not_claim_to_be_mydigiskills(tab: Client, bank: ItemBank) -> None:
    text = tab.get(START).content.decode()
    assert "Tie nav MyDigiSkills vai DigCompSAT jautājumi" in text


def test_a_bank_from_elsewhere_is_shown_as_what_it_is(tab: Client) -> None:
    make_bank(3, source="Clifford, I. et al., DigCompSat (JRC123226), EU, 2020, CC BY 4.0")
    text = tab.get(START).content.decode()
    assert "Clifford, I. et al." in text
    assert "Tie nav MyDigiSkills" not in text


def test_pressing_start_twice_begins_once(tab: Client, bank: ItemBank) -> None:
    first, second = tab.post(START), tab.post(START)
    assert Attempt.objects.count() == 1
    assert first["Location"] == second["Location"] == f"/profils/testi/{Attempt.objects.get().public_id}/"


def test_what_is_not_offered_is_not_begun(tab: Client) -> None:
    answer = tab.post(START)
    assert answer.status_code == 409
    assert "Šis tests pašlaik nav pieejams." in answer.content.decode()


def test_an_unknown_test_is_no_page(tab: Client) -> None:
    assert tab.get("/profils/testi/horoscope/").status_code == 404


def test_from_the_first_page_to_the_result(tab: Client, attempt: Attempt) -> None:
    fields = names(attempt)
    first = tab.post(url(attempt), dict.fromkeys(fields[:5], "2"))
    assert first["Location"] == url(attempt, 2)
    last = tab.post(url(attempt, 2), dict.fromkeys(fields[5:], "-"))
    assert last["Location"] == f"/profils/testi/{attempt.public_id}/rezultats/"
    attempt.refresh_from_db()
    assert attempt.finished_at is not None
    assert attempt.result.percent == 67


def test_pages_show_the_words_of_the_scale_and_what_was_answered(tab: Client, attempt: Attempt) -> None:
    tab.post(url(attempt, "glabat"), {names(attempt)[0]: "3"})
    page = tab.get(url(attempt))
    question = page.context["form"][names(attempt)[0]]
    assert [str(label) for _value, label in question.field.choices] == [
        "To neprotu",
        "Protu ar kāda palīdzību",
        "Protu bez palīdzības",
        "Protu droši un varu palīdzēt citiem",
        "Šis jautājums man nav skaidrs",
    ]
    assert question.value() == "3"
    text = page.content.decode()
    assert "1.–5. jautājums no 9" in text
    assert "atbildēts: 1 no 9" in text


def test_questions_are_asked_in_the_language_of_the_page(tab: Client, attempt: Attempt, settings) -> None:
    tab.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert '<legend class="ds-label">1. I can do thing 0.' in tab.get(url(attempt)).content.decode()


def test_each_answer_is_kept_at_once_and_replaces_the_earlier(
    tab: Client, attempt: Attempt, query_counter
) -> None:
    first, second = names(attempt)[:2]
    tab.post(url(attempt, "glabat"), {first: "1"})
    with query_counter() as queries:
        answer = tab.post(url(attempt, "glabat"), {first: "2", second: "-"})
    assert answer.status_code == 204
    assert kept(attempt) == {0: 2, 1: None}
    # The test's own transaction makes a savepoint of the operation's; history puts its words before it.
    asked = [sql for sql in queries.statements if "SAVEPOINT" not in sql]
    assert len(asked) == 5, asked


def test_going_on_leads_to_the_first_question_without_an_answer(tab: Client, attempt: Attempt) -> None:
    assert tab.get(f"/profils/testi/{attempt.public_id}/")["Location"] == url(attempt, 1)
    tab.post(url(attempt, "glabat"), dict.fromkeys(names(attempt)[:5], "0"))
    assert tab.get(f"/profils/testi/{attempt.public_id}/")["Location"] == url(attempt, 2)
    tab.post(url(attempt, "glabat"), dict.fromkeys(names(attempt)[5:], "0"))
    assert tab.get(f"/profils/testi/{attempt.public_id}/")["Location"] == url(attempt, 2)


def test_home_offers_to_go_on(tab: Client, attempt: Attempt) -> None:
    tab.post(url(attempt, "glabat"), {names(attempt)[0]: "0"})
    text = tab.get("/profils/").content.decode()
    assert f'href="/profils/testi/{attempt.public_id}/">Turpināt testu' in text
    assert "atbildēts: 1 no 9" in text
    assert "Jums ir iesākts tests, kas vēl nav pabeigts." in text


def test_a_half_filled_page_keeps_what_there_is_and_names_the_rest(tab: Client, attempt: Attempt) -> None:
    fields = names(attempt)
    answer = tab.post(url(attempt), {fields[0]: "1", fields[2]: "1"})
    assert answer.status_code == 422
    assert kept(attempt) == {0: 1, 2: 1}
    text = answer.content.decode()
    assert text.count("Izvēlieties atbildi uz 2. jautājumu.") == 2
    assert [f'href="#id_{fields[n]}_0"' in text for n in range(5)] == [False, True, False, True, True]
    assert "<title>Kļūda:" in text


def test_stopping_for_today_keeps_a_half_filled_page(tab: Client, attempt: Attempt) -> None:
    answer = tab.post(url(attempt), {names(attempt)[0]: "1", "later": "1"})
    assert answer["Location"] == "/profils/"
    assert kept(attempt) == {0: 1}


def test_finishing_with_gaps_leads_to_the_first_gap_with_its_errors(tab: Client, attempt: Attempt) -> None:
    fields = names(attempt)
    tab.post(url(attempt, "glabat"), dict.fromkeys(fields[:3], "1"))
    answer = tab.post(url(attempt, 2), dict.fromkeys(fields[5:], "1"))
    assert answer["Location"] == url(attempt, 1) + "?trukst=1"
    page = tab.get(answer["Location"])
    assert page.status_code == 422
    assert list(page.context["form"].errors) == fields[3:5]
    assert page.context["form"][fields[0]].value() == "1"


def test_finishing_twice_and_going_back_does_no_harm(tab: Client, attempt: Attempt) -> None:
    fields = names(attempt)
    tab.post(url(attempt, "glabat"), dict.fromkeys(fields, "1"))
    result = f"/profils/testi/{attempt.public_id}/rezultats/"
    last = dict.fromkeys(fields[5:], "1")
    assert tab.post(url(attempt, 2), last)["Location"] == result
    assert tab.post(url(attempt, 2), last)["Location"] == result
    assert tab.post(url(attempt, 1), dict.fromkeys(fields[:5], "3"))["Location"] == result
    assert tab.get(url(attempt, 1))["Location"] == result
    assert tab.get(f"/profils/testi/{attempt.public_id}/")["Location"] == result
    assert tab.post(url(attempt, "glabat"), {fields[0]: "3"}).status_code == 409
    assert set(kept(attempt).values()) == {1}
    assert AuditEvent.objects.filter(kind="test.finished").count() == 1


@pytest.mark.parametrize("value", ["4", "7", "-1", "99", "x", "²", "1e1", "0; DROP", "9" * 400])
@pytest.mark.parametrize("address", ["glabat", 1])
def test_what_is_off_the_scale_is_not_kept(
    tab: Client, attempt: Attempt, value: str, address: str | int
) -> None:
    answer = tab.post(url(attempt, address), {names(attempt)[0]: value})
    assert answer.status_code == (400 if address == "glabat" or value not in {"4", "7", "99"} else 422)
    assert kept(attempt) == {}


@pytest.mark.parametrize("address", ["glabat", 1])
def test_questions_of_another_version_are_refused_whole(
    tab: Client, attempt: Attempt, address: str | int
) -> None:
    newer = make_bank(9, digest="b")
    strange = Item.objects.filter(bank=newer).order_by("position").values_list("pk", flat=True)[0]
    answer = tab.post(url(attempt, address), {names(attempt)[0]: "1", f"q{strange}": "1"})
    assert answer.status_code == 400
    assert Answer.objects.count() == 0


@pytest.mark.parametrize(
    "name", ["q99999999999999999999", "q-1", "q", "q1.5", "csrfmiddlewaretoken", "x\x00"]
)
def test_strange_fields_harm_nobody(tab: Client, attempt: Attempt, name: str) -> None:
    assert tab.post(url(attempt, "glabat"), {name: "1"}).status_code == 204
    assert Answer.objects.count() == 0


def test_somebody_elses_attempt_is_not_there_and_the_audit_remembers(
    tab: Client, bank: ItemBank, other: Actor
) -> None:
    foreign = operations.start(Instrument.DIGITAL_SKILLS, by=other)
    addresses = [f"/profils/testi/{foreign.public_id}/", url(foreign), url(foreign, "rezultats")]
    answers = [tab.get(address) for address in addresses]
    answers += [
        tab.get(f"/profils/testi/{foreign.public_id}/rezultats.pdf"),
        tab.post(url(foreign), {names(foreign)[0]: "1"}),
        tab.post(url(foreign, "glabat"), {names(foreign)[0]: "1"}),
    ]
    assert [answer.status_code for answer in answers] == [404] * 6
    refused = AuditEvent.objects.filter(kind="test.refused-look", subject_id=str(foreign.public_id))
    assert refused.count() == 6
    assert Answer.objects.count() == 0


@pytest.mark.parametrize(
    "tail", ["", "1/", "0/", "3/", "999999999999/", "glabat/", "rezultats/", "rezultats.pdf"]
)
def test_what_is_not_there_is_a_plain_404(tab: Client, attempt: Attempt, tail: str) -> None:
    known = "3/" in tail or "0/" in tail or "9/" in tail
    number = attempt.public_id if known else "00000000-0000-4000-8000-000000000000"
    answer = tab.post if tail == "glabat/" else tab.get
    data = {"q1": "1"} if tail == "glabat/" else {}
    assert answer(f"/profils/testi/{number}/{tail}", data).status_code == 404
    assert not AuditEvent.objects.filter(kind="test.refused-look").exists()


def test_a_result_before_the_end_leads_back_to_the_questions(tab: Client, attempt: Attempt) -> None:
    back = f"/profils/testi/{attempt.public_id}/"
    assert tab.get(f"{back}rezultats/")["Location"] == back
    assert tab.get(f"{back}rezultats.pdf")["Location"] == back


def test_what_an_ended_session_kept_comes_back_unless_answers_came_later(
    tab: Client, attempt: Attempt, citizen: Person
) -> None:
    first, second = names(attempt)[:2]
    tab.post(url(attempt, "glabat"), {first: "0"})
    people.keep_typed(citizen.pk, url(attempt), QueryDict(f"{first}=3&{second}=-"))
    form = tab.get(url(attempt)).context["form"]
    assert (form[first].value(), form[second].value()) == ("3", "-")
    tab.post(url(attempt, "glabat"), {first: "1"})
    form = tab.get(url(attempt)).context["form"]
    assert (form[first].value(), form[second].value()) == ("1", None)


def test_a_choice_shows_its_options_and_never_the_right_one(tab: Client, by: Actor) -> None:
    make_bank(2, instrument=Instrument.LEVEL, scale=Scale.CHOICE)
    rules = operations.draft_rules(level_2_from=35, level_3_from=65, valid_days=365, by=SYSTEM)
    operations.publish_rules(rules, by=SYSTEM)
    attempt = operations.start(Instrument.LEVEL, by=by)
    page = tab.get(url(attempt))
    question = page.context["form"][names(attempt)[0]]
    assert [str(label) for _value, label in question.field.choices] == [
        "Atbilde 0",
        "Atbilde 1",
        "Atbilde 2",
        "Nezinu",
    ]
    assert "right" not in page.content.decode().split("<main")[1].split("</main>")[0]
    assert tab.post(url(attempt, "glabat"), {names(attempt)[0]: "3"}).status_code == 400
    assert tab.post(url(attempt, "glabat"), {names(attempt)[0]: "2"}).status_code == 204


def test_signed_out_people_are_asked_to_sign_in(client: Client, attempt: Attempt) -> None:
    assert client.get(url(attempt)).status_code == 302
    assert client.get(url(attempt))["Location"].startswith("/provider/login?next=")


def test_a_page_of_questions_costs_the_same_however_long_the_test_is(
    tab: Client, by: Actor, query_counter
) -> None:
    counts = []
    for digest, size in (("s", 3), ("l", 84)):
        make_bank(size, digest=digest)
        attempt = operations.start(Instrument.DIGITAL_SKILLS, by=by)
        tab.get(url(attempt))
        with query_counter() as queries:
            assert tab.get(url(attempt)).status_code == 200
        counts.append(len(queries))
        operations.answer_page(attempt.public_id, dict.fromkeys(attempt.asked, 1), by=by)
        operations.finish(attempt, by=by)
    assert counts[0] == counts[1] <= 12
