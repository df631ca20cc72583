"""The group's page and what is done on it: to one, to many, twice, by the wrong people, at the same moment."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from urllib.parse import urljoin

import pytest
from django.test import Client
from openpyxl import load_workbook
from tests.applications.seating import Hall, counted, make_hall, me, status
from tests.applications.test_races import together
from tests.factories import ApplicationFactory
from tests.workspaces.institution.conftest import ids
from tests.world import World

from stars.actors.actor import Actor
from stars.applications import operations
from stars.applications.models import Application, Decision, WaitingPlace
from stars.audit.models import AuditEvent
from stars.catalogue.models import Group
from stars.common import clock
from stars.enrolments import operations as enrolments
from stars.enrolments.models import Enrolment
from stars.notices.models import Delivery

MOST = 12
Learner = Callable[[], Enrolment]


def place_of(group: Group, act: str = "") -> str:
    return f"/iestade/grupas/{group.pk}/" + (f"darbs/{act}/" if act else "")


def ticked(*people: Application, **values: object) -> dict[str, object]:
    """A form with these people and values; a value for each person is a list."""
    form: dict[str, object] = {"p": [str(person.public_id) for person in people]}
    for name, value in values.items():
        if isinstance(value, list):
            form |= {f"{name}_{person.pk}": each for person, each in zip(people, value, strict=True)}
        else:
            form[name] = value
    return form


def people_of(page: object, tab: str = "rows") -> list[int]:
    return [row["person"].application.pk for row in page.context[tab]]  # type: ignore[attr-defined]


def test_tabs_show_who_belongs_how(desk: Client, hall: Hall) -> None:
    group = hall.group(2)
    seated, applied, waiting = (hall.eligible(group) for _ in range(3))
    operations.admit(seated, group, by=hall.officer)
    operations.wait(waiting, [group], by=hall.officer)
    pages = {
        tab: desk.get(f"{place_of(group)}?cilne={tab}") for tab in ("pieteikusies", "rinda", "uznemti", "x")
    }
    assert {tab: people_of(page) for tab, page in pages.items()} == {
        "pieteikusies": [applied.pk],
        "rinda": [waiting.pk],
        "uznemti": [seated.pk],
        "x": [applied.pk],
    }
    assert [count for _, _, count in pages["x"].context["tabs"]] == [1, 1, 1]


def test_a_group_opens_where_somebody_is(desk: Client, hall: Hall) -> None:
    group = hall.group(1)
    assert desk.get(place_of(group)).context["tab"] == "pieteikusies"
    operations.admit(hall.eligible(group), group, by=hall.officer)
    assert desk.get(place_of(group)).context["tab"] == "uznemti"
    operations.wait(hall.eligible(group), [group], by=hall.officer)
    assert desk.get(place_of(group)).context["tab"] == "rinda"
    hall.eligible(group)
    assert desk.get(place_of(group)).context["tab"] == "pieteikusies"


def test_everybody_is_ticked_at_once_and_only_who_can_be_acted_on(
    desk: Client, hall: Hall, begun: Group, learner: Learner
) -> None:
    open_ones = [learner().application for _ in range(2)]
    over = learner()
    enrolments.expel(over, reason="absence", on=clock.today(), by=hall.officer)
    place = f"{place_of(begun)}?cilne=uznemti"
    plain = desk.get(place).content.decode()
    (link,) = re.findall(r'href="([^"]*atzimet=visi[^"]*)"', plain)
    ticked_all = desk.get(urljoin(place, unescape(link))).content.decode()
    for text, mark in ((plain, ""), (ticked_all, " checked")):
        found = re.findall(r'name="p" value="([^"]+)"( checked)?', text)
        assert sorted(found) == sorted((str(person.public_id), mark) for person in open_ones)
    for person in open_ones:
        enrolments.expel(
            Enrolment.objects.get(application=person), reason="absence", on=clock.today(), by=hall.officer
        )
    done = desk.get(place).content.decode()
    assert "atzimet=visi" not in done
    assert "formaction" not in done


@pytest.mark.parametrize(("scheme", "counts"), [("MN", [2, 0, 0]), ("IMK", [2, 2, 0])])
def test_the_list_counts_whom_each_group_has_to_admit(
    world: World, at_work: Callable[[Actor], Client], scheme: str, counts: list[int]
) -> None:
    hall = make_hall(world, scheme=scheme)
    desk = at_work(hall.officer)
    groups = [hall.group(2), hall.group(2), world.groups[1]]
    people = [hall.eligible(groups[0] if scheme == "MN" else None) for _ in range(4)]
    operations.not_admit(people[2], reasons=["no-seats"], by=hall.officer)
    operations.wait(people[3], [groups[0]], by=hall.officer)
    rows = {row["group"].pk: row["applied"] for row in desk.get("/iestade/grupas/").context["rows"]}
    assert [rows[group.pk] for group in groups] == counts
    shown = [desk.get(place_of(group)).context["tabs"][0][2] for group in groups]
    assert shown == counts


def test_the_file_of_a_group_holds_what_is_noted_of_learning(
    desk: Client, hall: Hall, begun: Group, learner: Learner
) -> None:
    enrolment = learner()
    enrolments.complete(enrolment, document_number="A-1", document_on=clock.today(), grade=9, by=hall.officer)
    unsigned = operations.admit(hall.eligible(begun), begun, by=hall.officer)
    sheet = load_workbook(io.BytesIO(desk.get(f"{place_of(begun)}tabula/").content)).active
    headings, *rows = sheet.iter_rows(values_only=True)
    found = {row[0]: dict(zip(headings, row, strict=True)) for row in rows}
    learned = found[enrolment.application.number]
    assert (learned["Līgums"], learned["Dokumenta numurs"], learned["Vērtējums"]) == (
        f"L-{enrolment.application_id}",
        "A-1",
        9,
    )
    assert learned["Dokumenta datums"].date() == clock.today()
    assert found[unsigned.number]["Līgums"] is None


def test_where_people_choose_a_place_the_group_there_sees_them(desk: Client, hall: Hall) -> None:
    group = hall.group(2)
    here = hall.eligible(scheme="IMK")
    elsewhere = hall.eligible(scheme="IMK")
    Application.objects.filter(pk=elsewhere.pk).update(municipality_id="muni-0040000")
    assert people_of(desk.get(place_of(group))) == [here.pk]


def test_the_preview_names_people_and_message_and_does_nothing(desk: Client, hall: Hall) -> None:
    group = hall.group(2)
    applied, seated = hall.eligible(group), hall.eligible(group)
    operations.admit(seated, group, by=hall.officer)
    page = desk.get(f"{place_of(group, 'admit')}?{ids(applied, seated)}")
    text = page.content.decode()
    assert people_of(page) == [applied.pk]
    assert [(row.application.pk, why) for row, why in page.context["others"]] == [(seated.pk, "Uzņemts")]
    assert "„Uzņemšana apstiprināta: Jums ir piešķirta vieta grupā”" in text
    assert applied.email.replace("@", "@<wbr>") in text
    assert status(applied) == "eligible"


def test_admitting_several_and_a_second_click(desk: Client, hall: Hall) -> None:
    group = hall.group(3)
    people = [hall.eligible(group) for _ in range(2)]
    before = Delivery.objects.count()
    for _ in range(2):
        answer = desk.post(place_of(group, "admit"), ticked(*people))
        assert (answer.status_code, answer["Location"]) == (302, f"{place_of(group)}?cilne=uznemti")
    assert [status(person) for person in people] == ["admitted", "admitted"]
    assert Delivery.objects.count() - before == 2
    assert counted(group) == 2


def test_one_that_fails_is_named_and_the_others_are_done(desk: Client, hall: Hall) -> None:
    group = hall.group(1)
    first, second = hall.eligible(group), hall.eligible(group)
    answer = desk.post(place_of(group, "admit"), ticked(first, second))
    assert answer.status_code == 409
    assert [(row.application.pk, bool(reason)) for row, reason in answer.context["rows"]] == [
        (second.pk, True)
    ]
    assert (status(first), status(second)) == ("admitted", "eligible")
    assert answer.context["done"]


def test_nobody_admits_themselves(desk: Client, officer: Actor, hall: Hall) -> None:
    group = hall.group(2)
    own, other = hall.eligible(group), hall.eligible(group)
    Application.objects.filter(pk=own.pk).update(applicant_id=officer.person_id)
    answer = desk.post(place_of(group, "admit"), ticked(own, other))
    assert answer.status_code == 409
    assert [row.application.pk for row, _ in answer.context["rows"]] == [own.pk]
    assert (status(own), status(other)) == ("eligible", "admitted")


def test_not_admitting_owes_a_reason(desk: Client, hall: Hall) -> None:
    group = hall.group(2)
    person = hall.eligible(group)
    place = place_of(group, "not-admit")
    for reasons in ([], ["nav"], ["budget"]):
        answer = desk.post(place, ticked(person) | {"reasons": reasons, "note": ""})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reasons"])
    assert status(person) == "eligible"
    desk.post(place, ticked(person) | {"reasons": ["no-seats", "other"], "note": "Nākamreiz."})
    decision = Decision.objects.get(application=person, action="not-admit")
    assert (status(person), decision.reasons, decision.note) == (
        "refused",
        ["no-seats", "other"],
        "Nākamreiz.",
    )


def test_the_waiting_list_keeps_its_ranks(desk: Client, hall: Hall) -> None:
    group = hall.group(1)
    operations.admit(hall.eligible(group), group, by=hall.officer)
    people = [hall.eligible(group) for _ in range(2)]
    for _ in range(2):
        assert desk.post(place_of(group, "wait"), ticked(*people)).status_code == 302
    assert list(WaitingPlace.objects.order_by("rank").values_list("rank", "application")) == [
        (1, people[0].pk),
        (2, people[1].pk),
    ]


def test_contract_attendance_and_document(desk: Client, hall: Hall, begun: Group) -> None:
    people = [operations.admit(hall.eligible(begun), begun, by=hall.officer) for _ in range(2)]
    today = clock.today()
    desk.post(
        place_of(begun, "contract"),
        ticked(
            *people,
            contract_on=today - timedelta(days=20),
            copayment_paid_on=today,
            contract_number=["L-1", "L-2"],
            copayment_paid_cents=["40,00", "0"],
        ),
    )
    rows = Enrolment.objects.order_by("contract_number").values_list(
        "contract_number", "copayment_paid_cents"
    )
    assert list(rows) == [("L-1", 4_000), ("L-2", 0)]
    desk.post(place_of(begun, "attendance"), ticked(*people, hours=["70", "0"]))
    assert list(Enrolment.objects.order_by("contract_number").values_list("hours_attended", flat=True)) == [
        70,
        0,
    ]
    done = ticked(*people, document_on=today, document_number=["A-1", "A-2"], grade=["9", ""])
    for _ in range(2):
        assert desk.post(place_of(begun, "complete"), done).status_code == 302
    rows = Enrolment.objects.order_by("contract_number").values_list(
        "status", "document_number", "grade", "passed"
    )
    assert list(rows) == [("completed", "A-1", 9, None), ("completed", "A-2", None, True)]
    assert {status(person) for person in people} == {"completed"}


@pytest.mark.parametrize(
    ("act", "values", "field"),
    [
        (
            "contract",
            {"contract_on": "", "contract_number": ["L"], "copayment_paid_cents": ["0"]},
            "contract_on",
        ),
        ("contract", {"contract_on": "2999-01-01", "contract_number": ["L"]}, "contract_on"),
        ("contract", {"contract_on": "0206-11-03", "contract_number": ["L"]}, "contract_on"),
        (
            "contract",
            {"contract_number": ["L"], "copayment_paid_on": "2999-01-01"},
            "copayment_paid_on",
        ),
        ("contract", {"contract_number": [""]}, "contract_number"),
        ("contract", {"contract_number": ["x" * 61]}, "contract_number"),
        ("attendance", {"hours": ["-1"]}, "hours"),
        ("attendance", {"hours": ["73"]}, "hours"),
        ("attendance", {"hours": [""]}, "hours"),
        (
            "complete",
            {"document_number": [""], "grade": ["8"]},
            "document_number",
        ),
        ("complete", {"document_number": ["A"], "grade": ["11"]}, "grade"),
        ("complete", {"document_on": "2020-01-01", "document_number": ["A"], "grade": ["8"]}, "document_on"),
        ("expel", {"reason": ""}, "reason"),
        ("expel", {"reason": "nav"}, "reason"),
        ("expel", {"reason": "absence", "on": "2020-01-01"}, "on"),
        ("expel", {"reason": "absence", "on": "2999-01-01"}, "on"),
    ],
)
def test_wrong_answers_are_told_and_nothing_happens(
    desk: Client, begun: Group, learner: Learner, act: str, values: dict[str, object], field: str
) -> None:
    enrolment = learner()
    days = dict.fromkeys(("contract_on", "document_on", "on"), clock.today())
    answer = desk.post(place_of(begun, act), ticked(enrolment.application, **days | values))
    errors = list(answer.context["form"].errors)
    assert answer.status_code == 422
    assert errors in ([field], [f"{field}_{enrolment.application_id}"])
    enrolment.refresh_from_db()
    assert (enrolment.status, enrolment.hours_attended) == ("learning", 0)


def test_noting_the_money_later_leaves_the_days_that_were_noted(
    desk: Client, hall: Hall, begun: Group, learner: Learner
) -> None:
    enrolment = learner()
    signed, today = enrolment.contract_on, clock.today()
    place = f"{place_of(begun, 'contract')}?{ids(enrolment.application)}"

    def send(**values: object) -> tuple[object, ...]:
        form = desk.get(place).context["form"]
        filled = {name: form[name].value() or "" for name in form.fields}
        answer = desk.post(
            place_of(begun, "contract"), {"p": str(enrolment.application.public_id)} | filled | values
        )
        assert answer.status_code == 302
        enrolment.refresh_from_db()
        return enrolment.contract_on, enrolment.copayment_paid_cents, enrolment.copayment_paid_on

    sum_of = f"copayment_paid_cents_{enrolment.application_id}"
    assert send(**{sum_of: "40,00"}) == (signed, 0, None)
    assert send(**{sum_of: "40,00", "copayment_paid_on": today}) == (signed, 4_000, today)
    assert send() == (signed, 4_000, today)
    assert send(contract_on=today - timedelta(days=1)) == (signed, 4_000, today)
    assert send(**{f"contract_on_{enrolment.application_id}": today})[0] == today
    assert send(**{f"copayment_paid_on_{enrolment.application_id}": ""}) == (today, 0, None)


def test_every_contract_needs_a_day(desk: Client, hall: Hall, begun: Group) -> None:
    people = [operations.admit(hall.eligible(begun), begun, by=hall.officer) for _ in range(2)]
    day = clock.today() - timedelta(days=3)
    numbers = {"contract_number": ["L-1", "L-2"]}
    lacking = desk.post(place_of(begun, "contract"), ticked(*people, **numbers))
    assert (lacking.status_code, list(lacking.context["form"].errors)) == (422, ["contract_on"])
    form = ticked(*people, **numbers) | {f"contract_on_{people[0].pk}": day, "contract_on": clock.today()}
    assert desk.post(place_of(begun, "contract"), form).status_code == 302
    rows = Enrolment.objects.order_by("contract_number").values_list("contract_on", flat=True)
    assert list(rows) == [day, clock.today()]


def test_errors_beside_people_say_whose_they_are(desk: Client, begun: Group, learner: Learner) -> None:
    people = [learner().application for _ in range(2)]
    form = ticked(*people, document_on=clock.today(), document_number=["", ""], grade=["", ""])
    text = desk.post(place_of(begun, "complete"), form).content.decode()
    for person in people:
        link = f'href="#id_document_number_{person.pk}">Dokumenta numurs, {person.applicant.full_name}: '
        assert link + "Ierakstiet dokumenta numuru." in text


def test_nobody_is_asked_in_vain(
    desk: Client, officer: Actor, hall: Hall, begun: Group, learner: Learner
) -> None:
    ready, own = learner().application, learner().application
    unsigned = operations.admit(hall.eligible(begun), begun, by=hall.officer)
    Application.objects.filter(pk=own.pk).update(applicant_id=officer.person_id)
    page = desk.get(f"{place_of(begun, 'complete')}?{ids(ready, own, unsigned)}")
    assert people_of(page) == [ready.pk]
    assert {row.application.pk: why for row, why in page.context["others"]} == {
        own.pk: "Par savu pieteikumu neviens nelemj pats; lūdzu, uzticiet to kolēģim.",
        unsigned.pk: "Līgums vēl nav atzīmēts.",
    }


def test_who_did_not_choose_the_group_is_named_before_anything_is_sent(
    desk: Client, hall: Hall, begun: Group
) -> None:
    group, lost = hall.group(2), hall.group(2)
    chose, put, homeless = hall.eligible(group), hall.eligible(lost), hall.eligible(lost)
    operations.wait(put, [group], by=hall.officer)
    enrolments.cancel_group(lost, reason="Nav", by=hall.officer)
    assert people_of(desk.get(place_of(group))) == [chose.pk]
    page = desk.get(f"{place_of(group, 'admit')}?{ids(chose, put, homeless)}")
    assert people_of(page) == [chose.pk]
    assert {row.application.pk for row, _ in page.context["others"]} == {put.pk, homeless.pk}
    shown = desk.get(f"/iestade/pieteikumi/{homeless.public_id}/").content.decode()
    assert f"/iestade/grupas/{group.pk}/darbs/admit/" not in shown
    assert f"/iestade/grupas/{group.pk}/darbs/wait/" in shown


def test_a_contract_with_a_cancelled_group_is_none_with_the_next(desk: Client, hall: Hall) -> None:
    first, second = hall.group(2), hall.group(2)
    person = operations.admit(hall.eligible(first), first, by=hall.officer)
    enrolments.enrol(person, contract_number="L-1", contract_on=clock.today(), by=hall.officer)
    enrolments.cancel_group(first, reason="Nav", by=hall.officer)
    person.refresh_from_db()
    operations.join(person, second, by=me(person))
    operations.admit(person, second, by=hall.officer)
    assert "L-1" not in desk.get(f"{place_of(second)}?cilne=uznemti").content.decode()
    form = desk.get(f"{place_of(second, 'contract')}?{ids(person)}").context["form"]
    assert [form[f"{name}_{person.pk}"].value() for name in ("contract_number", "contract_on")] == ["", None]


def test_expelling(desk: Client, begun: Group, learner: Learner) -> None:
    person = learner().application
    form = ticked(person, reason="absence", on=clock.today(), note="")
    for _ in range(2):
        assert desk.post(place_of(begun, "expel"), form).status_code == 302
    assert status(person) == "expelled"
    again = desk.post(
        place_of(begun, "complete"),
        ticked(person, document_on=clock.today(), document_number=["A"], grade=["8"]),
    )
    assert again.status_code == 409


def test_another_institution_sees_and_does_nothing(other_desk: Client, hall: Hall) -> None:
    group = hall.group(2)
    person = hall.eligible(group)
    places = ["", "tabula/", "atcelt/", "rezultati/", "rezultati/tabula/", f"darbs/admit/?{ids(person)}"]
    assert {other_desk.get(place_of(group) + place).status_code for place in places} == {404}
    assert other_desk.post(place_of(group, "admit"), ticked(person)).status_code == 404
    assert other_desk.post(place_of(group) + "atcelt/", {"reason": "Nē"}).status_code == 404
    assert status(person) == "eligible"
    assert AuditEvent.objects.filter(kind="group.refused-look", subject_id=str(group.pk)).count() == 8


def test_tampered_ids_are_not_found(desk: Client, hall: Hall) -> None:
    group = hall.group(2)
    round_ = hall.world.rounds["MN"]
    foreign = ApplicationFactory(eligible=True, round=round_)
    unconfirmed = ApplicationFactory(submitted=True, programme=hall.world.programme, round=round_)
    for person in (foreign, unconfirmed):
        assert desk.post(place_of(group, "admit"), ticked(person)).status_code == 404
        assert desk.get(f"{place_of(group, 'admit')}?{ids(person)}").status_code == 404
    assert AuditEvent.objects.filter(kind="application.refused-look").count() == 4
    assert desk.post(place_of(group, "admit"), {"p": ["nav"]}).status_code == 404
    assert desk.post(place_of(group, "fly"), ticked(hall.eligible(group))).status_code == 404
    assert desk.post(place_of(group, "admit"), {}).status_code == 302


def test_cancelling_says_why_and_tells_everybody(desk: Client, hall: Hall) -> None:
    group = hall.group(2)
    person = operations.admit(hall.eligible(group), group, by=hall.officer)
    place = place_of(group) + "atcelt/"
    hall.eligible(group)
    shown = desk.get(place)
    assert (shown.context["seated"], shown.context["applied"]) == (1, 1)
    assert "Jāuzņem 1 persona." in shown.content.decode()
    assert desk.post(place, {"reason": " "}).status_code == 422
    for _ in range(2):
        assert desk.post(place, {"reason": "Pasniedzējs saslima."}).status_code == 302
    group.refresh_from_db()
    assert (group.status, group.cancelled_reason, group.seats_taken) == (
        "cancelled",
        "Pasniedzējs saslima.",
        0,
    )
    assert status(person) == "eligible"


@pytest.mark.parametrize("tab", ["pieteikusies", "rinda", "uznemti"])
def test_each_tab_costs_the_same_with_many_people(
    desk: Client, hall: Hall, begun: Group, learner: Learner, query_counter, tab: str
) -> None:
    group = begun if tab == "uznemti" else hall.group(1)
    counts = []
    for more in (1, 9):
        for _ in range(more):
            if tab == "uznemti":
                learner()
            else:
                person = hall.eligible(group)
                if tab == "rinda":
                    operations.wait(person, [group], by=hall.officer)
        desk.get(f"{place_of(group)}?cilne={tab}")
        with query_counter() as queries:
            assert desk.get(f"{place_of(group)}?cilne={tab}").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST, queries.statements


@pytest.mark.django_db(transaction=True)
def test_two_officers_admit_to_the_last_seat(world: World, at_work: Callable[[Actor], Client]) -> None:
    hall = make_hall(world)
    group = hall.group(1)
    people = [hall.eligible(group) for _ in range(2)]
    browsers = [at_work(hall.officer) for _ in people]
    answers = together(
        *[
            lambda browser=browser, person=person: (
                browser.post(place_of(group, "admit"), ticked(person)).status_code
            )
            for browser, person in zip(browsers, people, strict=True)
        ]
    )
    assert sorted(answers) == [302, 409]
    group.refresh_from_db()
    assert group.seats_taken == counted(group) == 1


def test_a_group_below_its_minimum_is_shown(desk: Client, hall: Hall, begun: Group) -> None:
    group = hall.group(3, seats_min=2)
    Group.objects.filter(pk=begun.pk).update(seats_min=5)
    operations.admit(hall.eligible(group), group, by=hall.officer)
    assert "Trūkst 1 dalībnieka." in desk.get(place_of(group)).content.decode()
    lacking = {row["group"].pk: row["lacking"] for row in desk.get("/iestade/grupas/").context["rows"]}
    assert (lacking[group.pk], lacking[begun.pk]) == (1, 0)
    operations.admit(hall.eligible(group), group, by=hall.officer)
    assert "Trūkst" not in desk.get(place_of(group)).content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [("", ["soon", "later"]), ("?kadas=maz", ["soon"]), ("?kadas=bez-rezultata", ["over"]),
     ("?kadas=visas", ["over", "gone", "soon", "later"]), ("?q=later", ["later"]), ("?kadas=nav", ["soon", "later"]),
     ("?q=%00", ["soon", "later"])],
)  # fmt: skip
def test_groups_are_filtered_by_the_address(
    desk: Client, hall: Hall, query: str, expected: list[str]
) -> None:
    today = clock.today()
    for name, start, end in (("over", -40, -10), ("gone", 1, 9), ("soon", 3, 30), ("later", 60, 90)):
        hall.group(
            3,
            name=name,
            seats_min=2,
            starts_on=today + timedelta(days=start),
            ends_on=today + timedelta(days=end),
        )
    over, gone = hall.groups[:2]
    Group.objects.filter(pk=gone.pk).update(status="cancelled", cancelled_reason="Nav")
    seated = hall.eligible(over)
    Application.objects.filter(pk=seated.pk).update(status="admitted")
    rows = desk.get(f"/iestade/grupas/{query}").context["rows"]
    made = {group.pk for group in hall.groups}
    assert [row["group"].name for row in rows if row["group"].pk in made] == expected


def test_cancelling_after_the_start_ends_learning_without_charge(
    desk: Client, begun: Group, learner: Learner, run_jobs: Callable[[], list[str]]
) -> None:
    enrolment = learner()
    page = desk.get(place_of(begun) + "atcelt/")
    assert (page.context["has_begun"], page.context["seated"]) == (True, 1)
    desk.post(place_of(begun) + "atcelt/", {"reason": "Telpas slēgtas."})
    run_jobs()
    enrolment.refresh_from_db()
    assert (status(enrolment.application), enrolment.status) == ("refused", "ended")
    decision = Decision.objects.get(application=enrolment.application, action="end")
    assert (decision.figures["paid_percent"], decision.figures["interrupts"]) == (0, False)


def test_a_group_that_is_over_cannot_be_cancelled(desk: Client, begun: Group) -> None:
    day = clock.today() - timedelta(days=1)
    Group.objects.filter(pk=begun.pk).update(ends_on=day)
    assert desk.post(place_of(begun) + "atcelt/", {"reason": "Vēlu."}).status_code == 302
    begun.refresh_from_db()
    assert begun.status != "cancelled"


def test_pages_of_a_tab(desk: Client, hall: Hall) -> None:
    group = hall.group(3)
    people = [hall.eligible(group).pk for _ in range(51)]
    assert people_of(desk.get(place_of(group))) == people[:50]
    assert people_of(desk.get(f"{place_of(group)}?lapa=2")) == people[50:]


def test_every_look_at_people_of_a_group_is_recorded(desk: Client, officer: Actor, hall: Hall) -> None:
    group = hall.group(3)
    person = operations.admit(hall.eligible(group), group, by=hall.officer)
    for place in ("?cilne=uznemti", "tabula/", "rezultati/tabula/", f"darbs/contract/?{ids(person)}"):
        assert desk.get(place_of(group) + place).status_code == 200
    events = AuditEvent.objects.filter(actor_id=officer.person_id, subject="applications").order_by("pk")
    assert [(event.kind, event.details) for event in events] == [
        ("applications.listed", {"ids": [person.pk]}),
        ("applications.exported", {"ids": [person.pk]}),
        ("applications.listed", {"ids": [person.pk]}),
    ]
