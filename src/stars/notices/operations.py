"""Writing a message and handing it to the queue, in the transaction of the change it speaks about."""

from collections.abc import Iterable
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.audit import operations as audit
from stars.common import clock
from stars.notices import queries
from stars.notices.enums import ALWAYS, Category
from stars.notices.kinds import kind_of
from stars.notices.models import Delivery, DeliveryStatus, NoticePreference
from stars.notices.queue import enqueue_delivery
from stars.notices.types import Kind

# The last pause before giving up is about half a day (see `tasks.deliver`).
MOST_ATTEMPTS = 8
MOST_LETTERS = 250


class NotTheirs(Exception):
    """Nobody chooses for somebody else."""


class NotDelivered(Exception):
    """The mail server did not take the message. Names the kind of fault only: its own words may hold addresses."""


def written(
    template: str, context: dict[str, Any], *, language: str, kind: Kind | None = None
) -> tuple[str, str, str]:
    """Subject, text and HTML of `<template>.subject.txt`, `.txt` and `.html` in the language.

    What may be declined says where; `kind` is the declared one of the template's last name unless given.
    """
    kind = kind or kind_of(_last_name(template))
    may_choose = not kind.is_always_sent and not kind.for_staff
    choose_link = settings.PUBLIC_ADDRESS + reverse("citizen:notices") if may_choose else ""
    context = context | {"language": language, "choose_link": choose_link}
    with translation.override(language):
        subject = " ".join(_plain(f"{template}.subject.txt", context).split())
        text = _plain(f"{template}.txt", context)
        html = render_to_string(f"{template}.html", context | {"subject": subject})
    return subject[:MOST_LETTERS], text, html


def _plain(name: str, context: dict[str, Any]) -> str:
    """A template that is no markup: an ampersand stays one."""
    return Engine.get_default().get_template(name).render(Context(context, autoescape=False))


def _last_name(template: str) -> str:
    return template.rsplit("/", 1)[-1]


@transaction.atomic(savepoint=False)
def send(
    template: str,
    context: dict[str, Any],
    *,
    to: str,
    language: str,
    person_id: UUID | None = None,
    kind: str = "",
    once: str | None = None,
) -> Delivery | None:
    """Queue an e-mail; nothing leaves if the change is rolled back. None when nothing is to be sent.

    `kind` is the declared kind (the template's last name unless given). What the person declined is not sent, and
    what `once` names is sent one time only. Raises `UnknownKind`.
    """
    declared = kind_of(kind or _last_name(template))
    if person_id is not None and not queries.wants(person_id, declared.category):
        return None
    if once is not None and Delivery.objects.filter(once=once).exists():
        return None
    subject, text, html = written(template, context, language=language, kind=declared)
    delivery = Delivery(
        kind=declared.code,
        person_id=person_id,
        to_address=to,
        language=language,
        subject=subject,
        text=text,
        html=html,
        once=once,
    )
    if once is None:
        delivery.save(force_insert=True)
    elif not _is_first(delivery):
        return None
    enqueue_delivery(delivery.pk)
    return delivery


def _is_first(delivery: Delivery) -> bool:
    """Keep what is said one time only; False when another worker said it in the same moment."""
    try:
        with transaction.atomic():
            delivery.save(force_insert=True)
    except IntegrityError:
        return False
    return True


@transaction.atomic
def choose(person_id: UUID, wanted: Iterable[str], *, by: Actor) -> None:
    """Keep which of the categories that may be declined are e-mailed. Raises `NotPermitted`, `NotTheirs`."""
    by.must(Permission.PROFILE_EDIT)
    if by.person_id != person_id:
        raise NotTheirs
    chosen = set(wanted)
    before = queries.wanted_by(person_id)
    changed = [
        category
        for category in Category
        if category not in ALWAYS and before[category] != (category.value in chosen)
    ]
    for category in changed:
        NoticePreference.objects.update_or_create(
            person_id=person_id, category=category.value, defaults={"by_email": category.value in chosen}
        )
    if changed:
        audit.record("notices.chosen", by=by, subject="person", subject_id=person_id)


def deliver(delivery_id: int) -> None:
    """Send one queued message. A repeated call sends nothing: the row is locked and says whether it left.

    It is sent before that is committed: killed in between it is sent again, with the same `message_id`.
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


def message_id(delivery: Delivery) -> str:
    """The same at every attempt: a worker killed between sending and committing sends again, and mail servers see it.

    The moment is part of it, since a restored database counts its keys anew from an earlier one.
    """
    host = urlsplit(settings.PUBLIC_ADDRESS).hostname
    return f"<delivery-{delivery.pk}.{delivery.queued_at:%Y%m%d%H%M%S%f}@{host}>"


def _send(delivery: Delivery) -> str:
    """Hand the message to the mail server; the kind of fault in one word, "" when there was none."""
    message = EmailMultiAlternatives(
        delivery.subject,
        delivery.text,
        to=[delivery.to_address],
        headers={"Message-ID": message_id(delivery)},
    )
    message.attach_alternative(delivery.html, "text/html")
    try:
        message.send()
    except (OSError, SMTPException) as error:
        return type(error).__name__
    return ""
