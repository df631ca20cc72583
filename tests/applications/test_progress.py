"""Where an application stands is said in words: what happened, who acts next, by when."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import translation
from tests.factories.applications import ApplicationFactory
from tests.factories.catalogue import GroupFactory
from tests.factories.learning import DecisionFactory, offered, past, regrouped, returned, tell
from tests.factories.people import PersonFactory

from stars.applications.enums import Action, Status
from stars.applications.events import events
from stars.applications.models import Application
from stars.applications.progress import colour, stages, status_sentence
from stars.applications.promised import promise_rows
from stars.applications.queries.usual import check_workdays

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def wednesday(catalogue_lists: None) -> None:
    with time_machine.travel(NOW, tick=False), translation.override("lv"):
        yield


def shown(application: Application) -> list[tuple[str, str]]:
    return [(stage.label, stage.state) for stage in stages(application)]


class TestSentences:
    """Read aloud."""

    def test_submitted(self) -> None:
        application = ApplicationFactory(submitted=True)
        said = "Iesniegts 25.11.2026. – aģentūra pārbauda atbilstību, parasti 5 darbdienas."
        assert status_sentence(application) == said

    def test_the_ministry_checks_its_own_source(self) -> None:
        application = ApplicationFactory(submitted=True, scheme="VARAM")
        assert " – VARAM pārbauda atbilstību" in status_sentence(application)

    def test_waiting_for_money(self) -> None:
        application = ApplicationFactory(submitted=True, money_short_at=NOW)
        assert "pašlaik nepietiek finansējuma; aģentūra pieņems lēmumu" in status_sentence(application)

    def test_returned(self) -> None:
        said = status_sentence(returned(PersonFactory()))
        assert said.endswith("iesniedziet pieteikumu vēlreiz līdz 28.11.2026. plkst.\N{NO-BREAK SPACE}10:30.")

    def test_offered(self) -> None:
        said = "Jums piedāvāta vieta grupā „DA-3” – lūdzu, atbildiet līdz 26.11.2026. plkst.\N{NO-BREAK SPACE}16:30."
        assert status_sentence(offered(PersonFactory())) == said

    def test_another_group(self) -> None:
        said = "Apstiprināts – lūdzu, izvēlieties citu grupu līdz 30.11.2026. plkst.\N{NO-BREAK SPACE}10:30."
        assert status_sentence(regrouped(PersonFactory())) == said

    @pytest.mark.parametrize(
        ("starts", "ends", "said"),
        [
            (5, 9, "Uzņemšana grupā „G” apstiprināta – mācības sākas 30.11.2026.; par mācību līgumu"),
            (0, 9, "Mācības grupā „G” notiek līdz 04.12.2026."),
            (-9, -1, "Mācības grupā „G” ir noslēgušās – rezultātu norādīs"),
        ],
    )
    def test_admitted(self, starts: int, ends: int, said: str) -> None:
        day = NOW.date()
        group = GroupFactory(
            name="G", starts_on=day + timedelta(days=starts), ends_on=day + timedelta(days=ends)
        )
        application = ApplicationFactory(admitted=True, programme=group.programme, group=group)
        assert status_sentence(application).startswith(said)

    def test_the_five_outcomes(self) -> None:
        said = {name: status_sentence(application) for name, application in past(PersonFactory()).items()}
        del said["admitted"]
        assert said == {
            "withdrawn": "Jūs atteicāties 16.11.2026.",
            "completed": "Mācības pabeigtas 16.11.2026.",
            "expelled": "Atskaitīts no mācībām 16.11.2026.",
            "refused": "Neuzņemts: lēmums pieņemts 16.11.2026.",
        }

    def test_ended_because_the_group_was_cancelled(self) -> None:
        application = ApplicationFactory(refused=True)
        tell(application, Action.END, Status.REFUSED, role="institution-officer")
        assert status_sentence(application) == "Mācības beidzās 25.11.2026., jo grupa tika atcelta."

    @pytest.mark.parametrize("language", ["lv", "en"])
    def test_every_status_has_one(self, language: str) -> None:
        with translation.override(language):
            person = PersonFactory()
            made = [
                *past(person).values(),
                ApplicationFactory(applicant=person),
                ApplicationFactory(applicant=person, submitted=True, scheme="IMK"),
                ApplicationFactory(applicant=person, eligible=True, scheme="VARAM"),
                ApplicationFactory(is_whole=True, status=Status.WAITING),
                returned(PersonFactory()),
            ]
            said = {application.status: status_sentence(application) for application in made}
        assert [status for status, sentence in said.items() if not sentence] == []
        assert len(set(said.values())) == len(Status)


class TestStages:
    """Five, or as many as the way had before it stopped."""

    def test_five(self) -> None:
        assert shown(ApplicationFactory(eligible=True)) == [
            ("Iesniegts", "done"),
            ("Atbilstības pārbaude", "done"),
            ("Uzņemšana", "current"),
            ("Mācības", "todo"),
            ("Apliecība", "todo"),
        ]

    def test_completed_is_behind_all(self) -> None:
        states = [state for _label, state in shown(ApplicationFactory(completed=True))]
        assert states == ["done"] * 5

    def test_what_is_asked_stands_at_its_stage(self) -> None:
        assert stages(returned(PersonFactory()))[1].note == "Jūsu precizējumi, līdz 28.11.2026."
        assert stages(offered(PersonFactory()))[2].note == "piedāvāta vieta, atbilde līdz 26.11.2026."
        assert stages(regrouped(PersonFactory()))[2].note == "jāizvēlas cita grupa līdz 30.11.2026."

    def test_what_is_behind_says_when_it_passed_and_no_longer_who_acts(self) -> None:
        application = ApplicationFactory(admitted=True)
        tell(application, Action.CONFIRM, Status.ELIGIBLE, role="agency-officer", ago=4)
        tell(application, Action.ADMIT, Status.ADMITTED, role="institution-officer", ago=2)
        assert [stage.note for stage in stages(application)[1:3]] == ["21.11.2026.", "23.11.2026."]

    def test_who_acts_again_after_an_admission_that_was_undone(self) -> None:
        application = ApplicationFactory(is_whole=True, status=Status.ELIGIBLE)
        tell(application, Action.ADMIT, Status.ADMITTED, role="institution-officer", ago=4)
        tell(application, Action.REGROUP, Status.ELIGIBLE, role="institution-officer", ago=2)
        assert stages(application)[2].note == "lemj izglītības iestāde"

    def test_refused_by_the_authority_stopped_at_the_check(self) -> None:
        application = ApplicationFactory(refused=True)
        tell(application, Action.SUBMIT, Status.SUBMITTED, ago=3)
        tell(application, Action.REFUSE, Status.REFUSED, role="agency-officer")
        assert shown(application) == [("Iesniegts", "done"), ("Neuzņemts", "failed")]
        assert stages(application)[-1].note == "Atbilstības pārbaude, 25.11.2026."

    def test_expelled_came_as_far_as_learning(self) -> None:
        expelled = past(PersonFactory())["expelled"]
        assert [label for label, _state in shown(expelled)] == [
            "Iesniegts", "Atbilstības pārbaude", "Uzņemšana", "Atskaitīts",
        ]  # fmt: skip

    def test_given_back_after_a_cancelled_group_it_stopped_before_admission(self) -> None:
        application = regrouped(PersonFactory())
        tell(application, Action.LEAVE, Status.WITHDRAWN)
        Application.objects.filter(pk=application.pk).update(
            status=Status.WITHDRAWN, regroup_due_at=None, ended_at=NOW, withdrawal_reason="time"
        )
        application.refresh_from_db()
        assert [state for _label, state in shown(application)] == ["done", "done", "failed"]

    def test_each_word_has_one_colour(self) -> None:
        found = {status: colour(status) for status in Status}
        assert found[Status.WAITING] == "warm"
        assert set(found.values()) == {"neutral", "info", "warning", "success", "warm"}


class TestEvents:
    """Offices, not officers; and what belongs to each line."""

    def test_who_acted(self) -> None:
        application = ApplicationFactory(eligible=True)
        roles = ["citizen", "agency-officer", "ministry-admin", "institution-admin", "system"]
        for number, role in enumerate(roles):
            tell(application, Action.CONFIRM, Status.ELIGIBLE, role=role, ago=9 - number)
        institution = application.programme.institution.name
        told = [event.who for event in reversed(events(application))]
        assert told == ["Ilze P.", "Aģentūra", "VARAM", institution, "Automātiski"]

    def test_a_return_says_why_what_and_by_when(self) -> None:
        latest = events(returned(PersonFactory()))[0]
        assert latest.details == [
            ("Pamatojums", "Sniegtā informācija ir nepilnīga vai pretrunīga"),
            ("Skaidrojums", "Lūdzu, norādiet amatu."),
            ("Jāprecizē", "Profesija, amats darba vietā"),
            ("Termiņš", "28.11.2026. plkst.\N{NO-BREAK SPACE}10:30"),
        ]
        assert latest.decision is not None

    def test_an_offer_names_group_and_deadline(self) -> None:
        latest = events(offered(PersonFactory()))[0]
        assert latest.details == [
            ("Grupa", "DA-3"),
            ("Termiņš", "26.11.2026. plkst.\N{NO-BREAK SPACE}16:30"),
        ]

    def test_why_somebody_left(self) -> None:
        application = ApplicationFactory(withdrawn=True)
        tell(application, Action.LEAVE, Status.WITHDRAWN, reason="health")
        assert events(application)[0].details == [("Pamatojums", "Veselības stāvoklis")]

    def test_an_older_decision_belongs_to_its_own_line(self) -> None:
        application = ApplicationFactory(submitted=True)
        tell(application, Action.REFUSE, Status.REFUSED, role="agency-officer", ago=5)
        tell(application, Action.REFUSE, Status.REFUSED, role="agency-officer")
        decision = DecisionFactory(application=application, action=Action.REFUSE, reasons=["age"])
        assert [event.decision for event in events(application)] == [decision, None]

    def test_what_is_not_known_any_more_stays_readable(self) -> None:
        application = ApplicationFactory(refused=True)
        tell(application, Action.REFUSE, Status.REFUSED, reasons=["gone"], due=None, group=None, other=5)
        assert events(application)[0].details == [("Pamatojums", "gone")]


class TestUsualTime:
    """Measured where there is something to measure."""

    def decide(self, *, submitted: int, decided: int, scheme: str = "MN") -> None:
        application = ApplicationFactory(
            eligible=True, scheme=scheme, submitted_at=NOW - timedelta(days=submitted)
        )
        DecisionFactory(application=application, at=NOW - timedelta(days=decided))

    def test_the_parameter_without_decisions(self) -> None:
        self.decide(submitted=9, decided=1, scheme="IMK")
        self.decide(submitted=120, decided=100)
        assert check_workdays("MN") == 5

    def test_the_median_of_workdays(self) -> None:
        # From Monday to Tuesday, over a week with the holiday of the 18th, and a very long one.
        for submitted in (9, 8, 40):
            self.decide(submitted=submitted, decided=1 if submitted != 9 else 8)
        assert check_workdays("MN") == 4

    def test_the_same_day_is_one_workday(self) -> None:
        self.decide(submitted=2, decided=2)
        assert check_workdays("MN") == 1

    def test_kept_for_an_hour(self, query_counter) -> None:
        check_workdays("MN")
        with query_counter() as queries:
            check_workdays("MN")
        assert len(queries) == 0


def test_the_promise_names_both_copayments_and_calls_neither_of_them_yours() -> None:
    """Which of them it is depends on what the register says of the household, so the copy must not say it."""
    promised = {
        **dict.fromkeys(("programme", "institution", "place", "address", "document", "round"), "x"),
        **dict.fromkeys(("starts_on", "ends_on"), "2027-01-12"),
        "hours": 30,
        "price_cents": 36_000,
        "copayment_cents": 1_800,
        "low_income_copayment_cents": 0,
        "rules_version": "MN-2026-1",
    }
    sums = [(str(label), text) for label, text in promise_rows(promised) if "maksājums" in str(label)]
    assert sums == [
        ("Līdzmaksājums", "18,00\N{NO-BREAK SPACE}€"),
        ("Līdzmaksājums maznodrošinātai vai trūcīgai mājsaimniecībai", "0,00\N{NO-BREAK SPACE}€"),
    ]
