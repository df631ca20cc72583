"""The ministry decides on its own source, and nobody else does."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.datastructures import MultiValueDict
from tests.applications.deciding import Filled, corrected, ministry_officer, submitted
from tests.assessments.leveling import reach_level
from tests.world import OGRE, make_group, make_person, make_programme, make_round

from stars.actors.actor import Actor
from stars.applications import operations
from stars.applications.enums import Status
from stars.applications.models import Application
from stars.audit.models import AuditEvent
from stars.catalogue.models import GroupOffer, Programme, Round
from stars.funding.queries import account_of, budget_of
from stars.notices.models import Delivery
from stars.people.models import Person
from stars.schemes.codes import SchemeCode

pytestmark = pytest.mark.django_db
QUEUE = "/agentura/pieteikumi/"
STEPS = {
    "contact": {"email": ["ilze@klients.example"], "phone": ["20000001"]},
    "place": {"place": [OGRE]},
    "programme": {"knows_contents": ["on"]},
}
PRICE = 40_000


@pytest.fixture
def round_(catalogue_lists: None) -> Round:
    """Open, with plenty of money."""
    return make_round("VARAM")


@pytest.fixture
def programme(round_: Round) -> Programme:
    """Of the first level; the source pays its whole price."""
    made = make_programme("Pirmie soļi", varam_level=1, field_id="field-digitalas")
    make_group(made, OGRE, rounds=[round_])
    GroupOffer.objects.update(copayment_cents=0)
    return made


@pytest.fixture
def waiting(person: Person, by: Actor, programme: Programme) -> Application:
    """Submitted by somebody whose level it is."""
    reach_level(person, 1)
    draft = operations.start(person, programme, SchemeCode.VARAM, by=by)
    for step, answers in STEPS.items():
        operations.keep_step(draft, step, MultiValueDict(answers), by=by)
    return operations.submit(draft, by=by)


@pytest.fixture
def ministry(catalogue_lists: None, at_work: Callable[[Actor], Client]) -> Client:
    """The browser of an officer of the ministry."""
    return at_work(ministry_officer())


def address(application: Application, step: str = "") -> str:
    return f"{QUEUE}{application.public_id}/{step}"


def test_it_waits_in_the_ministrys_queue_and_opens(ministry: Client, waiting: Application) -> None:
    assert [row["application"] for row in ministry.get(QUEUE).context["rows"]] == [waiting]
    page = ministry.get(address(waiting))
    assert page.status_code == 200
    for words in (waiting.number, "Pirmie soļi", "Apstiprināt", "Atgriezt precizēšanai"):
        assert words in page.content.decode()
    assert AuditEvent.objects.filter(kind="application.viewed", subject_id=str(waiting.pk)).count() == 1


def test_what_the_source_never_asked_is_not_said_to_be_denied(
    ministry: Client, waiting: Application, filled: Filled, desk: Client
) -> None:
    asked = submitted(filled, make_person(9))
    labels = [
        [label for label, _text in browser.get(address(one)).context["money_rows"]]
        for browser, one in ((ministry, waiting), (desk, asked))
    ]
    assert labels[1] == [*labels[0], "Deklarēta maznodrošināta mājsaimniecība"]


def test_confirmed_it_holds_the_price_and_opens_no_account(
    ministry: Client, waiting: Application, person: Person, round_: Round
) -> None:
    assert ministry.post(address(waiting, "apstiprinat/"), {"confirm-note": ""}).status_code == 302

    waiting.refresh_from_db()
    decision = waiting.decisions.get()
    assert (waiting.status, waiting.support_cents, waiting.copayment_cents) == (Status.ELIGIBLE, PRICE, 0)
    assert (decision.rules_version, decision.organisation) == ("VARAM-2026-2/0", "Organizācija ministry")
    assert budget_of(round_.pk).committed_cents == PRICE
    assert account_of(person.pk, "VARAM") is None
    assert Delivery.objects.filter(kind="application.confirm").count() == 1


def test_refused_with_reasons(ministry: Client, waiting: Application, round_: Round) -> None:
    typed = {"refuse-reasons": ["conditions"], "refuse-note": "Līmenis neatbilst."}
    assert ministry.post(address(waiting, "atteikt/"), typed).status_code == 302

    waiting.refresh_from_db()
    assert (waiting.status, waiting.decisions.get().reasons) == (Status.REFUSED, ["conditions"])
    assert budget_of(round_.pk).committed_cents == 0
    assert "Līmenis neatbilst." in Delivery.objects.get(kind="application.refuse").text


def test_returned_corrected_and_back_in_the_queue(ministry: Client, waiting: Application, by: Actor) -> None:
    typed = {"return-reasons": ["incomplete"], "return-note": "", "return-fields_open": ["phone"]}
    assert ministry.post(address(waiting, "atpakal/"), typed).status_code == 302
    waiting.refresh_from_db()
    assert (waiting.status, waiting.returned_fields) == (Status.RETURNED, ["phone"])

    operations.resubmit(waiting, corrected(phone="20000002"), by=by)
    assert [row["application"] for row in ministry.get(QUEUE).context["rows"]] == [waiting]


def test_only_fields_of_the_source_can_be_ticked(ministry: Client, waiting: Application) -> None:
    typed = {"return-reasons": ["incomplete"], "return-note": "", "return-fields_open": ["occupation"]}
    assert ministry.post(address(waiting, "atpakal/"), typed).status_code == 422


@pytest.mark.parametrize("step", ["apstiprinat/", "atteikt/", "atpakal/"])
def test_the_agency_does_not_find_it(desk: Client, waiting: Application, step: str) -> None:
    assert list(desk.get(QUEUE).context["rows"]) == []
    assert desk.get(address(waiting)).status_code == 404
    assert desk.post(address(waiting, step), {"refuse-reasons": ["age"]}).status_code == 404
    waiting.refresh_from_db()
    assert (waiting.status, waiting.decisions.count()) == (Status.SUBMITTED, 0)
