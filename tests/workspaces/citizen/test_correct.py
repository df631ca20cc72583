"""The page on which a returned application is corrected: what is open, what is shown before it is sent, what is late."""

import re
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from tests.applications.deciding import agency_officer, sent_back, submitted
from tests.world import make_person

from stars.actors.actor import SYSTEM, Actor
from stars.applications import operations
from stars.applications.enums import Status
from stars.applications.models import Application, StepAnswers, TimelineEntry
from stars.audit.models import AuditEvent
from stars.notices.models import Delivery
from stars.people import operations as people
from stars.people.models import FormDraft, Person

Filled = Callable[..., Application]
Browser = Callable[..., Client]


@pytest.fixture
def officer() -> Actor:
    return agency_officer()


@pytest.fixture
def web(person: Person, signed_in: Browser) -> Client:
    """The person's browser, past the consent."""
    people.accept_texts(person, by=people.actor_of(person))
    return signed_in(person)


@pytest.fixture
def opened(filled: Filled, person: Person, officer: Actor) -> Application:
    """Returned for the occupation, with a remark."""
    return operations.send_back(
        submitted(filled, person),
        fields=["occupation", "education"],
        reasons=["incomplete"],
        note="Norādiet <amatu> pilnībā.",
        by=officer,
    )


def url(application: Application, rest: str = "labot/") -> str:
    return f"/profils/pieteikumi/{application.public_id}/{rest}"


def key(application: Application) -> str:
    return str(application.decisions.filter(action="return").latest("at").pk)


def answers(application: Application, **changed: str) -> dict[str, str]:
    return {"returned": key(application), "occupation": "Ēdnīcas vadītāja", "education": "edu-06"} | changed


def test_only_the_ticked_fields_are_open_with_the_remark(web: Client, opened: Application) -> None:
    page = web.get(url(opened)).content.decode()

    names = set(re.findall(r'<(?:input|select|textarea)[^>]* name="([a-z_]+)"', page))
    assert names & {"email", "phone", "place", "period", "choice_reasons"} == set()
    assert {"occupation", "education", "returned"} <= names
    assert 'value="Pavāre"' in page
    assert page.count("Norādiet &lt;amatu&gt; pilnībā.") == 1
    assert "Sniegtā informācija ir nepilnīga vai pretrunīga" in page
    assert re.search(r"\(atlikušas \d+ dienas\)", page)


def test_the_remark_about_one_field_stands_beside_it_too(
    web: Client, filled: Filled, person: Person, officer: Actor
) -> None:
    application = submitted(filled, person)
    operations.send_back(
        application, fields=["occupation"], reasons=["incomplete"], note="Kā līgumā.", by=officer
    )
    page = web.get(url(application)).content.decode()
    assert re.findall(r'id="id_occupation_helptext">([^<]*)<', page) == ["Kā līgumā."]
    assert page.count("Kā līgumā.") == 2


def test_every_way_leads_there(web: Client, opened: Application) -> None:
    assert web.get("/profils/").content.decode().count(url(opened)) == 1
    assert web.get(url(opened, "")).content.decode().count(url(opened)) == 2
    assert url(opened) in Delivery.objects.latest("pk").text


def test_what_changes_is_shown_before_it_is_sent(web: Client, opened: Application) -> None:
    day, number = opened.submitted_at, opened.number
    review = web.post(url(opened), answers(opened))
    page = review.content.decode()

    assert review.status_code == 200
    assert ("<dd>Pavāre</dd>" in page, "<strong>Ēdnīcas vadītāja</strong>" in page) == (True, True)
    assert page.count("(bez izmaiņām)") == 1
    opened.refresh_from_db()
    assert (opened.status, opened.occupation) == (Status.RETURNED, "Pavāre")

    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    hidden.pop("csrfmiddlewaretoken", None)
    sent = web.post(url(opened), hidden | {"send": "1"})
    assert (sent.status_code, sent["Location"]) == (302, url(opened, ""))
    opened.refresh_from_db()
    assert (opened.status, opened.occupation) == (Status.SUBMITTED, "Ēdnīcas vadītāja")
    assert (opened.submitted_at, opened.number) == (day, number)


def test_nothing_changed_is_said_and_may_be_sent(web: Client, opened: Application) -> None:
    same = answers(opened, occupation="Pavāre")
    assert "Jūs neko neesat mainījis" in web.post(url(opened), same).content.decode()
    assert web.post(url(opened), same | {"send": "1"}).status_code == 302


@pytest.mark.parametrize("occupation", ["", "   ", "x" * 201, "\x00"])
@pytest.mark.parametrize("send", [{}, {"send": "1"}])
def test_wrong_answers_are_said_at_their_field(
    web: Client, opened: Application, occupation: str, send: dict[str, str]
) -> None:
    answer = web.post(url(opened), answers(opened, occupation=occupation) | send)

    assert answer.status_code == 422
    assert '<a class="ds-link" href="#id_occupation">' in answer.content.decode()
    opened.refresh_from_db()
    assert opened.status == Status.RETURNED


def test_tampered_names_count_for_nothing(web: Client, opened: Application) -> None:
    before = {row.step: row.data for row in StepAnswers.objects.filter(application=opened)}
    hostile = {
        "email": "svesa@cita.example",
        "status": "eligible",
        "place": "x",
        "support_cents": "1",
        "number": "X",
    }
    assert web.post(url(opened), answers(opened) | hostile | {"send": "1"}).status_code == 302

    opened.refresh_from_db()
    after = {row.step: row.data for row in StepAnswers.objects.filter(application=opened)}
    assert (opened.email, opened.status, opened.support_cents) == ("ilze@klients.example", "submitted", None)
    assert {step for step in before if before[step] != after[step]} == {"background"}


def test_a_value_outside_the_list_is_refused(web: Client, opened: Application) -> None:
    assert web.post(url(opened), answers(opened, education="edu-99", send="1")).status_code == 422


def test_two_clicks_and_two_devices_send_once(web: Client, opened: Application) -> None:
    data = answers(opened) | {"send": "1"}
    web.post(url(opened), data)
    second = web.post(url(opened), data | {"occupation": "Cits"}, follow=True)

    assert "Labotais pieteikums jau ir nosūtīts" in second.content.decode()
    opened.refresh_from_db()
    assert opened.occupation == "Ēdnīcas vadītāja"
    assert TimelineEntry.objects.filter(application=opened, action="correct").count() == 1
    assert Delivery.objects.filter(kind="application.correct").count() == 1


def test_a_tab_of_an_earlier_return_is_asked_anew(web: Client, opened: Application, officer: Actor) -> None:
    old = answers(opened, occupation="Vecais")
    web.post(url(opened), answers(opened) | {"send": "1"})
    sent_back(opened, "occupation", by=officer)

    stale = web.post(url(opened), old | {"send": "1"})
    assert stale.status_code == 409
    assert "tikmēr ir atgriezts vēlreiz" in stale.content.decode()
    opened.refresh_from_db()
    assert (opened.status, opened.occupation) == (Status.RETURNED, "Ēdnīcas vadītāja")


@pytest.mark.parametrize("junk", ["", "0", "abc", "999999999999999999999", "\x00"])
def test_a_tampered_key_sends_nothing(web: Client, opened: Application, junk: str) -> None:
    assert web.post(url(opened), answers(opened, returned=junk, send="1")).status_code == 409
    opened.refresh_from_db()
    assert opened.status == Status.RETURNED


def test_after_the_deadline_nothing_is_sent_and_it_lapses(opened: Application, person: Person) -> None:
    # The browser signs in at the later time, so that its session is alive.
    by = people.actor_of(person)
    with time_machine.travel(opened.correction_due_at + timedelta(seconds=1), tick=False):
        people.accept_texts(person, by=by)
        web = Client()
        web.force_login(person, backend="stars.people.backend.IdentityBackend")
        late = [web.get(url(opened)), web.post(url(opened), answers(opened) | {"send": "1"})]
        assert [answer.status_code for answer in late] == [409, 409]
        assert "termiņš ir beidzies" in late[0].content.decode()
        assert operations.lapse_corrections(by=SYSTEM) == 1
        assert web.get(url(opened))["Location"] == url(opened, "")
    opened.refresh_from_db()
    assert (opened.status, opened.occupation) == (Status.REFUSED, "Pavāre")


def test_it_may_be_withdrawn_instead(web: Client, opened: Application) -> None:
    assert url(opened, "aiziet/") in web.get(url(opened)).content.decode()
    web.post(url(opened, "atteikties/"), {"reason": "time", "note": ""})
    answer = web.get(url(opened), follow=True)
    assert "nekas nav atvērts precizēšanai" in answer.content.decode()


def test_what_was_typed_waits_when_the_session_ended(
    web: Client, opened: Application, person: Person, signed_in: Browser, settings
) -> None:
    session = web.session
    session["last_seen"] = time.time() - settings.SESSION_IDLE_SECONDS - 3600
    session.save()
    typed = answers(opened, occupation="Rakstīju, kad sesija beidzās")
    ended = web.post(url(opened), typed, HTTP_ORIGIN="http://testserver")
    assert "reason=kept" in ended["Location"]

    page = signed_in(person).get(url(opened)).content.decode()
    assert 'value="Rakstīju, kad sesija beidzās"' in page
    opened.refresh_from_db()
    assert (opened.status, opened.occupation) == (Status.RETURNED, "Pavāre")


def test_the_script_keeps_what_is_typed_and_sending_forgets_it(web: Client, opened: Application) -> None:
    kept = web.post(
        url(opened, "labot/glabat/"), answers(opened, occupation="Pusuzrakstī", email="x@y.example")
    )
    page = web.get(url(opened)).content.decode()
    assert (kept.status_code, 'value="Pusuzrakstī"' in page, "x@y.example" in page) == (204, True, False)

    web.post(url(opened), answers(opened) | {"send": "1"})
    assert person_drafts(opened) == 0


def person_drafts(application: Application) -> int:
    return FormDraft.objects.filter(person=application.applicant).count()


@pytest.mark.parametrize("rest", ["labot/", "labot/glabat/"])
def test_somebody_elses_is_not_there_and_remembered(
    opened: Application, signed_in: Browser, rest: str
) -> None:
    other = make_person(2)
    people.accept_texts(other, by=people.actor_of(other))
    assert signed_in(other).post(url(opened, rest), answers(opened)).status_code == 404
    assert AuditEvent.objects.filter(kind="application.refused-look").count() == 1


def test_a_draft_and_a_waiting_application_have_nothing_to_correct(
    web: Client, filled: Filled, person: Person
) -> None:
    draft = filled(person)
    assert web.get(url(draft))["Location"] == url(draft, "parskats/")
    sent = operations.submit(draft, by=people.actor_of(person))
    assert web.get(url(sent))["Location"] == url(sent, "")
    assert web.post(url(sent), {"send": "1", "occupation": "x"})["Location"] == url(sent, "")
