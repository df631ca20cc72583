"""From the list of applicants through the group to outcomes, and what a learner reads of it in the history."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from tests.applications.seating import PROMISED
from tests.factories import ApplicationFactory
from tests.factories.learning import past
from tests.journeys.conftest import DESKTOP, PHONE, faults
from tests.journeys.steps import begin_work, sign_in
from tests.world import make_group, make_round

from stars.applications.models import Application
from stars.catalogue.models import Group, Programme
from stars.common import clock
from stars.demo.staff import INSTITUTION
from stars.enrolments.models import Enrolment
from stars.people.models import Person


def _confirmed() -> tuple[Group, list[Application]]:
    """A group with two seats, and three who are confirmed for it."""
    programme = Programme.objects.filter(institution__slug=INSTITUTION, status="published").earliest("pk")
    round_ = make_round("MN", name="Ceļojuma kārta")
    group = make_group(programme, "muni-0001000", rounds=[round_], seats_max=2, name="Ceļojuma grupa")
    rows = [
        ApplicationFactory(
            eligible=True,
            applicant__family_name=name,
            programme=programme,
            group=group,
            round=round_,
            copayment_cents=4_000,
            promised=PROMISED | {"programme": programme.title},
        )
        for name in ("Pirmā", "Otrā", "Trešā")
    ]
    return group, rows


def _tick(page: Page, tab: str, *names: str, act: str) -> None:
    """Tick these people on the tab of the group and go on to the act, all by the keyboard."""
    main = page.get_by_role("main")
    main.get_by_role("navigation").get_by_role("link", name=re.compile(tab)).press("Enter")
    for name in names:
        main.get_by_role("checkbox", name=re.compile(name)).press("Space")
    main.get_by_role("button", name=act, exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(act)
    assert faults(page) == []


def _send(page: Page, act: str, said: str) -> None:
    """Send what the act asks, and read what came of it."""
    main = page.get_by_role("main")
    main.get_by_role("button", name=act, exact=True).press("Enter")
    expect(page.get_by_text(said)).to_be_visible()
    assert faults(page) == []


def _learning_begins(group: Group, rows: list[Application]) -> None:
    """A month has passed: the contracts are old and the group learns."""
    today = clock.today()
    Group.objects.filter(pk=group.pk).update(starts_on=today - timedelta(days=20))
    Enrolment.objects.filter(application__in=rows).update(contract_on=today - timedelta(days=30))


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_admitted_taught_completed_and_expelled(
    open_page: Callable[..., Page], viewport: dict[str, int]
) -> None:
    group, rows = _confirmed()
    page = open_page(viewport)
    main = page.get_by_role("main")
    begin_work(page, "institution-officer")
    page.goto("/iestade/pieteikumi/?statuss=eligible")
    assert faults(page) == []
    main.get_by_role("link", name=re.compile("Pirmā")).click()
    page.wait_for_url(f"**/{rows[0].public_id}/**")
    assert faults(page) == []

    page.goto(f"/iestade/grupas/{group.pk}/")
    assert faults(page) == []
    _tick(page, "Pieteikušies", "Pirmā", "Otrā", act="Uzņemt")
    _send(page, "Uzņemt", "Uzņemtas 2 personas.")
    _tick(page, "Pieteikušies", "Trešā", act="Ielikt gaidīšanas sarakstā")
    _send(page, "Ielikt gaidīšanas sarakstā", "Gaidīšanas sarakstā ir 1 persona.")
    assert [Application.objects.get(pk=row.pk).status for row in rows] == ["admitted", "admitted", "waiting"]

    _tick(page, "Uzņemtie", "Pirmā", "Otrā", act="Atzīmēt līgumu un līdzmaksājumu")
    for row, number in zip(rows, ("ML-1", "ML-2"), strict=False):
        page.locator(f"#id_contract_number_{row.pk}").fill(number)
    _send(page, "Atzīmēt līgumu un līdzmaksājumu", "Atzīmēts 2 personām.")
    _learning_begins(group, rows)
    _tick(page, "Uzņemtie", "Pirmā", "Otrā", act="Atzīmēt apmeklējumu")
    page.locator(f"#id_hours_{rows[0].pk}").fill("900")
    main.get_by_role("button", name="Atzīmēt apmeklējumu", exact=True).press("Enter")
    expect(main).to_contain_text(f"Programmā ir {group.programme.hours} st.; vairāk apmeklēt nevar.")
    assert faults(page) == []
    page.locator(f"#id_hours_{rows[0].pk}").fill("20")
    page.locator(f"#id_hours_{rows[1].pk}").fill("8")
    _send(page, "Atzīmēt apmeklējumu", "Atzīmēts 2 personām.")

    _tick(page, "Uzņemtie", "Pirmā", act="Atzīmēt mācību pabeigšanu")
    main.get_by_role("button", name="Atzīmēt mācību pabeigšanu", exact=True).press("Enter")
    expect(page.locator(f"#id_document_number_{rows[0].pk}")).to_have_attribute("aria-invalid", "true")
    assert faults(page) == []
    page.locator(f"#id_document_number_{rows[0].pk}").fill("MA-0042")
    page.locator(f"#id_grade_{rows[0].pk}").fill("9")
    _send(page, "Atzīmēt mācību pabeigšanu", "Mācības pabeidza 1 persona.")
    _tick(page, "Uzņemtie", "Otrā", act="Atskaitīt")
    page.get_by_label("Neapmeklēšana").check()
    assert faults(page) == []
    _send(page, "Atskaitīt", "Atskaitīta 1 persona.")
    learned = {row.application_id: row for row in Enrolment.objects.filter(group=group)}
    first, second = (learned[row.pk] for row in rows[:2])
    assert (first.status, first.document_number, first.grade, first.hours_attended) == (
        "completed", "MA-0042", 9, 20,
    )  # fmt: skip
    assert (second.status, second.expulsion_reason, second.hours_attended) == ("expelled", "absence", 8)
    assert [Application.objects.get(pk=row.pk).status for row in rows[:2]] == ["completed", "expelled"]


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_resident_reads_filters_prints_and_takes_the_history(
    open_page: Callable[..., Page], viewport: dict[str, int]
) -> None:
    past(
        Person.objects.get(given_name="Anna", family_name="Kalniņa"),
        round=make_round("MN", name="Ceļojuma kārta"),
    )
    page = open_page(viewport)
    main = page.get_by_role("main")
    page.goto("/provider/login")
    sign_in(page, "citizen")
    page.goto("/profils/vesture/")
    outcomes = main.locator("section .ds-tag")
    five = ["Atskaitīts", "Atteicies", "Neuzņemts", "Pabeidzis", "Uzņemts"]
    assert sorted(outcomes.all_inner_texts()) == five
    assert faults(page) == []

    main.locator("#filter-iznakums").select_option("completed")
    main.get_by_role("button", name="Rādīt").press("Enter")
    page.wait_for_url("**iznakums=completed*")
    expect(outcomes).to_have_text(["Pabeidzis"])
    expect(main).to_contain_text("MA-0042")
    assert faults(page) == []
    with page.expect_download() as kept:
        main.get_by_role("link", name="Lejupielādēt: PDF").press("Enter")
    pages = PdfReader(BytesIO(Path(kept.value.path()).read_bytes())).pages
    said = " ".join(leaf.extract_text() for leaf in pages)
    assert [word for word in five if word in said] == ["Pabeidzis"]
    assert "MA-0042" in said

    page.emulate_media(media="print")
    expect(outcomes).to_have_text(["Pabeidzis"])
    for hidden in (main.locator("form"), main.locator("[data-print]"), page.get_by_role("navigation").first):
        expect(hidden).to_be_hidden()
    page.emulate_media(media="screen")
    main.get_by_role("link", name="Atiestatīt filtrus").press("Enter")
    expect(outcomes).to_have_count(5)
