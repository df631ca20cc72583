"""Writing a message and handing it to the queue, in the transaction of the change it speaks about."""

from smtplib import SMTPException
from typing import Any
from uuid import UUID

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from stars.common import clock
from stars.notices.models import Delivery, DeliveryStatus
from stars.notices.queue import enqueue_delivery

# The last pause before giving up is about half a day (see `tasks.deliver`).
MOST_ATTEMPTS = 8


class NotDelivered(Exception):
    """The mail server did not take the message. Names the kind of fault only: its own words may hold addresses."""


@transaction.atomic
def send(
    template: str, context: dict[str, Any], *, to: str, language: str, person_id: UUID | None = None
) -> Delivery:
    """Queue an e-mail from `<template>.subject.txt`, `.txt` and `.html`; nothing leaves if the change is rolled back."""
    with translation.override(language):
        subject = " ".join(render_to_string(f"{template}.subject.txt", context).split())
        text = render_to_string(f"{template}.txt", context)
        html = render_to_string(f"{template}.html", context | {"subject": subject, "language": language})
    delivery = Delivery.objects.create(
        kind=template.rsplit("/", 1)[-1],
        person_id=person_id,
        to_address=to,
        language=language,
        subject=subject[:250],
        text=text,
        html=html,
    )
    enqueue_delivery(delivery.pk)
    return delivery


def deliver(delivery_id: int) -> None:
    """Send one queued message. A repeated call sends nothing: the row is locked and says whether it left.

    Raises `NotDelivered` when the mail server did not take it; after `MOST_ATTEMPTS` the row says that it failed.
    """
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().get(pk=delivery_id)
        if delivery.status == DeliveryStatus.SENT:
            return
        delivery.attempts += 1
        fault = _send(delivery)
        if not fault:
            delivery.status, delivery.sent_at = DeliveryStatus.SENT, clock.now()
        elif delivery.attempts >= MOST_ATTEMPTS:
            delivery.status = DeliveryStatus.FAILED
        delivery.save(update_fields=["status", "sent_at", "attempts"])
    if fault:
        raise NotDelivered(fault)


def _send(delivery: Delivery) -> str:
    """Hand the message to the mail server; the kind of fault in one word, "" when there was none."""
    message = EmailMultiAlternatives(delivery.subject, delivery.text, to=[delivery.to_address])
    message.attach_alternative(delivery.html, "text/html")
    try:
        message.send()
    except (OSError, SMTPException) as error:
        return type(error).__name__
    return ""
