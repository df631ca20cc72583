"""Which message goes out when, about a person."""

from django.conf import settings
from django.urls import reverse

from stars.notices import operations as notices
from stars.people.models import Person


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
