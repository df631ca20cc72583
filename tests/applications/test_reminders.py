"""Deadlines are called to mind before they pass: once each, and only while somebody can still act."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from tests.applications.test_races import together
from tests.factories.applications import ApplicationFactory
from tests.factories.catalogue import GroupFactory, GroupOfferFactory, RoundFactory
from tests.factories.learning import offered, regrouped, returned
from tests.factories.people import PersonFactory

from stars.actors.actor import SYSTEM, NotPermitted
from stars.applications import operations as applications
from stars.applications.models import Application, WaitingPlace
from stars.applications.operations.reminders import remind
from stars.applications.tasks import remind as task
from stars.notices.models import Delivery, DeliveryStatus
from stars.notices.operations import choose
from stars.people import operations as people

# A Wednesday in Riga, half past ten.
NOW = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def wednesday(catalogue_lists: None) -> None:
    with time_machine.travel(NOW, tick=False):
        yield


def said() -> list[str]:
    return sorted(Delivery.objects.filter(kind__startswith="reminder.").values_list("kind", flat=True))


def offer(*, hours: int, given_days_ago: int = 1) -> Application:
    application = offered(PersonFactory(), hours=hours)
    WaitingPlace.objects.filter(application=application).update(
        offered_at=NOW - timedelta(days=given_days_ago)
    )
    return application


@pytest.mark.django_db
class TestWhatIsCalledToMind:
    """Each deadline at its time."""

    @pytest.mark.parametrize(("hours", "count"), [(-1, 0), (1, 1), (37, 1), (38, 0), (72, 0)])
    def test_an_offer_that_ends_by_tomorrow_night(self, hours: int, count: int) -> None:
        offer(hours=hours)
        remind(by=SYSTEM)
        assert said() == ["reminder.offer"] * count

    def test_an_offer_of_today_has_just_been_told(self) -> None:
        offer(hours=30, given_days_ago=0)
        assert remind(by=SYSTEM) == 0

    @pytest.mark.parametrize(("days", "count"), [(-1, 0), (1, 1), (2, 1), (3, 0)])
    def test_a_correction_that_is_due_in_two_workdays(self, days: int, count: int) -> None:
        returned(PersonFactory(), days=days)
        remind(by=SYSTEM)
        assert said() == ["reminder.correction"] * count

    def test_workdays_pass_over_the_weekend(self) -> None:
        with time_machine.travel(datetime(2026, 11, 27, 8, 0, tzinfo=UTC), tick=False):
            returned(PersonFactory(), days=4)
            assert remind(by=SYSTEM) == 1

    @pytest.mark.parametrize(("days", "count"), [(-1, 0), (1, 1), (2, 0)])
    def test_another_group_that_has_to_be_chosen_by_tomorrow(self, days: int, count: int) -> None:
        regrouped(PersonFactory(), days=days)
        remind(by=SYSTEM)
        assert said() == ["reminder.regroup"] * count

    def test_the_message_names_the_deadline_and_the_way(self) -> None:
        application = offer(hours=30)
        remind(by=SYSTEM)
        told = Delivery.objects.get(kind="reminder.offer")
        assert "Lūdzu, atbildiet līdz 26.11.2026. plkst.\N{NO-BREAK SPACE}16:30." in told.text
        assert f"http://testserver/profils/pieteikumi/{application.public_id}/" in told.text
        assert (told.to_address, told.person_id) == (application.email, application.applicant_id)

    def test_only_the_system_reminds(self) -> None:
        with pytest.raises(NotPermitted):
            remind(by=people.actor_of(PersonFactory()))


@pytest.mark.django_db
class TestDraftsOfARoundThatCloses:
    """Somebody began, and can still send it."""

    def draft(self, *, closes_in_days: int, scheme: str = "MN") -> Application:
        round_ = RoundFactory(scheme=scheme, closes_in_days=closes_in_days)
        offer_ = GroupOfferFactory(round=round_)
        return ApplicationFactory(scheme=scheme, programme=offer_.group.programme)

    @pytest.mark.parametrize(("days", "count"), [(-1, 0), (1, 1), (2, 1), (3, 0)])
    def test_two_days_before(self, days: int, count: int) -> None:
        self.draft(closes_in_days=days)
        remind(by=SYSTEM)
        assert said() == ["reminder.round"] * count

    def test_the_link_leads_to_the_draft(self) -> None:
        draft = self.draft(closes_in_days=1)
        remind(by=SYSTEM)
        told = Delivery.objects.get(kind="reminder.round")
        assert f"/profils/pieteikumi/{draft.public_id}/parskats/" in told.text
        assert told.to_address == draft.applicant.email

    def test_not_when_a_later_round_takes_it_too(self) -> None:
        draft = self.draft(closes_in_days=1)
        GroupOfferFactory(
            group=GroupFactory(programme=draft.programme), round=RoundFactory(closes_in_days=20)
        )
        assert remind(by=SYSTEM) == 0

    def test_not_when_another_application_stands_in_the_way(self) -> None:
        ApplicationFactory(applicant=self.draft(closes_in_days=1).applicant, submitted=True)
        assert remind(by=SYSTEM) == 0

    def test_another_source_is_not_in_the_way(self) -> None:
        ApplicationFactory(applicant=self.draft(closes_in_days=1).applicant, submitted=True, scheme="IMK")
        assert remind(by=SYSTEM) == 1

    def test_not_when_the_source_of_the_round_is_another(self) -> None:
        draft = self.draft(closes_in_days=1, scheme="IMK")
        Application.objects.filter(pk=draft.pk).update(scheme="MN")
        assert remind(by=SYSTEM) == 0


@pytest.mark.django_db
class TestOnce:
    """However often the job runs."""

    def test_run_again_it_says_nothing_new(self) -> None:
        offer(hours=30)
        returned(PersonFactory(), days=1)
        assert [remind(by=SYSTEM) for _ in range(3)] == [2, 0, 0]
        task(0)
        assert len(said()) == 2

    def test_what_a_killed_run_did_not_say_the_next_one_says(self) -> None:
        for _ in range(3):
            offer(hours=30)
        with transaction.atomic():
            remind(by=SYSTEM)
            transaction.set_rollback(True)
        assert said() == []
        assert remind(by=SYSTEM) == 3

    def test_a_new_deadline_is_called_to_mind_anew(self) -> None:
        application = returned(PersonFactory(), days=1)
        remind(by=SYSTEM)
        Application.objects.filter(pk=application.pk).update(correction_due_at=NOW + timedelta(days=2))
        assert remind(by=SYSTEM) == 1

    def test_who_wants_no_reminders_gets_none(self) -> None:
        application = offer(hours=30)
        person = application.applicant
        choose(person.pk, ["information"], by=people.actor_of(person))
        assert remind(by=SYSTEM) == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_say_it_once() -> None:
    for _ in range(3):
        offer(hours=30)
    sent = together(lambda: remind(by=SYSTEM), lambda: remind(by=SYSTEM))
    assert sum(sent) == 3
    assert said() == ["reminder.offer"] * 3
    assert Delivery.objects.filter(status=DeliveryStatus.QUEUED).count() == 3


@pytest.mark.django_db
def test_a_draft_that_was_sent_is_not_called_to_mind(
    filled: Callable[..., Application], world: object
) -> None:
    person = PersonFactory()
    draft = filled(person)
    applications.submit(draft, by=people.actor_of(person))
    with time_machine.travel(NOW + timedelta(days=9), tick=False):
        assert remind(by=SYSTEM) == 0
