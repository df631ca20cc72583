"""Which message goes out when, about a person."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stars.notices import operations as notices
from stars.notices.enums import Category
from stars.notices.kinds import declare
from stars.notices.types import Kind
from stars.people.models import Person

declare(Kind("confirm", Category.ACCOUNT, _("A link by which you confirm your e-mail address")))


def confirm_address(person: Person, token: str) -> None:
    """Ask the owner of an address to prove that it is theirs."""
    link = settings.PUBLIC_ADDRESS + reverse("public:confirm-email", args=[token])
    notices.send(
        "people/emails/confirm",
        {"link": link},
        to=person.email,
        language=person.language,
        person_id=person.pk,
    )
