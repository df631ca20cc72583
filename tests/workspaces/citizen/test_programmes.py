"""The personalised catalogue and the favourites."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from tests.assessments.taken import took_level, took_skills
from tests.factories.applications import ApplicationFactory
from tests.factories.catalogue import GroupFactory, GroupOfferFactory, ProgrammeFactory
from tests.factories.people import PersonFactory

from stars.catalogue.models import Favourite, MutedReason, Programme
from stars.people.models import Person

pytestmark = pytest.mark.django_db
ADDRESS = "/profils/programmas/"


@pytest.fixture
def person() -> Person:
    """Employed, in Rīga, with secondary education and low income, interested in ICT."""
    made: Person = PersonFactory(profile__municipality_id="muni-0001000", profile__low_income=True)
    return made


@pytest.fixture
def browser(signed_in: Callable[[Person], Client], person: Person) -> Client:
    """The person's browser."""
    return signed_in(person)


def html(browser: Client, address: str = ADDRESS) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def ids(text: str) -> list[int]:
    return [int(number) for number in re.findall(r'id="programme-(\d+)"', text)]


def reasons(text: str) -> list[str]:
    """The codes that can be muted, in the order of the page."""
    shown = text.split('id="izslegtie"', maxsplit=1)[0]
    return re.findall(r'name="iemesls" value="([^"]*)"', shown)


def test_programmes_of_the_chosen_field_with_their_reasons(browser: Client) -> None:
    wanted = GroupOfferFactory().group.programme
    GroupOfferFactory(group__programme__field_id="field-energetika")
    text = html(browser)
    assert ids(text) == [wanted.pk]
    assert reasons(text) == ["field:ikt", "municipality:0001000", "source:mn", "low-income", "education"]
    assert 'href="/programmas/"' in text


def test_nearer_programmes_come_first(browser: Client) -> None:
    far = GroupOfferFactory(group__municipality_id="muni-0040000").group.programme
    near = GroupOfferFactory().group.programme
    assert ids(html(browser)) == [near.pk, far.pk]


def test_low_income_sees_its_own_price(browser: Client, signed_in: Callable[[Person], Client]) -> None:
    GroupOfferFactory()
    assert "40,00" not in html(browser)
    assert "40,00" in html(signed_in(PersonFactory()))


def test_a_reason_is_muted_and_heard_again(browser: Client, person: Person) -> None:
    GroupOfferFactory()
    answer = browser.post("/profils/programmas/iemesli/", {"iemesls": "source:mn"})
    assert (answer.status_code, answer["Location"]) == (302, ADDRESS)
    text = html(browser)
    assert "source:mn" not in reasons(text)
    assert 'id="izslegtie"' in text
    browser.post("/profils/programmas/iemesli/", {"iemesls": "source:mn"})
    assert list(MutedReason.objects.values_list("person_id", "reason")) == [(person.pk, "source:mn")]
    browser.post("/profils/programmas/iemesli/", {"iemesls": "source:mn", "atjaunot": "1"})
    assert "source:mn" in reasons(html(browser))
    assert not MutedReason.objects.exists()


@pytest.mark.parametrize("code", ["", "<b>", "x" * 500, "field:\x00", "FIELD:ikt"])
def test_nonsense_is_not_muted(browser: Client, code: str) -> None:
    assert browser.post("/profils/programmas/iemesli/", {"iemesls": code}).status_code == 302
    assert not MutedReason.objects.exists()


def test_a_muted_code_that_means_nothing_any_more_does_no_harm(browser: Client, person: Person) -> None:
    MutedReason.objects.create(person=person, reason="weather:rain")
    MutedReason.objects.create(person=person, reason="favourite:99999999999999999999")
    GroupOfferFactory()
    assert "field:ikt" in reasons(html(browser))


def test_nothing_in_the_field_leads_to_other_fields(browser: Client) -> None:
    GroupOfferFactory(group__programme__field_id="field-energetika")
    text = html(browser)
    assert ids(text) == []
    assert 'href="/programmas/?nozare=energetika"' in text
    assert 'href="/programmas/"' in text


def test_pages_of_ten(browser: Client) -> None:
    for _ in range(12):
        ProgrammeFactory()
    first, second = html(browser), html(browser, f"{ADDRESS}?lapa=2")
    assert (len(ids(first)), len(ids(second))) == (10, 2)
    assert ids(html(browser, f"{ADDRESS}?lapa=99")) == ids(second)
    assert ids(html(browser, f"{ADDRESS}?lapa=%00")) == ids(first)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_number_of_statements_does_not_grow(
    browser: Client, query_counter: Callable[[], list[str]], rows: int
) -> None:
    for _ in range(rows):
        GroupOfferFactory()
    # The first page reads the catalogue into the process, and asks whether the texts are accepted.
    html(browser)
    with query_counter() as queries:  # type: ignore[attr-defined]
        html(browser)
    assert len(queries) <= 12


DIGITAL = {
    "group__programme__field_id": "field-energetika",
    "group__programme__digcomp_areas": ["dcarea-3"],
    "group__programme__digcomp_competences": ["dccomp-3-4"],
}


def test_a_gap_in_the_digital_skills_test_brings_programmes_of_other_fields(
    browser: Client, person: Person
) -> None:
    """Foundation in programming: levels 3 and 4 come next."""
    chosen = GroupOfferFactory().group.programme
    closing = GroupOfferFactory(**DIGITAL, group__programme__digcomp_level=3).group.programme
    GroupOfferFactory(**DIGITAL, group__programme__digcomp_level=1)
    said = "Te ir arī citu nozaru programmas"
    before = html(browser)
    assert (ids(before), said in before) == ([chosen.pk], False)
    took_skills(person, {"3.4": 1, "1.1": 3})
    after = html(browser)
    assert (ids(after), said in after) == ([chosen.pk, closing.pk], True)
    card = after.split(f'id="programme-{closing.pk}"')[1]
    assert reasons(card)[0] == "gap:3-4"
    assert "Jo Jūsu digitālo prasmju tests uzrādīja, ka ir kur augt: Programmēšana" in card
    browser.post("/profils/programmas/iemesli/", {"iemesls": "gap:3-4"})
    muted = html(browser)
    assert ids(muted) == [chosen.pk]
    assert "ka ir kur augt: Programmēšana" in muted.split('id="izslegtie"')[1]


def test_a_level_result_brings_its_level_and_keeps_the_others_away(browser: Client, person: Person) -> None:
    made = [
        ProgrammeFactory(field_id=f"field-{field}", varam_level=level)
        for field, level in (("ikt", 1), ("energetika", 2), ("ikt", 3))
    ]
    assert set(ids(html(browser))) == {made[0].pk, made[2].pk}
    took_level(person, level=2)
    text = html(browser)
    assert (ids(text), reasons(text)[0]) == ([made[1].pk], "level:2")
    assert "Jo programma atbilst līmenim, ko uzrādīja Jūsu līmeņa tests: 2. līmenis" in text


def test_a_level_that_holds_no_longer_says_nothing(browser: Client, person: Person) -> None:
    programme = ProgrammeFactory(field_id="field-ikt", varam_level=1)
    took_level(person, level=2, ago=31, valid_days=30)
    text = html(browser)
    assert (ids(text), reasons(text)[0]) == ([programme.pk], "field:ikt")


def test_what_was_completed_is_continued_and_not_repeated(browser: Client, person: Person) -> None:
    done = ApplicationFactory(applicant=person, completed=True).programme
    done.digcomp_level, done.field_id = 2, "field-energetika"
    done.save()
    further = GroupOfferFactory(**DIGITAL, group__programme__digcomp_level=4).group.programme
    text = html(browser)
    assert (ids(text), reasons(text)[0]) == ([further.pk], f"next:{done.pk}")
    assert f"Jo tā ir nākamais solis pēc Jūsu pabeigtās programmas „{done.title}”" in text


def test_what_was_completed_and_has_left_the_catalogue_goes_without_its_name(
    browser: Client, person: Person
) -> None:
    done = ApplicationFactory(applicant=person, completed=True).programme
    done.digcomp_level, done.status = 2, "withdrawn"
    done.save()
    GroupOfferFactory(group__programme__digcomp_level=4)
    assert "Jo tā ir nākamais solis pēc Jūsu pabeigtās programmas</" in html(browser)


def test_results_and_learning_do_not_add_statements_by_the_piece(
    browser: Client, person: Person, query_counter: Callable[[], list[str]]
) -> None:
    took_skills(person, {"3.4": 1, "1.1": 3})
    took_level(person, level=2)
    for level in (1, 2, 3, 4):
        ApplicationFactory(applicant=person, completed=True)
        GroupOfferFactory(**DIGITAL, group__programme__digcomp_level=level)
    html(browser)
    with query_counter() as queries:  # type: ignore[attr-defined]
        assert len(ids(html(browser))) == 2
    assert len(queries) <= 12


@pytest.mark.parametrize("address", [ADDRESS, "/profils/izlase/"])
def test_only_for_who_is_signed_in(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/provider/login?next=")


def test_favourites_are_kept_once_and_shown_latest_first(browser: Client, person: Person) -> None:
    programmes = [GroupFactory().programme for _ in range(3)]
    for programme in (*programmes, programmes[0]):
        browser.post("/profils/izlase/", {"programme": programme.pk, "keep": "1"})
    assert Favourite.objects.filter(person=person).count() == 3
    text = html(browser, "/profils/izlase/")
    assert ids(text) == [programme.pk for programme in reversed(programmes)]
    browser.post("/profils/izlase/", {"programme": programmes[1].pk, "keep": "0"})
    assert ids(html(browser, "/profils/izlase/")) == [programmes[2].pk, programmes[0].pk]


def test_somebody_elses_favourites_stay_their_own(
    browser: Client, signed_in: Callable[[Person], Client]
) -> None:
    programme = ProgrammeFactory()
    browser.post("/profils/izlase/", {"programme": programme.pk, "keep": "1"})
    other = signed_in(PersonFactory())
    assert ids(html(other, "/profils/izlase/")) == []
    other.post("/profils/izlase/", {"programme": programme.pk, "keep": "0"})
    assert Favourite.objects.count() == 1


@pytest.mark.parametrize("number", ["", "abc", "0", "999999", "9" * 30, "²", "-1"])
def test_what_is_not_in_the_catalogue_cannot_be_kept(browser: Client, number: str) -> None:
    assert browser.post("/profils/izlase/", {"programme": number, "keep": "1"}).status_code == 302
    assert not Favourite.objects.exists()


def test_a_favourite_that_was_withdrawn_is_counted_not_shown(browser: Client, person: Person) -> None:
    Favourite.objects.create(person=person, programme=ProgrammeFactory(withdrawn=True))
    assert ids(html(browser, "/profils/izlase/")) == []


def test_the_way_back_never_leads_off_the_platform(browser: Client) -> None:
    answer = browser.post(
        "/profils/izlase/", {"programme": "1", "keep": "0", "next": "https://evil.example/"}
    )
    assert answer["Location"] == "/profils/izlase/"


class TestWishFromBeforeTheSignIn:
    """ "Pievienot izlasei" on the page of somebody who is not signed in."""

    @staticmethod
    def wish(programme: Programme) -> str:
        return f"/profils/izlase/pievienot/{programme.pk}/"

    def test_leads_through_the_sign_in_to_its_own_page(self, client: Client) -> None:
        programme = ProgrammeFactory()
        assert f'href="{self.wish(programme)}" rel="nofollow" data-wish>' in html(
            client, f"/programma/{programme.pk}/"
        )
        assert client.get(self.wish(programme))["Location"] == (
            f"/provider/login?next=%2Fprofils%2Fizlase%2Fpievienot%2F{programme.pk}%2F"
        )

    def test_link_alone_keeps_nothing_and_the_button_does(self, browser: Client, person: Person) -> None:
        programme = ProgrammeFactory()
        text = html(browser, self.wish(programme))
        assert programme.title in text
        assert not Favourite.objects.exists()
        fields = dict(
            re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', text.split("<main")[1])
        )
        token = fields.pop("csrfmiddlewaretoken", None)
        assert token
        answer = browser.post("/profils/izlase/", fields)
        assert answer["Location"] == f"/programma/{programme.pk}/"
        assert Favourite.objects.filter(person=person, programme=programme).count() == 1

    def test_whoever_keeps_it_already_goes_on_to_the_programme(self, browser: Client) -> None:
        programme = ProgrammeFactory()
        browser.post("/profils/izlase/", {"programme": programme.pk, "keep": "1"})
        assert browser.get(self.wish(programme))["Location"] == f"/programma/{programme.pk}/"

    @pytest.mark.parametrize("number", [999_999, 2**63, 10**30])
    def test_programme_that_is_gone_is_said(self, browser: Client, number: int) -> None:
        answer = browser.get(f"/profils/izlase/pievienot/{number}/", follow=True)
        assert "Šīs programmas katalogā vairs nav." in answer.content.decode()
