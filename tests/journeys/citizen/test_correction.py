"""An officer returns an application; the resident corrects it on a phone and sends it again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.applications.deciding import sent_back
from tests.journeys.conftest import DESKTOP, PHONE, violations
from tests.journeys.steps import answer_steps, programme_open_in, sign_in
from tests.world import make_staff

from stars.applications.models import Application


@pytest.mark.parametrize(
    ("viewport", "script"),
    [(PHONE, True), (DESKTOP, True), (PHONE, False)],
    ids=["phone", "desktop", "plain"],
)
def test_returned_corrected_and_sent_again(
    open_page: Callable[..., Page], viewport: dict[str, int], *, script: bool
) -> None:
    page = open_page(viewport, script=script)
    main = page.get_by_role("main")
    page.goto("/provider/login")
    sign_in(page, "citizen")
    page.goto(f"/profils/pieteikties/{programme_open_in('IMK').pk}/?finansejums=IMK")
    page.get_by_role("button", name="Aizpildīt iesniegumu").click()
    answer_steps(page)
    main.get_by_role("button", name="Pieteikties").click()
    expect(main).to_contain_text("Jūsu pieteikums ir iesniegts")
    application = Application.objects.get(applicant__given_name="Anna", status="submitted", scheme="IMK")
    sent_back(
        application, "phone", "education", by=make_staff(71, "agency", organisation="parbaudes-agentura")
    )

    page.goto("/profils/")
    main.get_by_role("link", name="Labot pieteikumu").first.click()
    if script:
        assert violations(page) == []
    page.locator("#id_phone").fill("2")
    main.get_by_role("button", name="Apskatīt izmaiņas").click()
    expect(page.locator("[data-error-summary]")).to_be_visible()
    page.locator("#id_phone").fill("29999999")
    main.get_by_role("button", name="Apskatīt izmaiņas").click()
    expect(main).to_contain_text("29 999 999")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if script:
        assert violations(page) == []
    main.get_by_role("button", name="Nosūtīt laboto pieteikumu").click()
    expect(main).to_contain_text("Labotais pieteikums ir nosūtīts")

    application.refresh_from_db()
    assert (application.status, application.phone) == ("submitted", "+37129999999")
