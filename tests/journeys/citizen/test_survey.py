"""Expelled from learning: the survey appears, is begun, left, resumed and sent; and stays to be read."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.applications.seating import PROMISED
from tests.factories.applications import ApplicationFactory
from tests.journeys.conftest import DESKTOP, PHONE, violations
from tests.journeys.steps import programme_open_in, sign_in
from tests.world import make_group, make_round

from stars.actors.actor import SYSTEM
from stars.enrolments import operations as enrolments
from stars.people.models import Person
from stars.surveys.models import Invitation
from stars.surveys.own_surveys import load_own_surveys


def _is_expelled(person: Person) -> None:
    """Admitted, with a contract of today, and expelled the same day."""
    round_ = make_round("MN", name="Anketu kārta")
    programme = programme_open_in("MN")
    group = make_group(programme, None, rounds=[round_], seats_max=1)
    application = ApplicationFactory(
        admitted=True,
        applicant=person,
        programme=programme,
        group=group,
        round=round_,
        promised=PROMISED | {"programme": programme.title},
    )
    today = timezone.localdate()
    enrolment = enrolments.enrol(application, contract_number="L-8", contract_on=today, by=SYSTEM)
    enrolments.expel(enrolment, reason="absence", on=today, by=SYSTEM)


def _answer_first_page(page: Page) -> None:
    page.get_by_role("group", name="Vai Jūs mācības pabeidzāt?").get_by_label("Nē, nepabeidzu").check()
    page.get_by_role("group", name="Vai Jūs šobrīd strādājat?").get_by_label("Jā, esmu darba ņēmējs").check()
    page.get_by_role("group", name="Vai Jūs šobrīd mācāties").get_by_label("Nē", exact=True).check()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_from_expulsion_to_a_sent_survey(
    open_page: Callable[..., Page], viewport: dict[str, int], script: bool
) -> None:
    page = open_page(viewport, script=script)
    look = _looker(page, script=script)
    main = page.get_by_role("main")
    load_own_surveys()
    page.goto("/provider/login")
    sign_in(page, "citizen")
    expect(main).to_be_visible()
    person = Person.objects.get(given_name="Anna")
    assert page.get_by_role("link", name="Anketas").count() == 0
    _is_expelled(person)

    page.goto("/profils/")
    expect(main).to_contain_text("Anketa pēc mācībām")
    look()
    page.goto("/profils/anketas/")
    expect(main).to_contain_text("Jāaizpilda")
    look()
    main.get_by_role("link", name="Aizpildīt anketu").click()
    expect(main).to_contain_text("Anketa ir obligāta")
    look()
    main.get_by_role("link", name="Sākt anketu").click()
    onward = main.get_by_role("button", name="Turpināt", exact=True)
    onward.click()
    expect(main).to_contain_text("Lūdzu, izvēlieties atbildi.")
    look()
    _answer_first_page(page)
    main.get_by_role("button", name="Saglabāt un turpināt vēlāk").click()
    expect(main).to_contain_text("Saglabāts.")

    main.get_by_role("link", name="Aizpildīt anketu").click()
    main.get_by_role("link", name="Turpināt anketu").click()
    expect(main).to_contain_text("Kāpēc mācības netika pabeigtas?")
    expect(main).not_to_contain_text("Vai šajās mācībās Jūs ieguvāt kvalifikāciju?")
    look()
    page.get_by_label("Veselības dēļ").check()
    for question in ("mācības kopumā", "mācību saturs", "pasniedzēju darbs", "mācību organizācija"):
        page.get_by_role("group", name=question).get_by_label("Drīzāk apmierina").check()
    page.get_by_label("Ikdienā").check()
    onward.click()
    if main.get_by_role("group", name="Vai Jūs šīs mācības ieteiktu").count():
        page.get_by_role("group", name="Vai Jūs šīs mācības ieteiktu").get_by_label("Drīzāk jā").check()
        page.get_by_label("Ko mācībās vajadzētu uzlabot?").fill("Vairāk prakses.")
        onward.click()
    expect(main).to_contain_text("Vairāk prakses.")
    look()
    main.get_by_role("button", name="Iesniegt anketu").click()
    expect(main).to_contain_text("Paldies! Anketa ir iesniegta.")
    look()
    assert Invitation.objects.get(application__applicant=person).submitted_at is not None

    page.goto("/profils/")
    expect(main).not_to_contain_text("Aizpildīt anketu")
    page.goto("/profils/anketas/")
    expect(main).to_contain_text("Aizpildītās un slēgtās")
    look()


def _looker(page: Page, *, script: bool) -> Callable[[], None]:
    """Whether axe is content, and nothing stands out over the edge; axe itself needs scripts."""

    def look() -> None:
        if script:
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

    return look
