"""A message is written, queued and sent with the change that it speaks of, and once."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.architecture.sources import templates

from stars.notices import operations
from stars.notices.enums import ALWAYS
from stars.notices.kinds import declared, kind_of
from stars.notices.models import Delivery, DeliveryStatus
from stars.notices.types import Kind

pytestmark = pytest.mark.django_db

LINK = "http://testserver/e-pasts/x/"


def send(**given: str) -> Delivery:
    options = {"to": "anna@klients.example", "language": "lv"} | given
    return operations.send("people/emails/confirm", {"link": LINK}, **options)


def test_queued_with_its_change() -> None:
    delivery = send()
    assert (delivery.kind, delivery.status, delivery.attempts) == ("confirm", DeliveryStatus.QUEUED, 0)
    (job,) = ProcrastinateJob.objects.all()
    assert (job.task_name, job.args, job.status) == ("notices.deliver", {"delivery_id": delivery.pk}, "todo")
    assert mail.outbox == []


def test_a_change_that_is_taken_back_sends_nothing() -> None:
    with transaction.atomic():
        send()
        transaction.set_rollback(True)
    assert (Delivery.objects.count(), ProcrastinateJob.objects.count()) == (0, 0)


def test_it_leaves_in_text_and_html(run_jobs) -> None:
    send()
    assert run_jobs() == ["notices.deliver"]
    (message,) = mail.outbox
    assert message.to == ["anna@klients.example"]
    ((html, kind),) = message.alternatives
    assert (kind, message.body.count(LINK), html.count(f'href="{LINK}"')) == ("text/html", 1, 1)
    delivery = Delivery.objects.get()
    assert (delivery.status, delivery.attempts, delivery.sent_at is not None) == (
        DeliveryStatus.SENT,
        1,
        True,
    )


def test_delivered_twice_it_is_sent_once(run_jobs) -> None:
    delivery = send()
    run_jobs()
    operations.deliver(delivery.pk)
    assert (len(mail.outbox), Delivery.objects.get().attempts) == (1, 1)


def test_in_the_readers_language() -> None:
    assert send(language="lv").subject != send(language="en").subject
    assert send(language="en").subject == "Confirm your e-mail address"


# Whatever the templates may be given; what people typed holds signs that mean something in markup.
TYPED = 'SIA "Prasmes" & <Co> \'O'
GIVEN = {
    **dict.fromkeys(("group", "programme", "institution", "organisation", "inviter", "name", "role"), TYPED),
    **dict.fromkeys(("survey", "headline", "number", "note", "deadline", "next"), TYPED),
    **dict.fromkeys(("application", "reason"), TYPED),
    **dict.fromkeys(("expires_on", "starts_on", "due_on"), date(2027, 1, 2)),
    "reasons": [TYPED],
    "fields": [TYPED],
    "link": LINK,
    "is_obligatory": True,
    "is_credit": True,
    "available_cents": 1,
    "sum_cents": 1,
    "admitted": 1,
    "needed": 5,
    "expires_at": datetime(2027, 1, 2, tzinfo=UTC),
}
EMAILS = sorted(
    {path.with_name(path.name.split(".")[0]) for path in templates() if path.parent.name == "emails"}
)


@pytest.mark.parametrize("email", EMAILS, ids=lambda path: path.name)
@pytest.mark.parametrize("language", ["lv", "en"])
def test_what_people_typed_stays_text_in_every_part(email: Path, language: str) -> None:
    template = "/".join(email.parts[-3:])
    kind = kind_of("application.refuse" if email.name == "changed" else email.name)
    subject, text, html = operations.written(template, GIVEN, language=language, kind=kind)
    plain = subject + text
    assert [sign for sign in ("&amp;", "&lt;", "&gt;", "&quot;", "&#x27;") if sign in plain] == []
    assert "<Co>" not in html
    assert (TYPED in text) == ("&lt;Co&gt;" in html)


@pytest.mark.parametrize("email", EMAILS, ids=lambda path: path.name)
def test_every_message_greets_and_says_who_wrote_in_both_parts(email: Path) -> None:
    template = "/".join(email.parts[-3:])
    kind = kind_of("application.refuse" if email.name == "changed" else email.name)
    _subject, text, html = operations.written(template, GIVEN, language="lv", kind=kind)
    last = "Šo ziņu nosūtīja Prasmju pārvaldības platforma STARS. Lūdzu, neatbildiet uz to."
    assert (text.startswith("Labdien!\n\n"), text.count("Labdien!"), html.count("Labdien!")) == (True, 1, 1)
    assert (text.count(last), html.count(last)) == (1, 1)


@pytest.mark.parametrize("kind", declared(), ids=lambda kind: kind.code)
def test_what_may_be_declined_says_where(kind: Kind, settings) -> None:
    _subject, text, html = operations.written(
        "people/emails/confirm", {"link": LINK}, language="lv", kind=kind
    )
    address = f"{settings.PUBLIC_ADDRESS}/profils/mans-profils/pazinojumi/"
    declinable = kind.category not in ALWAYS and kind.code != "short-group"
    assert (address in text, f'href="{address}"' in html) == (declinable, declinable)


@pytest.mark.parametrize(("language", "marks"), [("lv", 0), ("en", 2)])
def test_latvian_names_in_an_english_message_are_marked(language: str, marks: int) -> None:
    context = {"survey": "Survey", "programme": "Darbs", "institution": "Skola", "due_on": date(2027, 1, 2)}
    _subject, text, html = operations.written(
        "surveys/emails/survey-opened", context | {"is_obligatory": True, "link": LINK}, language=language
    )
    assert html.count('<span lang="lv">') == marks
    assert "<span" not in text


def test_a_mail_server_that_does_not_answer_leaves_it_in_the_queue(monkeypatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise ConnectionRefusedError

    delivery = send()
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    with pytest.raises(operations.NotDelivered, match=r"^ConnectionRefusedError$") as fault:
        operations.deliver(delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.status, delivery.sent_at, delivery.attempts) == (DeliveryStatus.QUEUED, None, 1)
    # What the mail server says may hold the address, and a traceback reaches the log.
    assert fault.value.__context__ is None


def test_after_the_last_attempt_it_has_failed(monkeypatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise ConnectionRefusedError

    delivery = send()
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    for _ in range(operations.MOST_ATTEMPTS):
        with pytest.raises(operations.NotDelivered):
            operations.deliver(delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.status, delivery.attempts) == (DeliveryStatus.FAILED, operations.MOST_ATTEMPTS)


def test_sent_without_a_time_cannot_be() -> None:
    delivery = send()
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(status=DeliveryStatus.SENT)
