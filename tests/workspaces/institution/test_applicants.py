"""Confirmed applicants: who sees whom and what, filters, the file, the way from one to the next."""

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from openpyxl import load_workbook
from tests.applications.seating import Hall, me
from tests.factories import ApplicationFactory, ProgrammeFactory
from tests.world import OGRE, make_staff

from stars.actors.actor import Actor
from stars.applications import operations
from stars.applications.enums import Reason
from stars.applications.models import Application
from stars.applications.queries.institution import applicants as queries
from stars.audit.models import AuditEvent
from stars.catalogue.models import Group
from stars.common import clock
from stars.enrolments.enums import Act
from stars.organisations.models import Membership
from stars.people.models import Person
from stars.ui.xlsx import CONTENT_TYPE
from stars.workspaces import listing
from stars.workspaces.institution.views import applicants as views

LIST = "/iestade/pieteikumi/"
MOST = 12


def shown(desk: Client, query: str = "") -> list[int]:
    return [row.application.pk for row in desk.get(f"{LIST}{query}").context["rows"]]


def address(application: Application) -> str:
    return f"{LIST}{application.public_id}/"


def test_only_confirmed_applicants_of_own_programmes(desk: Client, hall: Hall) -> None:
    confirmed = hall.eligible(hall.group(2))
    programme, round_ = hall.world.programme, hall.world.rounds["MN"]
    ApplicationFactory(submitted=True, programme=programme, round=round_)
    ApplicationFactory(refused=True, programme=programme, round=round_)
    ApplicationFactory(programme=programme)
    ApplicationFactory(eligible=True, round=round_)
    assert shown(desk) == shown(desk, "?statuss=visi") == [confirmed.pk]


def test_what_is_not_theirs_is_not_found_and_remembered(desk: Client, other_desk: Client, hall: Hall) -> None:
    confirmed = hall.eligible(hall.group(2))
    submitted = ApplicationFactory(
        submitted=True, programme=hall.world.programme, round=hall.world.rounds["MN"]
    )
    draft = ApplicationFactory(programme=hall.world.programme)
    assert desk.get(address(confirmed)).status_code == 200
    assert [other_desk.get(address(confirmed)).status_code, desk.get(address(submitted)).status_code] == [
        404,
        404,
    ]
    assert desk.get(address(draft)).status_code == 404
    noted = AuditEvent.objects.filter(kind="application.refused-look").order_by("pk")
    assert list(noted.values_list("subject_id", flat=True)) == [str(confirmed.pk), str(submitted.pk)]


def test_every_look_is_recorded(desk: Client, officer: Actor, hall: Hall) -> None:
    people = [hall.eligible(hall.group(2)) for _ in range(2)]
    desk.get(LIST)
    desk.get(address(people[0]))
    desk.get(f"{LIST}tabula/")
    events = AuditEvent.objects.filter(actor_id=officer.person_id, kind__contains="application").order_by(
        "pk"
    )
    keys = [person.pk for person in people]
    assert [(event.kind, event.subject_id, event.details) for event in events] == [
        ("applications.listed", "", {"ids": keys}),
        ("application.viewed", str(keys[0]), {}),
        ("applications.exported", "", {"ids": keys}),
    ]


def test_no_more_than_the_institution_needs(desk: Client, hall: Hall) -> None:
    confirmed = hall.eligible(hall.group(2))
    Application.objects.filter(pk=confirmed.pk).update(
        low_income=True, occupation="Slepena nodarbošanās", workplace="Slepena vieta", copayment_cents=0
    )
    code = confirmed.applicant.identifiers.get().value
    for page in (desk.get(address(confirmed)), desk.get(LIST)):
        text = page.content.decode()
        assert confirmed.applicant.family_name in text
        assert "1985" in text
        for secret in (code, f"{code[:6]}-{code[6:]}", "Slepena", "aznodrošin", "15.06.1985"):
            assert secret not in text


def test_filters_live_in_the_address(desk: Client, hall: Hall) -> None:
    group = hall.group(1)
    here = hall.eligible(group)
    there = hall.eligible(group)
    Application.objects.filter(pk=there.pk).update(municipality_id=OGRE)
    other = ApplicationFactory(
        eligible=True,
        scheme="IMK",
        round=hall.world.rounds["IMK"],
        programme=ProgrammeFactory(institution=hall.world.programme.institution),
    )
    seated = operations.admit(hall.eligible(group), group, by=hall.officer)
    assert shown(desk) == [here.pk, there.pk, other.pk]
    assert shown(desk, f"?programma={other.programme_id}") == [other.pk]
    assert shown(desk, f"?vieta={OGRE}") == [there.pk]
    assert shown(desk, "?vieta=attalinati") == []
    assert shown(desk, "?avots=IMK") == [other.pk]
    assert shown(desk, "?statuss=admitted") == [seated.pk]
    assert shown(desk, "?statuss=visi") == [here.pk, there.pk, other.pk, seated.pk]
    assert shown(desk, f"?q={here.applicant.family_name}") == [here.pk]
    assert shown(desk, f"?q={there.number}") == [there.pk]


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("Kalniņa", True),
        ("kalnina zaiga", True),
        ("ZAIGA KALNIŅA", True),
        ("Žaiga", True),
        ("Kalniņš", False),
        ("José", True),
        ("100%", False),
    ],
)
def test_names_are_found_without_their_marks(desk: Client, hall: Hall, words: str, *, is_found: bool) -> None:
    person = hall.eligible(hall.group(1))
    Person.objects.filter(pk=person.applicant_id).update(given_name="Žaiga José", family_name="Kalniņa")
    assert (shown(desk, f"?q={quote(words)}") == [person.pk]) is is_found


@pytest.mark.parametrize(
    "query",
    [
        "?programma=abc",
        "?programma=999999",
        "?programma=" + "9" * 5_000,
        "?vieta=x",
        "?avots=NAV",
        "?statuss=nav",
        "?pec=x",
        "?pirms=1-1",
        "?pec=9-9&pirms=x",
        "?q=%00",
    ],
)
def test_every_address_is_answered(desk: Client, hall: Hall, query: str) -> None:
    person = hall.eligible(hall.group(1))
    assert desk.get(f"{LIST}{query}").status_code == 200
    assert desk.get(f"{LIST}tabula/{query}").status_code == 200
    assert desk.get(f"{address(person)}{query}").status_code == 200


def test_from_one_to_the_next_within_the_list(desk: Client, hall: Hall) -> None:
    group = hall.group(5)
    first, second, third = (hall.eligible(group) for _ in range(3))
    operations.admit(second, group, by=hall.officer)
    page = desk.get(f"{address(first)}?programma={first.programme_id}")
    assert (page.context["before"], page.context["after"]) == (None, third)
    assert f"{address(third)}?programma={first.programme_id}" in page.content.decode()
    assert desk.get(f"{address(third)}?statuss=visi").context["before"] == second


@pytest.mark.parametrize("query", ["?vieta=x", "?avots=NAV", "?statuss=nav", "?programma=999999"])
def test_nonsense_leaves_the_neighbours_as_it_leaves_the_list(desk: Client, hall: Hall, query: str) -> None:
    group = hall.group(5)
    first, second = (hall.eligible(group) for _ in range(2))
    assert shown(desk, query) == [first.pk, second.pk]
    assert desk.get(f"{address(first)}{query}").context["after"] == second


def test_the_file_holds_what_is_shown_and_no_formula(desk: Client, hall: Hall) -> None:
    person = hall.eligible(hall.group(1))
    Person.objects.filter(pk=person.applicant_id).update(
        given_name='=HYPERLINK("http://x")', family_name="@x"
    )
    hall.eligible(hall.group(1))
    answer = desk.get(f"{LIST}tabula/?q={person.number}")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows())
    assert len(rows) == 2
    assert [cell.data_type for cell in rows[1]].count("f") == 0
    assert rows[1][1].value == '=HYPERLINK("http://x") @x'
    assert rows[1][1].quotePrefix is True


def test_the_file_holds_the_day_of_the_application_as_it_was_in_riga(desk: Client, hall: Hall) -> None:
    person = hall.eligible(hall.group(1))
    after_midnight = datetime(2026, 6, 30, 21, 30, tzinfo=UTC)
    Application.objects.filter(pk=person.pk).update(submitted_at=after_midnight)
    sheet = load_workbook(io.BytesIO(desk.get(f"{LIST}tabula/").content)).active
    (_headings, row) = sheet.iter_rows(values_only=True)
    assert row[-1] == datetime(2026, 7, 1)  # noqa: DTZ001  as the table holds a day


@pytest.mark.parametrize("place", [LIST, "/iestade/grupas/", "/iestade/"])
def test_lists_cost_the_same_with_many_rows(desk: Client, hall: Hall, query_counter, place: str) -> None:
    counts = []
    for more in (1, 29):
        for _ in range(more):
            hall.eligible(hall.group(3))
        desk.get(place)
        with query_counter() as queries:
            assert desk.get(place).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST, queries.statements


def test_a_person_costs_few_statements(desk: Client, hall: Hall, query_counter) -> None:
    group = hall.group(1)
    people = [hall.eligible(group) for _ in range(3)]
    operations.wait(people[1], [group, hall.group(2)], by=hall.officer)
    desk.get(address(people[1]))
    with query_counter() as queries:
        assert desk.get(address(people[1])).status_code == 200
    assert len(queries) <= MOST, queries.statements


def test_home_counts_what_waits(desk: Client, other_desk: Client, hall: Hall) -> None:
    hall.eligible(hall.group(1))
    counts = [queue["count"] for queue in desk.get("/iestade/").context["queues"]]
    assert counts[0] == 1
    assert [queue["count"] for queue in other_desk.get("/iestade/").context["queues"]] == [0] * 5
    for queue in desk.get("/iestade/").context["queues"]:
        assert desk.get(queue["url"]).status_code == 200


def test_only_institutions_enter(hall: Hall, at_work: Callable[[Actor], Client]) -> None:
    agency = at_work(make_staff(2, "agency"))
    assert {agency.get(place).status_code for place in (LIST, "/iestade/grupas/", f"{LIST}tabula/")} == {403}


def test_somebody_of_two_institutions_acts_for_one_at_a_time(
    officer: Actor, hall: Hall, at_work: Callable[[Actor], Client]
) -> None:
    group = hall.group(2)
    person, stayed = hall.eligible(group), f"/iestade/grupas/{group.pk}/darbs/admit/"
    me_there = Person.objects.get(pk=officer.person_id)
    browser = at_work(make_staff(1, "institution", organisation="cits", person=me_there))
    assert browser.get(LIST).context["rows"] == []
    assert browser.get(address(person)).status_code == 404
    assert browser.post(stayed, {"p": str(person.public_id)}).status_code == 404
    assert Application.objects.get(pk=person.pk).status == "eligible"
    here = Membership.objects.get(person=me_there, organisation_id=officer.organisation_id)
    browser.post("/darbs/loma/", {"membership": here.pk})
    assert shown(browser) == [person.pk]
    assert browser.post(stayed, {"p": str(person.public_id)}).status_code == 302
    assert Application.objects.get(pk=person.pk).status == "admitted"


def where(page: object) -> dict[int, tuple[bool, bool]]:
    """By group: may one admit there, may one put on its list."""
    groups = page.context["groups"]  # type: ignore[attr-defined]
    return {row.group.pk: (row.may_admit, row.may_wait) for row in groups}


def test_seats_are_given_where_people_asked_to_learn(desk: Client, hall: Hall, begun: Group) -> None:
    chosen, full, other = hall.group(2), hall.group(1), hall.group(2)
    operations.admit(hall.eligible(full), full, by=hall.officer)
    person = hall.eligible(chosen)
    found = where(desk.get(address(person)))
    assert {group.pk: found[group.pk] for group in hall.groups} == {
        begun.pk: (False, False),
        chosen.pk: (True, True),
        full.pk: (False, True),
        other.pk: (False, True),
    }
    operations.wait(person, [other], by=hall.officer)
    assert where(desk.get(address(person)))[other.pk] == (False, False)
    asked = hall.eligible(chosen)
    operations.join(asked, other, by=me(asked))
    assert where(desk.get(address(asked)))[other.pk] == (False, False)
    operations.give_up_place(person, other, by=me(person))
    assert where(desk.get(address(asked)))[other.pk] == (True, False)


def test_what_the_state_does_not_say_is_said(
    desk: Client, hall: Hall, run_jobs: Callable[[], list[str]]
) -> None:
    group = hall.group(1)
    waiting, asked = hall.eligible(group), hall.eligible(group)
    operations.wait(waiting, [group], by=hall.officer)
    run_jobs()
    Application.objects.filter(pk=asked.pk).update(regroup_due_at=clock.now())
    notes = {row.application.pk: row.note for row in desk.get(LIST).context["rows"]}
    assert notes[waiting.pk].startswith("vieta piedāvāta līdz ")
    assert notes[asked.pk].startswith("izvēlas citu grupu līdz ")
    assert shown(desk, "?statuss=offered") == [waiting.pk]


def test_nobody_is_left_without_an_answer_when_all_groups_are_over(desk: Client, hall: Hall) -> None:
    group = hall.group(2)
    person = hall.eligible(group)
    day = clock.today() - timedelta(days=1)
    Group.objects.update(starts_on=day, ends_on=day)
    page = desk.get(address(person))
    assert page.context["groups"] == []
    assert f"/iestade/grupas/{group.pk}/darbs/not-admit/?p={person.public_id}" in page.content.decode()
    assert desk.get(f"/iestade/grupas/{group.pk}/").context["acts"] == [Act.NOT_ADMIT]


def test_how_it_ended_is_told_with_the_institutions_own_reasons(desk: Client, hall: Hall) -> None:
    group = hall.group(2)
    turned_away, gone = hall.eligible(group), hall.eligible(group)
    operations.not_admit(turned_away, reasons=["no-seats"], note="Nākamreiz.", by=hall.officer)
    operations.leave(gone, reason="other", note="Slepens iemesls", by=me(gone))
    today = f"{clock.today():%d.%m.%Y}."
    page = desk.get(address(turned_away))
    assert [value for _, value in page.context["ending"]] == [
        f"Neuzņemts, {today}",
        str(Reason.NO_SEATS.label),
        "Nākamreiz.",
    ]
    assert "Līgums vēl nav atzīmēts" not in page.content.decode()
    page = desk.get(address(gone))
    assert [value for _, value in page.context["ending"]] == [f"Atteicies, {today}"]
    assert "Slepens iemesls" not in page.content.decode()


def test_pages_of_the_list(desk: Client, hall: Hall) -> None:
    group = hall.group(3)
    people = [hall.eligible(group).pk for _ in range(31)]
    first = desk.get(f"{LIST}?avots=MN")
    assert [row.application.pk for row in first.context["rows"]] == people[:30]
    assert (first.context["count"], first.context["is_more"]) == (31, False)
    onward = f"?avots=MN&pec={first.context['page'].following}"
    assert f'href="{onward.replace("&", "&amp;")}"' in first.content.decode()
    second = desk.get(f"{LIST}{onward}")
    assert [row.application.pk for row in second.context["rows"]] == people[30:]
    assert second.context["page"].following == ""
    assert shown(desk, f"?avots=MN&pirms={second.context['page'].previous}") == people[:30]
    assert shown(desk, onward.replace("MN", "IMK")) == []


def test_what_is_counted_no_further_is_said_and_can_be_reached(
    desk: Client, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = hall.group(3)
    monkeypatch.setattr(queries, "COUNTED_UP_TO", 2)
    monkeypatch.setattr(views, "COUNTED_UP_TO", 2)
    people = [hall.eligible(group).pk for _ in range(3)]
    page = desk.get(LIST)
    assert (page.context["count"], page.context["is_more"]) == (2, True)
    assert "Iesniedzēju ir vairāk nekā 2, agrākie vispirms" in page.content.decode()
    assert [row.application.pk for row in page.context["rows"]] == people


def test_a_table_never_leaves_people_out_without_a_word(
    desk: Client, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = hall.group(3)
    monkeypatch.setattr(listing, "MOST_IN_TABLE", 2)
    for _ in range(3):
        hall.eligible(group)
    answer = desk.get(f"{LIST}tabula/?avots=MN", follow=True)
    assert answer.redirect_chain == [(f"{LIST}?avots=MN", 302)]
    text = answer.content.decode()
    assert "Vienā tabulā var būt ne vairāk kā 2 rindas. Sašauriniet sarakstu ar filtriem." in text
    # A link that promises a download would save these words as a file.
    assert 'tabula/?avots=MN">' in text
    assert not AuditEvent.objects.filter(kind="applications.exported").exists()
    assert desk.get(f"{LIST}tabula/?avots=IMK")["Content-Type"] == CONTENT_TYPE


@pytest.mark.parametrize("query", ["", "?statuss=completed", "?q=Nav"])
def test_an_empty_list_says_so(desk: Client, hall: Hall, query: str) -> None:
    text = desk.get(f"{LIST}{query}").content.decode()
    assert ("Filtriem neatbilst neviens" in text, "Neviens negaida uzņemšanu" in text) == (
        bool(query),
        not query,
    )
    assert "<table" not in text
