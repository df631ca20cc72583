"""Which message goes out when, about a learning account."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stars.funding.models import LearningAccount, LedgerEntry
from stars.notices import operations as notices
from stars.notices.enums import Category
from stars.notices.kinds import declare
from stars.notices.types import Kind

declare(
    Kind(
        "expires",
        Category.REMINDER,
        _("Reminder: the money on your learning account can soon no longer be used"),
    ),
    Kind("corrected", Category.BINDING, _("Your learning account was corrected")),
    Kind("return-declined", Category.BINDING, _("A payment is not returned to your learning account")),
)


def expires(account: LearningAccount, *, days: int) -> bool:
    """Call to mind that the account expires within so many days, once for each number; True when said now."""
    person = account.person
    sent = notices.send(
        "funding/emails/expires",
        {
            "available_cents": account.available_cents,
            "expires_on": account.expires_on,
            "link": settings.PUBLIC_ADDRESS + reverse("citizen:programmes"),
        },
        to=person.email,
        language=person.language,
        person_id=person.pk,
        once=f"expires-{days}:{account.pk}:{account.expires_on:%Y%m%d}",
    )
    return sent is not None


def corrected(correction: LedgerEntry) -> None:
    """Tell the owner of the account what was added or taken off, why, and what is available after it."""
    if correction.account is None:
        return
    account = LearningAccount.objects.get(pk=correction.account.pk)
    details = {
        "is_credit": correction.amount_cents > 0,
        "reason": correction.reason,
        "available_cents": account.available_cents,
    }
    _tell_owner("funding/emails/corrected", correction, details)


def return_declined(payment: LedgerEntry) -> None:
    """Tell the owner of the account that what was owed back to it does not come back."""
    _tell_owner("funding/emails/return-declined", payment, {})


def _tell_owner(template: str, entry: LedgerEntry, details: dict[str, Any]) -> None:
    if entry.account is None or not entry.account.person.email:
        return
    person = entry.account.person
    about = {
        "sum_cents": abs(entry.amount_cents),
        "programme": entry.programme,
        "application": entry.application,
        "link": settings.PUBLIC_ADDRESS + reverse("citizen:money"),
    }
    notices.send(template, about | details, to=person.email, language=person.language, person_id=person.pk)
