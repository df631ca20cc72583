"""Every step of an application is told in words, by an e-mail that holds what is needed and no more."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import product

import pytest
from django.db import transaction
from django.utils import translation
from procrastinate.contrib.django.models import ProcrastinateJob

from stars.applications import notices
from stars.applications.enums import Action, Happening, Reason, Reminder, Status
from stars.applications.models import Application
from stars.applications.words import (
    AUTHORITIES,
    DEADLINES,
    EVENTS,
    NEXT,
    REMINDERS,
    due_in_words,
    reasons_in_words,
)
from stars.catalogue.models import Group
from stars.notices.kinds import kind_of
from stars.notices.models import Delivery
from stars.notices.operations import choose
from stars.people import operations as people
from stars.people.models import Person
from stars.schemes.types import Authority

pytestmark = pytest.mark.django_db

DUE = datetime(2026, 12, 7, 21, 59, tzinfo=UTC)
WHATS = [*Action, *Happening]
# Everything that may be said beside the step itself, and nothing of it.
CONTEXTS = [
    {},
    {"due": DUE},
    {"due": DUE.isoformat()},
    {"reasons": [Reason.INCOMPLETE.value, Reason.OTHER.value], "note": "Trūkst „ziņu” <par> darbu."},
    {"group": "DA-3 & vakars", "due": DUE},
    {
        "due": DUE,
        "reasons": ["incomplete"],
        "note": "Lūdzu.",
        "group": "DA-3",
        "fields": ["phone", "occupation"],
    },
]


@pytest.fixture
def application(filled: Callable[..., Application], person: Person) -> Application:
    return filled(person)


def test_every_step_has_words_in_both_languages() -> None:
    words = [
        *(text for table in (EVENTS, NEXT, DEADLINES, REMINDERS, AUTHORITIES) for text in table.values()),
        *(Reason(reason).label for reason in Reason),
        *(Status(status).label for status in Status),
    ]
    said = {}
    for language in ("lv", "en"):
        with translation.override(language):
            said[language] = [str(text) for text in words]
    assert [pair for pair in zip(said["lv"], said["en"], strict=True) if pair[0] == pair[1]] == []


def test_nothing_that_can_happen_is_without_words() -> None:
    assert set(EVENTS) == set(WHATS)
    assert set(REMINDERS) == set(Reminder)
    assert set(NEXT) == {*WHATS, *Reminder}
    assert set(AUTHORITIES) == set(Authority)


def test_the_words_about_a_person_leave_their_gender_open() -> None:
    with translation.override("lv"):
        said = [str(text) for table in (EVENTS, NEXT, REMINDERS) for text in table.values()]
    assert [text for text in said if "/" in text] == []


@pytest.mark.parametrize("what", WHATS)
def test_every_step_is_a_declared_kind_of_notice(what: Action | Happening) -> None:
    assert kind_of(notices.kind_code(what)).words == EVENTS[what]


@pytest.mark.parametrize(("what", "language"), list(product(WHATS, ("lv", "en"))))
def test_an_email_renders_for_every_step_with_whatever_is_known(
    application: Application, what: Action | Happening, language: str
) -> None:
    application.applicant.language = language
    with translation.override(language):
        headline, due = str(EVENTS[what]), due_in_words(DUE)
    for context in CONTEXTS:
        subject, text = notices.preview(application, what, **context)
        assert subject == headline
        assert text.count(headline) == 1
        assert (due in text) is ("due" in context)
        assert text.count(context.get("note", "\0")) == ("note" in context)
        assert text.count(context.get("group", "\0")) == ("group" in context)
        with translation.override(language):
            reasons = reasons_in_words(context.get("reasons", []))
        assert [text.count(f"\n- {reason}\n") for reason in reasons] == [1] * len(reasons)
        assert "\n\n\n" not in text
        assert "&" not in text.replace("DA-3 & vakars", "")


def test_what_is_returned_says_what_why_and_by_when(application: Application) -> None:
    _subject, text = notices.preview(
        application,
        Action.RETURN,
        due=DUE,
        reasons=["incomplete"],
        note="Norādiet amatu.",
        fields=["occupation"],
    )
    assert text.startswith("Labdien!\n\nPieteikums atgriezts Jums precizēšanai.\n")
    assert "\nPamatojums:\n- Sniegtā informācija ir nepilnīga vai pretrunīga\n" in text
    assert "\nJāprecizē:\n- Profesija, amats darba vietā\n" in text
    assert (
        "Lūdzu, precizējiet pieteikumu līdz 07.12.2026. plkst.\N{NO-BREAK SPACE}23:59. Atveriet pieteikumu"
        in text
    )


@pytest.mark.parametrize(
    ("language", "remote", "said"),
    [
        (
            "lv",
            False,
            "Nodarbības: Ogres novads, Brīvības iela 1, 12.01.2027.–20.03.2027., darbdienu vakaros",
        ),
        ("lv", True, "Nodarbības: Attālināti, 12.01.2027.–20.03.2027., darbdienu vakaros"),
        ("en", True, "Lessons: Remotely, 12.01.2027.–20.03.2027., workday evenings"),
    ],
)
def test_a_place_in_a_group_says_where_and_when_it_learns(
    application: Application, language: str, *, remote: bool, said: str
) -> None:
    group = Group(
        name="DA-3",
        is_remote=remote,
        municipality_id=None if remote else "muni-0040000",
        address="" if remote else "Brīvības iela 1",
        starts_on=date(2027, 1, 12),
        ends_on=date(2027, 3, 20),
        schedule="evenings",
    )
    application.applicant.language = language
    _subject, text = notices.preview(application, Happening.OFFERED, due=DUE, group=group)
    assert f"DA-3\n{said}\n" in text


def test_what_is_sent_is_what_was_shown_before(application: Application) -> None:
    context = {"due": DUE, "group": "DA-3"}
    shown = notices.preview(application, Happening.OFFERED, **context)
    assert Delivery.objects.filter(kind="application.offered").count() == 0
    notices.changed(application, Happening.OFFERED, **context)
    delivery = Delivery.objects.get(kind="application.offered")
    assert (delivery.subject, delivery.text) == shown


def test_what_staff_typed_is_text_and_not_markup(application: Application) -> None:
    notices.changed(application, Action.REFUSE, reasons=["other"], note="<b>x</b>\n\ny")
    html = Delivery.objects.get(kind="application.refuse").html
    assert "<b>" not in html
    assert "&lt;b&gt;x&lt;/b&gt;" in html


def test_an_email_holds_no_name_and_no_code_of_a_person(application: Application, person: Person) -> None:
    secrets = [person.given_name, person.family_name, *(row.value for row in person.identifiers.all())]
    for what in WHATS:
        notices.changed(application, what, **CONTEXTS[-1])
    told = "\n".join(row.subject + row.text + row.html for row in Delivery.objects.all())
    assert len(secrets) == 3
    assert [secret for secret in secrets if secret in told] == []


def test_a_change_that_is_taken_back_tells_nobody(application: Application) -> None:
    with transaction.atomic():
        notices.changed(application, Action.CONFIRM)
        transaction.set_rollback(True)
    kinds = set(Delivery.objects.values_list("kind", flat=True))
    assert "application.confirm" not in kinds
    assert ProcrastinateJob.objects.count() == Delivery.objects.count()


def test_news_may_be_declined_and_decisions_may_not(application: Application, person: Person) -> None:
    choose(person.pk, [], by=people.actor_of(person))
    notices.changed(application, Action.SUBMIT)
    notices.changed(application, Action.REFUSE, reasons=["conditions"])
    told = Delivery.objects.filter(kind__startswith="application.")
    assert list(told.values_list("kind", flat=True)) == ["application.refuse"]
