"""Anketas: the section, the list, answering page by page, sending once, and only one's own."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from tests.factories.applications import ApplicationFactory
from tests.factories.people import PersonFactory
from tests.surveys.made import ended, invited, published, sent, table

from stars.actors.actor import SYSTEM
from stars.applications.enums import Status
from stars.audit.models import AuditEvent
from stars.people import operations as people
from stars.surveys import operations, queries
from stars.surveys.models import Invitation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue_lists")]
LIST = "/profils/anketas/"
MOST = 12


@pytest.fixture
def survey(citizen) -> Invitation:
    published()
    return invited(citizen, Status.EXPELLED)


def at(invitation: Invitation, *rest: str) -> str:
    return "/".join([f"{LIST}{invitation.public_id}", *rest]) + "/"


def sections(page) -> list[str]:
    return [str(link.label) for link in page.context["profile_navigation"]]


def test_the_section_is_absent_until_learning_ended_and_stays(tab, citizen) -> None:
    ApplicationFactory(applicant=citizen, admitted=True)
    assert "Anketas" not in sections(tab.get("/profils/"))
    ended(citizen, Status.EXPELLED, scheme="IMK")
    names = sections(tab.get("/profils/"))
    place = names.index("Anketas")
    assert names[place - 1] == "Testi"
    assert names[place + 1] == "Mācību un pieteikumu vēsture"
    assert sections(tab.get(LIST)) == names


def test_an_empty_list_says_when_surveys_open(tab, citizen) -> None:
    assert "Anketas atveras pēc mācību pabeigšanas" in tab.get(LIST).content.decode()
    ended(citizen)
    assert "Kad atvērsies nākamā" in tab.get(LIST).content.decode()


def test_open_surveys_stand_first_the_earliest_term_first(tab, citizen, survey) -> None:
    published(table(survey="short", days_to_answer=3))
    (urgent,) = operations.open_for(survey.application, by=SYSTEM)
    done = published(table(survey="done", title_lv="Aizpildītā"))
    (answered,) = operations.open_for(survey.application, by=SYSTEM)
    sent(answered, people.actor_of(citizen))
    gone = published(table(survey="gone", title_lv="Slēgtā"))
    (closed,) = operations.open_for(survey.application, by=SYSTEM)
    operations.retire(gone, by=SYSTEM)
    parts = tab.get(LIST).context["parts"]
    assert [[card["invitation"] for card in cards] for _key, _title, cards in parts] == [
        [urgent, survey],
        [closed, answered],
    ]
    assert done.takes_answers is True


def test_the_obligatory_survey_stands_on_the_first_page_until_it_is_sent(tab, citizen, survey) -> None:
    page = tab.get("/profils/").content.decode()
    due = (timezone.localdate() + timedelta(days=28)).strftime("%d.%m.%Y.")
    assert page.count(f'href="{at(survey)}"') == 2
    assert f"Lūdzu, aizpildiet līdz {due}" in page
    sent(survey, people.actor_of(citizen))
    page = tab.get("/profils/").content.decode()
    assert at(survey) not in page
    # Who has learned is not told that there never was an application.
    assert "Jums šobrīd nav aktuālu pieteikumu" in page


def test_a_voluntary_survey_does_not_stand_on_the_first_page(tab, citizen) -> None:
    published(table(obligatory=False))
    invitation = invited(citizen)
    assert at(invitation) not in tab.get("/profils/").content.decode()
    assert at(invitation) in tab.get(LIST).content.decode()


def test_the_way_through_page_by_page(tab, survey) -> None:
    first = tab.get(at(survey)).context["continue_url"]
    assert first == at(survey, "lapa", "1")
    assert "works" in tab.get(first).context["form"].fields
    page = tab.post(first, {"works": "no"})
    assert page["Location"] == at(survey, "lapa", "2")
    assert list(tab.get(page["Location"]).context["form"].fields) == ["why", "rate", "note"]
    page = tab.post(page["Location"], {"why": ["red", "blue"], "rate": "3", "note": " Paldies! "})
    assert page["Location"] == at(survey, "parskats")
    review = tab.get(page["Location"]).content.decode()
    assert "Atbilde red; Atbilde blue" in review
    assert "Paldies!" in review
    page = tab.post(at(survey, "parskats"), follow=True)
    assert page.redirect_chain[-1][0] == at(survey)
    assert "Anketa ir iesniegta" in page.content.decode()
    assert Invitation.objects.get().submitted_at is not None


def test_hidden_questions_are_not_shown(tab, survey) -> None:
    tab.post(at(survey, "lapa", "1"), {"works": "yes"})
    page = tab.get(at(survey, "lapa", "2"))
    assert list(page.context["form"].fields) == ["rate", "note"]
    assert "Jautājums why?" not in page.content.decode()


def test_a_page_of_hidden_questions_alone_is_not_there(tab, citizen) -> None:
    questions = table()["questions"][:2]
    published(table(*questions))
    invitation = invited(citizen)
    assert tab.get(at(invitation, "lapa", "2")).status_code == 404
    assert tab.post(at(invitation, "lapa", "1"), {"works": "yes"})["Location"] == at(invitation, "parskats")


def test_a_missing_answer_is_said_and_the_rest_is_kept(tab, survey) -> None:
    tab.post(at(survey, "lapa", "1"), {"works": "no"})
    page = tab.post(at(survey, "lapa", "2"), {"rate": "2"})
    assert page.status_code == 422
    assert 'href="#id_why_0"' in page.content.decode()
    assert queries.answers_of(survey) == {"works": ["no"], "rate": ["2"]}


def test_emptied_obligatory_answers_do_not_come_back(tab, survey) -> None:
    tab.post(at(survey, "lapa", "1"), {"works": "no"})
    tab.post(at(survey, "lapa", "2"), {"why": ["red"], "rate": "2"})
    tab.post(at(survey, "lapa", "2"), {"rate": "2"})
    assert tab.post(at(survey, "parskats"))["Location"] == at(survey, "lapa", "2")
    assert Invitation.objects.get().submitted_at is None


def test_a_forged_answer_is_not_kept(tab, survey) -> None:
    assert tab.post(at(survey, "lapa", "1"), {"works": "perhaps", "other": "x"}).status_code == 422
    assert queries.answers_of(survey) == {}


def test_saving_for_later_asks_for_nothing(tab, survey) -> None:
    tab.post(at(survey, "lapa", "1"), {"works": "no"})
    page = tab.post(at(survey, "lapa", "2"), {"rate": "2", "later": "1"})
    assert page["Location"] == LIST
    assert tab.get(at(survey)).context["continue_url"] == at(survey, "lapa", "2")
    assert 'value="2" checked' in " ".join(tab.get(at(survey, "lapa", "2")).content.decode().split()).replace(
        ' id="id_rate_1" class="ds-input"', ""
    ).replace(' class="ds-input" id="id_rate_1"', "")


def test_answers_are_kept_as_they_are_given(tab, survey) -> None:
    assert tab.post(at(survey, "lapa", "1", "glabat"), {"works": "yes"}).status_code == 204
    assert queries.answers_of(survey) == {"works": ["yes"]}
    assert tab.get(at(survey, "lapa", "1", "glabat")).status_code == 405


def test_the_review_leads_to_what_is_missing(tab, survey) -> None:
    assert tab.get(at(survey, "parskats"))["Location"] == at(survey, "lapa", "1")


def test_sent_twice_is_sent_once(tab, survey) -> None:
    tab.post(at(survey, "lapa", "1"), {"works": "yes"})
    tab.post(at(survey, "lapa", "2"), {"rate": "2"})
    first, again = (tab.post(at(survey, "parskats")) for _ in range(2))
    assert (first["Location"], again["Location"]) == (at(survey), at(survey))
    assert AuditEvent.objects.filter(kind="survey.sent").count() == 1


@pytest.mark.parametrize("rest", [("lapa", "1"), ("parskats",)])
def test_stale_tabs_of_a_sent_survey_lead_to_it(tab, citizen, survey, rest) -> None:
    sent(survey, people.actor_of(citizen))
    assert tab.get(at(survey, *rest))["Location"] == at(survey)
    assert tab.post(at(survey, *rest), {"works": "no"})["Location"] == at(survey)
    assert "Atbilde yes" in tab.get(at(survey)).content.decode()


def test_a_retired_survey_says_that_nothing_has_to_be_done(tab, survey) -> None:
    operations.retire(survey.version, by=SYSTEM)
    page = tab.get(at(survey)).content.decode()
    assert "Jums nekas nav jādara" in page
    assert tab.get(at(survey, "lapa", "1"))["Location"] == at(survey)
    assert at(survey) not in tab.get("/profils/").content.decode()


def test_after_the_term_the_page_says_that_answers_are_still_taken(tab, survey) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        browser = tab
        browser.force_login(survey.application.applicant, backend="stars.people.backend.IdentityBackend")
        page = browser.get(at(survey)).content.decode()
        assert "Atbildes pieņemam, līdz anketa tiek slēgta" in page
        assert browser.get(at(survey, "lapa", "1")).status_code == 200


@pytest.mark.parametrize("rest", [(), ("lapa", "1"), ("parskats",)])
def test_somebody_elses_survey_is_not_there_and_the_audit_knows(tab, rest) -> None:
    published()
    foreign = invited(PersonFactory())
    assert tab.get(at(foreign, *rest)).status_code == 404
    event = AuditEvent.objects.get(kind="survey.foreign-look")
    assert event.subject_id == str(foreign.pk)


def test_somebody_elses_survey_takes_nothing(tab) -> None:
    published()
    foreign = invited(PersonFactory())
    for rest in (("lapa", "1"), ("lapa", "1", "glabat"), ("parskats",)):
        assert tab.post(at(foreign, *rest), {"works": "yes"}).status_code == 404
    assert queries.answers_of(foreign) == {}


def test_the_list_costs_the_same_whatever_its_length(tab, citizen, query_counter) -> None:
    published()
    counts = []
    for number in (1, 20):
        for _ in range(number):
            invited(citizen)
        tab.get(LIST)
        with query_counter() as statements:
            page = tab.get(LIST)
        counts.append(len(statements))
        assert page.status_code == 200
    assert counts[0] == counts[1] <= MOST


@pytest.mark.parametrize("rest", [(), ("lapa", "1")])
def test_pages_of_a_survey_cost_little(tab, survey, query_counter, rest) -> None:
    tab.get(at(survey, *rest))
    with query_counter() as statements:
        assert tab.get(at(survey, *rest)).status_code == 200
    assert len(statements) <= MOST, statements.statements


def test_the_first_page_costs_the_same_with_surveys(tab, survey, query_counter) -> None:
    tab.get(reverse("citizen:home"))
    with query_counter() as statements:
        tab.get(reverse("citizen:home"))
    assert len(statements) <= MOST, statements.statements
