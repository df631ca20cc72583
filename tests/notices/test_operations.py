"""A message is written, queued and sent with the change that it speaks of, and once."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from stars.notices import operations
from stars.notices.models import Delivery, DeliveryStatus

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
