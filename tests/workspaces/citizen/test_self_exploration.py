"""The two tests of self-exploration on their pages: results in words and pictures, over time, as documents, for oneself."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from stars.actors.actor import Actor
from stars.assessments import operations
from stars.assessments.enums import Instrument
from stars.assessments.models import Attempt, Item
from stars.assessments.own_bank import load_own_banks
from stars.people import operations as people
from stars.people.models import Person
from stars.people.types import SignedIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_banks")]
BOTH = [Instrument.WORK_VALUES, Instrument.GROWTH]
NO_DIAGNOSIS = "pašizpētes rīks, nevis psiholoģiska diagnostika"


@pytest.fixture
def own_banks(catalogue_lists: None) -> None:
    """The banks that ship."""
    load_own_banks()


@pytest.fixture
def by(citizen: Person) -> Actor:
    return people.actor_of(citizen)


def taken(
    instrument: Instrument, by: Actor, speaks_for: Mapping[str, int | None], otherwise: int | None
) -> Attempt:
    """A finished attempt: how strongly the answers speak for each dimension, 0 to 4, whichever way it is asked."""
    attempt = operations.start(instrument, by=by)
    values = {}
    for item in Item.objects.filter(pk__in=attempt.asked).order_by("position"):
        strength = speaks_for.get(item.dimension, otherwise)
        values[item.code] = 4 - strength if item.reverse and strength is not None else strength
    operations.answer(attempt, values, by=by)
    operations.finish(attempt, by=by)
    return Attempt.objects.get(pk=attempt.pk)


def result_url(attempt: Attempt) -> str:
    return f"/profils/testi/{attempt.public_id}/rezultats/"


def words_of(tab: Client, attempt: Attempt) -> str:
    """The page's text without markup."""
    html = tab.get(result_url(attempt)).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def read_back(tab: Client, attempt: Attempt) -> str:
    """The document's text."""
    answer = tab.get(f"/profils/testi/{attempt.public_id}/rezultats.pdf")
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(b"".join(answer))).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


PORTRAIT = {"conscientiousness": 4, "extraversion": 0, "independence": 4, "achievement": 3, "conditions": 1}


@pytest.mark.parametrize("read", [words_of, read_back], ids=["page", "document"])
def test_traits_and_values_are_read_and_joined(
    tab: Client, by: Actor, read: Callable[[Client, Attempt], str]
) -> None:
    text = read(tab, taken(Instrument.WORK_VALUES, by, PORTRAIT, 2))
    for sentence in (
        NO_DIAGNOSIS,
        "Jūs plānojat, turat vārdu un pārbaudāt paveikto.",
        "Jums patīk mierīga vide, un pirms runāšanas Jūs apdomājat.",
        "Jums vissvarīgākās ir:",
        "Jūs vēlaties lemt, kā strādājat.",
        "Apzinīgums – neatkarība",
        "Jūs uzturat kārtību bez uzraudzības, tāpēc darba veida izvēli var uzticēt Jums.",
        "karjeras konsultants",
    ):
        assert sentence in text
    assert "Jūs vēlaties drošību" not in text
    assert not re.search(r"piemērotīb|atbilstība darbam|diagnoze:|fit score", text, re.IGNORECASE)


@pytest.mark.parametrize("read", [words_of, read_back], ids=["page", "document"])
def test_strengths_have_bars_and_a_next_step(
    tab: Client, by: Actor, read: Callable[[Client, Attempt], str]
) -> None:
    text = read(tab, taken(Instrument.GROWTH, by, {"perseverance": 0, "self-efficacy": 4}, 2))
    for sentence in (
        NO_DIAGNOSIS,
        "0 % · Zemāks rādītājs",
        "100 % · Augstāks rādītājs",
        "50 % · Vidējs rādītājs",
        "Vislabāk sākt ar šo: Neatlaidība",
        "Izvēlieties programmu ar nelielu stundu skaitu",
        "karjeras konsultants",
    ):
        assert sentence in text.replace("\xa0", " ")


def test_next_steps_lead_to_programmes_and_to_the_test_of_digital_skills(tab: Client, by: Actor) -> None:
    html = tab.get(result_url(taken(Instrument.GROWTH, by, {}, 0))).content.decode()
    cards = re.findall(r"<article.*?</article>", html, re.DOTALL)
    targets = [re.findall(r'href="([^"]+)"', card) for card in cards]
    programmes, digital = "/profils/programmas/", "/profils/testi/digital-skills/"
    assert targets == [[programmes], [programmes], [digital], [programmes]]


@pytest.mark.parametrize("instrument", BOTH, ids=[each.value for each in BOTH])
def test_nothing_clear_gives_no_score_and_says_so(tab: Client, by: Actor, instrument: Instrument) -> None:
    attempt = taken(instrument, by, {}, None)
    text = words_of(tab, attempt)
    assert "Nav vērtējuma" in text
    assert "<article" not in tab.get(result_url(attempt)).content.decode()
    assert "Nav vērtējuma" in read_back(tab, attempt)


def test_a_trait_without_clear_answers_has_no_words(tab: Client, by: Actor) -> None:
    attempt = taken(Instrument.WORK_VALUES, by, {"stability": None}, 2)
    text = words_of(tab, attempt)
    assert "Skaidras atbildes: 0 no 6. Par pārējo bija grūti pateikt." in text
    assert tab.get(result_url(attempt)).content.decode().count("<article") == 4
    assert "Neviena vērtība neizceļas" in text


@pytest.mark.parametrize("instrument", BOTH, ids=[each.value for each in BOTH])
def test_the_same_answer_all_along_is_remarked_gently(tab: Client, by: Actor, instrument: Instrument) -> None:
    attempt = operations.start(instrument, by=by)
    codes = Item.objects.filter(pk__in=attempt.asked).values_list("code", flat=True)
    operations.answer(attempt, dict.fromkeys(codes, 3), by=by)
    operations.finish(attempt, by=by)
    assert "Visas atbildes bija vienādas" in words_of(tab, attempt)


@pytest.mark.parametrize("instrument", BOTH, ids=[each.value for each in BOTH])
def test_results_are_compared_with_those_before_and_not_with_those_after(
    tab: Client, by: Actor, instrument: Instrument
) -> None:
    moments = [datetime(2026, month, 3, 9, tzinfo=UTC) for month in (2, 5, 8)]
    attempts = []
    for strength, at in enumerate(moments, start=1):
        with time_machine.travel(at, tick=False):
            attempts.append(taken(instrument, by, {}, strength))
    shown = [tab.get(result_url(attempt)).context for attempt in attempts]
    assert [context["days"] for context in shown] == [
        ["03.02.2026."],
        ["03.02.2026.", "03.05.2026."],
        ["03.02.2026.", "03.05.2026.", "03.08.2026."],
    ]
    assert {tuple(percents) for _caption, rows in shown[2]["comparisons"] for _label, percents in rows} == {
        (25, 50, 75)
    }
    assert "Kas ir mainījies" not in words_of(tab, attempts[0])
    assert "Kas ir mainījies" in words_of(tab, attempts[2])


def test_two_results_of_one_day_are_told_apart_by_the_hour(tab: Client, by: Actor) -> None:
    for hour in (9, 11):
        with time_machine.travel(datetime(2026, 2, 3, hour, tzinfo=UTC), tick=False):
            attempt = taken(Instrument.GROWTH, by, {}, 2)
    days = tab.get(result_url(attempt)).context["days"]
    assert days == ["03.02.2026. 11:00", "03.02.2026. 13:00"]


@pytest.mark.parametrize("instrument", BOTH, ids=[each.value for each in BOTH])
def test_nobody_else_sees_a_result(tab: Client, instrument: Instrument) -> None:
    other = people.actor_of(people.sign_in(SignedIn("32900000017", "Cits", "Cilvēks")))
    attempt = taken(instrument, other, {}, 2)
    assert tab.get(result_url(attempt)).status_code == 404
    assert tab.get(f"/profils/testi/{attempt.public_id}/rezultats.pdf").status_code == 404


@pytest.mark.parametrize("instrument", BOTH, ids=[each.value for each in BOTH])
def test_the_page_asks_no_more_queries_for_more_results(
    tab: Client, by: Actor, instrument: Instrument, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(6):
        attempt = taken(instrument, by, {}, 2)
    tab.get(result_url(attempt))
    with django_assert_max_num_queries(12):
        tab.get(result_url(attempt))


@pytest.mark.parametrize("instrument", BOTH, ids=[each.value for each in BOTH])
def test_whoever_finds_it_hard_to_say_can_say_so(tab: Client, by: Actor, instrument: Instrument) -> None:
    attempt = operations.start(instrument, by=by)
    html = tab.get(f"/profils/testi/{attempt.public_id}/1/").content.decode()
    assert html.count("Grūti pateikt") == len(re.findall(r"<fieldset", html))
    assert "Šis jautājums man ir neskaidrs" not in html


def test_results_speak_english_too(tab: Client, by: Actor) -> None:
    attempt = taken(Instrument.WORK_VALUES, by, PORTRAIT, 2)
    tab.cookies["django_language"] = "en"
    text = words_of(tab, attempt)
    assert "no psychological diagnosis" in text
    assert "You plan, keep your word and check your work." in text
    assert "Framework: five traits, six work values; bank version 1." in text
