"""From the waiting list to a seat, and out of the learning again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.applications.seating import PROMISED, live
from tests.factories.applications import ApplicationFactory
from tests.journeys.conftest import DESKTOP, PHONE, violations
from tests.journeys.steps import programme_open_in, sign_in
from tests.world import make_group, make_round

from stars.actors.actor import SYSTEM
from stars.applications import operations
from stars.applications.models import Application
from stars.catalogue.models import Group, Round
from stars.enrolments import operations as enrolments
from stars.people.models import Person


def _waits(person: Person) -> tuple[Application, list[Group]]:
    """The person waits for two groups; a seat of the first is offered."""
    round_ = make_round("MN", name="Ceļojuma kārta")
    programme = programme_open_in("MN")
    groups = [make_group(programme, None, rounds=[round_], seats_max=1) for _ in range(2)]
    application = ApplicationFactory(
        eligible=True,
        applicant=person,
        programme=programme,
        round=round_,
        promised=PROMISED | {"programme": programme.title},
    )
    operations.wait(application, groups, by=SYSTEM)
    operations.offer_freed_seats(groups[0], by=SYSTEM)
    return application, groups


def _learns(application: Application, group: Group) -> None:
    """The round has closed, the contract is signed, learning has begun."""
    today = timezone.localdate()
    application.refresh_from_db()
    enrolments.enrol(application, contract_number="L-7", contract_on=today, by=SYSTEM)
    Round.objects.filter(pk=application.round_id).update(closes_at=timezone.now() - timedelta(minutes=1))
    Group.objects.filter(pk=group.pk).update(starts_on=today)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_accept_an_offered_place_and_leave_learning(
    open_page: Callable[..., Page], viewport: dict[str, int]
) -> None:
    page = open_page(viewport)
    main = page.get_by_role("main")
    page.goto("/provider/login")
    sign_in(page, "citizen")
    expect(main).to_be_visible()
    application, groups = _waits(Person.objects.get(given_name="Anna"))
    address = f"/profils/pieteikumi/{application.public_id}/"

    page.goto("/profils/")
    main.get_by_role("link", name="Atbildēt uz piedāvājumu").click()
    expect(main).to_contain_text("Jums piedāvāta vieta")
    expect(main).to_contain_text("1. vieta sarakstā")
    assert violations(page) == []
    page.goto(address + "grupas/")
    assert violations(page) == []
    page.goto(address)
    main.get_by_role("link", name="Pieņemt vietu").click()
    expect(main).to_contain_text("citu grupu gaidīšanas sarakstos tiks slēgtas")
    assert violations(page) == []
    main.get_by_role("button", name="Pieņemt vietu").click()
    expect(main).to_contain_text(f"Vieta grupā „{groups[0].name}” ir Jūsu")
    assert [live(group) for group in groups] == [[], []]

    _learns(application, groups[0])
    page.goto(address)
    main.get_by_role("link", name="Atteikties").click()
    expect(main).to_contain_text("Mācības tiek pārtrauktas")
    assert violations(page) == []
    page.screenshot(path=f"/tmp/shots-seats2/leave-{viewport['width']}.png", full_page=True)
    page.get_by_label("Veselības stāvoklis").check()
    main.get_by_role("button", name="Atteikties").click()
    expect(main).to_contain_text("Atteicies")
    assert violations(page) == []
    application.refresh_from_db()
    assert application.status == "withdrawn"
