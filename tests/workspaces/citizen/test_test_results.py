"""What comes of the test of digital skills: bands in words, pictures with tables, what to learn next, comparison, PDF."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader
from tests.assessments.taken import took_skills
from tests.factories.assessments import COMPETENCES, make_bank, taken
from tests.factories.catalogue import ProgrammeFactory

from stars.actors.actor import Actor
from stars.assessments.digital_words import AREAS, OVERALL
from stars.assessments.enums import Band, Instrument
from stars.assessments.models import Attempt
from stars.audit.models import AuditEvent
from stars.people import operations as people
from stars.people.models import Person
from stars.people.types import SignedIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue_lists")]
COMPARE = "/profils/testi/digital-skills/salidzinat/"
WEAK = {"dccomp-2-5": 0, "dccomp-3-4": 1, "dccomp-5-1": 1}


@pytest.fixture
def by(citizen: Person) -> Actor:
    """Somebody who may take the test of 42 questions, two for each competence."""
    make_bank(42)
    return people.actor_of(citizen)


def page(tab: Client, attempt: Attempt):
    answer = tab.get(f"/profils/testi/{attempt.public_id}/rezultats/")
    assert answer.status_code == 200
    return answer


@pytest.mark.parametrize(
    ("value", "percent", "band", "sentence"),
    [
        (0, 0, "Zems līmenis", "Jūs esat ceļa sākumā"),
        (1, 33, "Pamata līmenis", "Ikdienas lietas Jums izdodas"),
        (2, 67, "Vidējs līmenis", "Lielāko daļu Jūs darāt patstāvīgi"),
        (3, 100, "Augsts līmenis", "Jūs rīkojaties droši"),
    ],
    ids=["low", "foundation", "intermediate", "advanced"],
)
def test_every_band_has_its_words(
    tab: Client, by: Actor, value: int, percent: int, band: str, sentence: str
) -> None:
    shown = page(tab, taken(by, value))
    text = shown.content.decode()
    assert f'<p class="app-score">{percent}\xa0%</p>' in text
    assert f'data-color="info">{band}</span>' in text
    assert sentence in text
    assert {bar.percent for bar in shown.context["areas"]} == {percent}
    assert len({bar.note for bar in shown.context["areas"]}) == 5


def test_words_are_there_for_every_area_and_band() -> None:
    assert set(OVERALL) == set(Band)
    assert {area: set(words) for area, words in AREAS.items()} == {
        f"dcarea-{n}": set(Band) for n in range(1, 6)
    }
    texts = [str(text) for words in (OVERALL, *AREAS.values()) for text in words.values()]
    assert len(set(texts)) == 24


def test_picture_and_tables_say_the_same(tab: Client, by: Actor) -> None:
    shown = page(tab, taken(by, 2, but=WEAK))
    picture, areas = shown.context["picture"], shown.context["areas"]
    assert picture.outlines[0].values == tuple((bar.label, bar.percent) for bar in areas)
    # Worked out by hand: twelve items of the area, ten of them at 2 of 3, two at 0: 20 of 36 points.
    assert [(bar.label, bar.percent, bar.band) for bar in areas] == [
        ("Informācija un datu pratība", 67, "intermediate"),
        ("Komunikācija un sadarbība", 56, "intermediate"),
        ("Digitālais saturs un tā radīšana", 58, "intermediate"),
        ("Drošība", 67, "intermediate"),
        ("Problēmu risināšana", 58, "intermediate"),
    ]
    bars = shown.context["competences"]
    assert len(bars) == 21
    assert [bar.heading for bar in bars if bar.heading] == [bar.label for bar in areas]


def test_the_weakest_lead_to_programmes_of_area_and_next_level(tab: Client, by: Actor) -> None:
    values = {"digcomp_areas": ["dcarea-2"], "digcomp_level": 2}
    other = ProgrammeFactory(title="Saziņa internetā", digcomp_competences=["dccomp-2-1"], **values)
    own = ProgrammeFactory(title="Tīkla etiķete", digcomp_competences=["dccomp-2-5"], **values)
    ProgrammeFactory(title="Par augstu", digcomp_areas=["dcarea-2"], digcomp_level=3)
    ProgrammeFactory(title="Cita joma", digcomp_areas=["dcarea-4"], digcomp_level=1)
    shown = page(tab, taken(by, 2, but=WEAK))
    steps = shown.context["steps"]
    assert [(step.competence, step.percent, step.levels, step.total) for step in steps] == [
        ("Tīkla etiķete (netikete)", 0, (1, 2), 2),
        ("Programmēšana", 33, (3, 4), 0),
        ("Tehnisku problēmu risināšana", 33, (3, 4), 0),
    ]
    assert [card.id for card in steps[0].programmes] == [own.pk, other.pk]
    text = shown.content.decode()
    assert 'href="/programmas/?joma=2&amp;limenis=1&amp;limenis=2"' in text
    assert text.count("Šajā jomā pašlaik nav šāda līmeņa programmu.") == 2
    found = tab.get("/programmas/?joma=2&limenis=1&limenis=2")
    assert "Tīkla etiķete" in found.content.decode()


def test_nothing_clear_is_said_and_not_scored(tab: Client, by: Actor) -> None:
    shown = page(tab, taken(by, None))
    text = shown.content.decode()
    assert "neviens jautājums Jums nav skaidrs, tāpēc vērtējuma nav" in text
    assert (shown.context["picture"], shown.context["steps"]) == (None, [])
    assert "app-score" not in text
    assert {bar.word for bar in shown.context["competences"]} == {"Nav vērtējuma"}


def test_an_area_that_was_not_clear_has_no_score_and_the_rest_has(tab: Client, by: Actor) -> None:
    unclear = dict.fromkeys([code for code in COMPETENCES if code.startswith("dccomp-4")])
    shown = page(tab, taken(by, 2, but=unclear))
    assert [bar.percent for bar in shown.context["areas"]] == [67, 67, 67, None, 67]
    text = shown.content.decode()
    assert "Neviens šīs jomas jautājums Jums nebija skaidrs" in text
    assert "8 jautājumi Jums nebija skaidri un netika ieskaitīti." in text
    assert "Drošība – nav vērtējuma" in text


@pytest.mark.parametrize(("but", "is_said"), [({}, True), (WEAK, False)], ids=["all equal", "differing"])
def test_straight_answers_are_spoken_of_gently(tab: Client, by: Actor, but: dict, is_said: bool) -> None:
    assert ("Visas atbildes bija vienādas" in page(tab, taken(by, 2, but=but)).content.decode()) is is_said


def test_the_page_says_whose_questions_and_which_versions(tab: Client, by: Actor) -> None:
    text = page(tab, taken(by)).content.decode()
    assert "Jautājumi: sagatavojis STARS. Ietvars: DigComp 2.2; jautājumu bankas 1. versija." in text
    assert "rezultāts neaizstāj MyDigiSkills rezultātu" in text


def test_attempts_are_listed_newest_first_a_page_at_a_time(tab: Client, by: Actor, query_counter) -> None:
    tab.get("/profils/testi/digital-skills/")
    counts = []
    for number in (1, 10):
        for _ in range(number):
            taken(by)
        with query_counter() as queries:
            shown = tab.get("/profils/testi/digital-skills/")
        counts.append(len(queries))
    assert counts[0] <= counts[1] <= 12, counts
    assert shown.context["page"].paginator.count == 11
    finished = [attempt.finished_at for attempt in shown.context["page"]]
    assert len(finished) == 10
    assert finished == sorted(finished, reverse=True)
    assert len(tab.get("/profils/testi/digital-skills/?lapa=2").context["page"]) == 1


def test_attempts_are_compared_from_the_first_to_the_last(tab: Client, by: Actor) -> None:
    first, second, third = taken(by, 1), taken(by, 3, but=WEAK), taken(by, 2)
    shown = tab.get(COMPARE)
    assert shown.context["compared"] == [first, second, third]
    whole, information = shown.context["rows"][:2]
    assert (whole.percents, whole.change) == ((33, 89, 67), "+34")
    assert information.percents == (33, 100, 67)
    assert [outline.values[0][1] for outline in shown.context["picture"].outlines] == [33, 100, 67]
    chosen = tab.get(COMPARE, {"m": [second.public_id, third.public_id]})
    assert chosen.context["compared"] == [second, third]
    assert chosen.context["rows"][0].change == "\N{MINUS SIGN}22"


def test_each_percentage_says_of_which_attempt_it_is(tab: Client, citizen: Person) -> None:
    """On a phone there is no row of headings above it; the hour stands where the day does not tell attempts apart."""
    for ago in (9, 2):
        took_skills(citizen, {"1.1": 2}, ago=ago)
    page = tab.get(COMPARE)
    days = [timezone.localdate() - timedelta(days=ago) for ago in (9, 2)]
    assert [when for when, _value in page.context["rows"][0].shown] == [f"{day:%d.%m.%Y.}" for day in days]
    assert f'<td data-label="{days[0]:%d.%m.%Y.}">67\xa0%</td>' in page.content.decode()
    took_skills(citizen, {"1.1": 3}, ago=2)
    labels = [when for when, _value in tab.get(COMPARE).context["rows"][0].shown]
    assert all(":" in label for label in labels)


def test_what_has_no_score_has_no_change(tab: Client, by: Actor) -> None:
    taken(by, 1), taken(by, None)
    shown = tab.get(COMPARE)
    assert shown.context["rows"][0].change == "–"
    assert [value for _when, value in shown.context["rows"][0].shown] == ["33\xa0%", "nav vērtējuma"]


def test_the_picture_shows_four_and_the_table_all(tab: Client, by: Actor) -> None:
    for value in (0, 1, 2, 3, 2):
        taken(by, value)
    shown = tab.get(COMPARE)
    assert [outline.values[0][1] for outline in shown.context["picture"].outlines] == [33, 67, 100, 67]
    assert shown.context["rows"][0].percents == (0, 33, 67, 100, 67)
    assert "četri jaunākie" in shown.content.decode()


def test_attempts_at_other_questions_are_compared_with_a_word_of_caution(tab: Client, by: Actor) -> None:
    taken(by, 1)
    make_bank(21, digest="b")
    taken(by, 2)
    assert "dažādas jautājumu versijas" in tab.get(COMPARE).content.decode()


@pytest.mark.parametrize("wanted", ["x", "00000000-0000-4000-8000-000000000000", "\x00", "'; --"])
def test_strange_choices_mean_all(tab: Client, by: Actor, wanted: str) -> None:
    attempts = [taken(by, 1), taken(by, 2)]
    assert tab.get(COMPARE, {"m": [wanted]}).context["compared"] == attempts


def test_one_attempt_is_not_compared(tab: Client, by: Actor) -> None:
    assert "Vēl nav, ko salīdzināt" in tab.get(COMPARE).content.decode()
    first, _second = taken(by, 1), taken(by, 2)
    answer = tab.get(COMPARE, {"m": [first.public_id]})
    assert "Vienu mēģinājumu salīdzināt nevar" in answer.content.decode()


def test_only_tests_with_areas_are_compared(tab: Client, by: Actor) -> None:
    assert tab.get("/profils/testi/horoscope/salidzinat/").status_code == 404


def test_somebody_elses_result_is_not_there(tab: Client, by: Actor) -> None:
    stranger = people.actor_of(people.sign_in(SignedIn("32900000017", "Cits", "Cilvēks")))
    foreign = taken(stranger)
    for tail in ("rezultats/", "rezultats.pdf"):
        assert tab.get(f"/profils/testi/{foreign.public_id}/{tail}").status_code == 404
    assert AuditEvent.objects.filter(kind="test.refused-look").count() == 2
    taken(by, 1), taken(by, 2)
    shown = tab.get(COMPARE, {"m": [foreign.public_id]})
    assert foreign not in shown.context["compared"]


def test_the_document_says_what_the_page_says(tab: Client, by: Actor) -> None:
    attempt = taken(by, 2, but=WEAK)
    answer = tab.get(f"/profils/testi/{attempt.public_id}/rezultats.pdf")
    assert answer["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(answer.content))
    text = " ".join(" ".join(each.extract_text() for each in reader.pages).split())
    assert "MyDigiSkills tests" in text
    assert "60 % · Vidējs līmenis." in text
    for said in ("Anna Kalniņa", "Tīkla etiķete (netikete)", "Ko apgūt tālāk", "jautājumu bankas 1. versija"):
        assert said in text
    assert text.count("Vidējs līmenis") == 1 + 5 + 18


def test_a_test_without_areas_is_not_compared_by_them(tab: Client) -> None:
    make_bank(3, instrument=Instrument.GROWTH)
    assert tab.get("/profils/testi/growth/salidzinat/").status_code == 404


def test_results_cost_the_same_however_much_was_taken(tab: Client, by: Actor, query_counter) -> None:
    addresses = (COMPARE, "/profils/testi/", f"/profils/testi/{taken(by, 1).public_id}/rezultats/")
    costs: dict[str, list[int]] = {}
    for number in (1, 4):
        for _ in range(number):
            taken(by, 2)
        for address in addresses:
            tab.get(address)
            with query_counter() as queries:
                assert tab.get(address).status_code == 200
            costs.setdefault(address, []).append(len(queries))
    assert all(few == many <= 12 for few, many in costs.values()), costs
