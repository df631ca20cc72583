"""Seats look free, and yet nobody can be admitted: the page says to whom they are promised and until when."""

import re
from collections.abc import Callable
from html import unescape

from django.test import Client
from tests.applications.seating import Hall
from tests.workspaces.institution.conftest import ids

from stars.actors.actor import Actor
from stars.applications import operations
from stars.applications.models import Application, WaitingPlace
from stars.audit.models import AuditEvent
from stars.catalogue.models import Group
from stars.enrolments.enums import Act
from stars.enrolments.operations.bulk import Item, act_on
from stars.ui.templatetags.ui import moment

RunJobs = Callable[[], list[str]]
FULL, BEHIND = "Visas grupas vietas ir aizņemtas vai piedāvātas.", "Pirms tam ir kāds, kas gaida ilgāk."


def page_of(person: Application) -> str:
    return f"/iestade/pieteikumi/{person.public_id}/"


def admitting(group: Group, *people: Application) -> str:
    return f"/iestade/grupas/{group.pk}/darbs/admit/?{ids(*people)}"


def others(page: object) -> dict[int, str]:
    return {row.application.pk: why for row, why in page.context["others"]}  # type: ignore[attr-defined]


def truth(group: Group, person: Application, *, by: Actor) -> bool:
    """Whether the operation itself admits."""
    (outcome,) = act_on(Act.ADMIT, group, [Item(person, {})], by=by)
    return outcome.refusal is None


def test_seats_that_are_offered_are_named_with_person_and_deadline(
    desk: Client, officer: Actor, hall: Hall, run_jobs: RunJobs
) -> None:
    group = hall.group(1)
    waiting, late = hall.eligible(group), hall.eligible(group)
    operations.wait(waiting, [group], by=hall.officer)
    run_jobs()
    place = WaitingPlace.objects.get(application=waiting, state="offered")
    words = f"Piedāvāta: {waiting.applicant.full_name} līdz {moment(place.offer_due_at)}"
    shown = desk.get(page_of(late))
    (row,) = [row for row in shown.context["groups"] if row.group.pk == group.pk]
    assert (row.may_admit, row.offers) == (False, [place])
    assert words in shown.content.decode()
    preview = desk.get(admitting(group, late))
    assert others(preview) == {late.pk: FULL}
    assert words in preview.content.decode()
    # Whoever is named was seen.
    seen = AuditEvent.objects.filter(kind="applications.listed", actor_id=officer.person_id).order_by("pk")
    assert [event.details["ids"] for event in seen] == [[waiting.pk], [late.pk, waiting.pk]]
    assert not truth(group, late, by=officer)


def test_whom_the_seat_is_offered_to_can_be_admitted_though_the_group_is_full(
    desk: Client, officer: Actor, hall: Hall, run_jobs: RunJobs
) -> None:
    group = hall.group(1)
    person = hall.eligible(group)
    operations.wait(person, [group], by=hall.officer)
    run_jobs()
    (row,) = [row for row in desk.get(page_of(person)).context["groups"] if row.group.pk == group.pk]
    assert (row.group.seats_free, row.may_admit) == (0, True)
    assert others(desk.get(admitting(group, person))) == {}
    assert truth(group, person, by=officer)


def test_free_seats_go_first_to_those_who_wait_longer(desk: Client, officer: Actor, hall: Hall) -> None:
    group = hall.group(3)
    first, second, late = (hall.eligible(group) for _ in range(3))
    for person in (first, second):
        operations.wait(person, [group], by=hall.officer)
    may = {}
    for person in (first, second, late):
        shown = desk.get(page_of(person))
        (row,) = [row for row in shown.context["groups"] if row.group.pk == group.pk]
        may[person.pk] = row.may_admit
        assert ("Brīvās vietas vispirms piedāvā" in shown.content.decode()) == (person != first)
    assert may == {first.pk: True, second.pk: False, late.pk: False}
    assert others(desk.get(admitting(group, second, late))) == {second.pk: BEHIND, late.pk: BEHIND}
    # Whoever is ticked together with those before them comes after them.
    assert others(desk.get(admitting(group, first, second, late))) == {}
    assert not truth(group, late, by=officer)
    assert truth(group, first, by=officer)


def test_who_did_not_choose_the_group_is_told_apart(desk: Client, hall: Hall) -> None:
    chosen, other = hall.group(1), hall.group(2)
    person = hall.eligible(chosen)
    text = "Brīvas vietas ir, bet iesniedzējs šo grupu neizvēlējās."
    invited = "Gaidīšanas sarakstā vietu viņam piedāvās platforma."
    before = desk.get(page_of(person)).content.decode()
    operations.wait(person, [other], by=hall.officer)
    after = desk.get(page_of(person)).content.decode()
    assert before.count(text) == after.count(text) > 0
    assert before.count(f"{text} {invited}") == after.count(f"{text} {invited}") + 1
    operations.admit(hall.eligible(chosen), chosen, by=hall.officer)
    assert "Visas vietas ir aizņemtas." in desk.get(page_of(person)).content.decode()


def test_more_ticked_than_seats_is_said_before_and_the_rest_wait_by_one_click(
    desk: Client, hall: Hall
) -> None:
    group = hall.group(2)
    people = [hall.eligible(group) for _ in range(4)]
    page = desk.get(admitting(group, *people))
    assert (page.context["lacking"], others(page)) == (2, {})
    assert (
        "Brīvo vietu skaits: 2, tāpēc 2 cilvēkiem vietas nepietiks un pieteikumi paliks, kā ir."
        in page.content.decode()
    )
    assert desk.get(admitting(group, *people[:2])).context["lacking"] == 0
    form = {"p": [str(person.public_id) for person in people]}
    answer = desk.post(admitting(group).partition("?")[0], form)
    assert [row.application.pk for row, _why in answer.context["rows"]] == [
        person.pk for person in people[2:]
    ]
    (link,) = re.findall(r'href="(/iestade/grupas/\d+/darbs/wait/[^"]*)"', answer.content.decode())
    preview = desk.get(unescape(link))
    assert [row["person"].application.pk for row in preview.context["rows"]] == [
        person.pk for person in people[2:]
    ]


def test_a_group_that_learns_takes_nobody_onto_its_list(desk: Client, hall: Hall, begun: Group) -> None:
    people = [hall.eligible(begun) for _ in range(begun.seats_max + 1)]
    form = {"p": [str(person.public_id) for person in people]}
    answer = desk.post(admitting(begun).partition("?")[0], form)
    assert (answer.status_code, "darbs/wait" in answer.content.decode()) == (409, False)
