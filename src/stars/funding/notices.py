"""Which message goes out when, about a learning account."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stars.funding.models import LearningAccount
from stars.notices import operations as notices
from stars.notices.enums import Category
from stars.notices.kinds import declare
from stars.notices.types import Kind

declare(
    Kind(
        "expires",
        Category.REMINDER,
        _("Reminder: the money on your learning account can soon no longer be used"),
    )
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
