"""What the person saw when they applied, copied so that it can be answered for years later."""

from datetime import datetime
from typing import Any

from django.utils import translation

from stars.applications.models import Application
from stars.applications.places import place_name
from stars.catalogue.models import GroupOffer
from stars.common import clock
from stars.people.enums import Document
from stars.people.texts import current_version
from stars.schemes.types import Scheme


def promise(offer: GroupOffer, scheme: Scheme) -> dict[str, Any]:
    """The copy: sums in cents, dates in ISO form, names in Latvian."""
    group, programme, today = offer.group, offer.group.programme, clock.today()
    with translation.override("lv"):
        place = place_name(group)
    return {
        "programme": programme.title,
        "institution": programme.institution.name,
        "document": programme.document,
        "hours": programme.hours,
        "place": place,
        "address": group.address,
        "round": offer.round.name,
        "application_until": offer.round.closes_at.isoformat(),
        "price_cents": offer.price_cents,
        "copayment_cents": offer.copayment_cents,
        "low_income_copayment_cents": offer.low_income_copayment_cents,
        "rules_version": scheme.rules_version,
        "texts": {document.value: current_version(document, on=today).isoformat() for document in Document},
        **_period(offer, scheme),
    }


def withdrawal_until(application: Application) -> datetime | None:
    """Until when the application can simply be withdrawn: the round's end, but not before the end that was promised."""
    if application.round is None:
        return None
    told = (application.promised or {}).get("application_until")
    return (
        max(application.round.closes_at, datetime.fromisoformat(told))
        if told
        else application.round.closes_at
    )


def _period(offer: GroupOffer, scheme: Scheme) -> dict[str, str]:
    """The group's dates where the person chose the period; else the time in which learning may lie."""
    if scheme.group_from_period:
        return {
            "starts_on": offer.group.starts_on.isoformat(),
            "ends_on": offer.group.ends_on.isoformat(),
            "schedule": offer.group.schedule,
        }
    return {
        "starts_on": offer.round.learning_from.isoformat(),
        "ends_on": offer.round.learning_until.isoformat(),
    }
