"""Who is asked, when, and how often they are told: when learning ends, half a year later, before the term is over."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from tests.applications.seating import Hall, make_hall
from tests.applications.test_races import together
from tests.factories.people import NewPersonFactory, PersonFactory
from tests.stubborn import refuse
from tests.surveys.made import ended, invited, published, sent, survey_file, table
from tests.world import OGRE, RIGA, World

from stars.actors.actor import SYSTEM, Actor, NotPermitted
from stars.applications import operations as applications
from stars.applications.enums import Status
from stars.audit.models import AuditEvent
from stars.common.rows import RowsFailed
from stars.enrolments import operations as enrolments
from stars.enrolments.models import Enrolment
from stars.notices.models import Delivery, NoticePreference
from stars.people import operations as people
from stars.people.models import Profile
from stars.surveys import operations
from stars.surveys.models import Invitation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue_lists")]
NOON = datetime(2026, 11, 2, 10, tzinfo=UTC)


@pytest.fixture
def clock() -> object:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def later(**more: object) -> dict[str, object]:
    return table(survey="six-months", months_after=6, **more)


def told(kind: str) -> int:
    return Delivery.objects.filter(kind=kind).count()


@pytest.fixture
def learning(world: World) -> tuple[Hall, Enrolment]:
    """Somebody with a contract of today, in a group that began."""
    hall = make_hall(world)
    group = hall.group(2)
    application = applications.admit(hall.eligible(group), group, by=hall.officer)
    today = timezone.localdate()
    return hall, enrolments.enrol(application, contract_number="L-1", contract_on=today, by=hall.officer)


def test_expulsion_asks_at_once(learning: tuple[Hall, Enrolment]) -> None:
    published()
    hall, enrolment = learning
    today = timezone.localdate()
    enrolments.expel(enrolment, reason="absence", on=today, by=hall.officer)
    invitation = Invitation.objects.get()
    assert (invitation.application_id, invitation.survey) == (enrolment.application_id, "exit")
    assert invitation.due_on == today + timedelta(days=28)
    assert told("survey-opened") == 1


def test_completion_asks_at_once(learning: tuple[Hall, Enrolment]) -> None:
    published()
    hall, enrolment = learning
    with time_machine.travel(timezone.now() + timedelta(days=200)):
        on = timezone.localdate()
        enrolments.complete(enrolment, document_number="A-1", document_on=on, grade=9, by=hall.officer)
        assert Invitation.objects.get().due_on == on + timedelta(days=28)


def test_what_is_undone_asks_nobody(learning: tuple[Hall, Enrolment]) -> None:
    published()
    hall, enrolment = learning
    with pytest.raises(enrolments.OutcomeMissing):
        enrolments.expel(enrolment, reason="nonsense", on=timezone.localdate(), by=hall.officer)
    assert (Invitation.objects.count(), told("survey-opened")) == (0, 0)


@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.REFUSED, Status.ADMITTED])
def test_nobody_is_asked_after_another_end(status: Status) -> None:
    published()
    more = {"withdrawal_reason": "no-time"} if status is Status.WITHDRAWN else {}
    if status is Status.ADMITTED:
        more |= {"ended_at": None}
    application = ended(PersonFactory(), **more | {"status": status})
    assert operations.open_for(application, by=SYSTEM) == []
    assert operations.open_due(by=SYSTEM) == 0


def test_a_survey_after_completion_alone_does_not_follow_expulsion() -> None:
    published(table(after=["completed"]))
    assert operations.open_for(ended(PersonFactory(), Status.EXPELLED), by=SYSTEM) == []
    assert len(operations.open_for(ended(PersonFactory(), Status.COMPLETED), by=SYSTEM)) == 1


def test_what_reports_need_is_copied_when_it_opens() -> None:
    published()
    born = timezone.localdate() - timedelta(days=60 * 366)
    person = PersonFactory(birth_date=born, profile__municipality_id=OGRE)
    invitation = invited(person)
    Profile.objects.filter(person=person).update(municipality=RIGA)
    kept = Invitation.objects.get(pk=invitation.pk)
    assert (kept.age_group, kept.municipality_id) == ("55+", OGRE)


def test_who_has_no_profile_and_no_day_of_birth_is_asked_too() -> None:
    published()
    invitation = invited(NewPersonFactory(birth_date=None))
    assert (invitation.age_group, invitation.municipality_id) == ("", None)


def test_the_second_survey_opens_half_a_year_later_and_once(clock) -> None:
    published()
    published(later())
    application = ended(PersonFactory(), at=NOON)
    assert [each.survey for each in operations.open_for(application, by=SYSTEM)] == ["exit"]
    clock.move_to(NOON + timedelta(days=180))
    assert operations.open_due(by=SYSTEM) == 0
    clock.move_to(datetime(2027, 5, 2, 6, tzinfo=UTC))
    assert [operations.open_due(by=SYSTEM), operations.open_due(by=SYSTEM)] == [1, 0]
    invitation = Invitation.objects.get(survey="six-months")
    assert (invitation.due_on, told("survey-opened")) == (date(2027, 5, 30), 2)


def test_a_survey_published_late_still_reaches_who_ended_within_the_term(clock) -> None:
    recent = ended(PersonFactory(), at=NOON - timedelta(days=20))
    ended(PersonFactory(), at=NOON - timedelta(days=40))
    published()
    assert operations.open_due(by=SYSTEM) == 1
    assert Invitation.objects.get().application_id == recent.pk


def test_a_new_version_is_not_asked_a_second_time(clock) -> None:
    published()
    application = ended(PersonFactory(), at=NOON)
    operations.open_for(application, by=SYSTEM)
    published(table(title_lv="Otrā"))
    assert operations.open_for(application, by=SYSTEM) == []
    assert operations.open_due(by=SYSTEM) == 0


def test_a_reminder_is_sent_once_in_the_last_week_to_who_has_not_answered(clock) -> None:
    version = published()
    person, other = PersonFactory(), PersonFactory()
    invited(person)
    sent(invited(other), people.actor_of(other))
    sent_by_day = []
    for days in (20, 21, 21, 28, 29):
        clock.move_to(NOON + timedelta(days=days))
        sent_by_day.append(operations.remind(by=SYSTEM))
    assert sent_by_day == [0, 1, 0, 0, 0]
    assert Delivery.objects.get(kind="survey-reminder").person_id == person.pk
    assert version.takes_answers is True


def test_a_retired_survey_is_not_called_to_mind(clock) -> None:
    version = published()
    invited(PersonFactory())
    operations.retire(version, by=SYSTEM)
    clock.move_to(NOON + timedelta(days=25))
    assert operations.remind(by=SYSTEM) == 0


def test_who_wants_no_reminders_gets_none_but_is_told_of_the_survey(clock) -> None:
    published()
    person = PersonFactory()
    NoticePreference.objects.create(person_id=person.pk, category="reminder", by_email=False)
    invited(person)
    clock.move_to(NOON + timedelta(days=25))
    assert operations.remind(by=SYSTEM) == 0
    assert (told("survey-opened"), told("survey-reminder")) == (1, 0)


def test_the_messages_name_survey_programme_and_term_and_nothing_personal(clock) -> None:
    published()
    person = PersonFactory(given_name="Ilze", family_name="Ozola")
    invitation = invited(person)
    clock.move_to(NOON + timedelta(days=25))
    operations.remind(by=SYSTEM)
    for message in Delivery.objects.filter(person_id=person.pk):
        everything = message.subject + message.text + message.html
        assert "30.11.2026." in message.subject
        assert invitation.application.programme.title in message.text
        assert f"/profils/anketas/{invitation.public_id}/" in message.text
        assert "Ozola" not in everything


def test_opening_stands_in_the_audit_and_needs_permission(by: Actor) -> None:
    published()
    application = ended(PersonFactory())
    for deed in (
        lambda: operations.open_for(application, by=by),
        lambda: operations.open_due(by=by),
        lambda: operations.remind(by=by),
    ):
        with pytest.raises(NotPermitted):
            deed()
    (invitation,) = operations.open_for(application, by=SYSTEM)
    event = AuditEvent.objects.get(kind="survey.opened")
    assert event.subject_id == str(invitation.public_id)


def test_who_cannot_be_asked_or_reminded_holds_up_nobody(clock) -> None:
    published()
    stuck, other = (ended(PersonFactory(), at=NOON) for _ in range(2))
    refuse("notices_delivery", f"NEW.person_id = '{stuck.applicant_id}'")
    for _ in range(2):
        with pytest.raises(RowsFailed, match=r"^1 failed"):
            operations.open_due(by=SYSTEM)
    (invitation,) = Invitation.objects.all()
    assert (invitation.application_id, told("survey-opened")) == (other.pk, 1)
    last = ended(PersonFactory(), at=NOON)
    with pytest.raises(RowsFailed):
        operations.open_due(by=SYSTEM)
    refuse("notices_delivery", f"NEW.person_id = '{other.applicant_id}'")
    clock.move_to(datetime.combine(invitation.due_on - timedelta(days=1), NOON.time(), UTC))
    for _ in range(2):
        with pytest.raises(RowsFailed, match=r"^1 failed"):
            operations.remind(by=SYSTEM)
    reminded = Delivery.objects.filter(kind="survey-reminder").values_list("person_id", flat=True)
    assert list(reminded) == [last.applicant_id]


def test_opening_many_costs_the_same_for_each(query_counter: Callable[[], object], clock) -> None:
    published()
    counts = []
    for number in (1, 5):
        for _ in range(number):
            ended(PersonFactory(), at=NOON)
        with query_counter() as queries:
            assert operations.open_due(by=SYSTEM) == number
        counts.append((len(queries) - 2) / number)
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_open_one_survey_and_write_once() -> None:
    published()
    application = ended(PersonFactory())
    made = together(
        *[lambda: operations.open_for(application, by=SYSTEM)] * 2,
        *[lambda: operations.open_due(by=SYSTEM)] * 2,
    )
    assert [each for each in made if isinstance(each, Exception)] == []
    opened = sum(each if isinstance(each, int) else len(each) for each in made)
    assert (opened, Invitation.objects.count(), told("survey-opened")) == (1, 1, 1)


def test_a_draft_asks_nobody() -> None:
    operations.load(survey_file(), by=SYSTEM)
    assert operations.open_for(ended(PersonFactory()), by=SYSTEM) == []
