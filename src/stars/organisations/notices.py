"""Which message goes out when, about an organisation's members."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stars.notices import operations as notices
from stars.notices.enums import Category
from stars.notices.kinds import declare
from stars.notices.types import Kind
from stars.organisations.models import Invitation, Membership
from stars.people.enums import Language
from stars.people.models import Person

declare(
    Kind("invitation", Category.ACCOUNT, _("An invitation to act for an organisation"), for_staff=True),
    Kind(
        "joined",
        Category.ACCOUNT,
        _("That somebody whom you invited acts for your organisation now"),
        for_staff=True,
    ),
)


def invited(invitation: Invitation, token: str, *, inviter: str) -> None:
    """The link, to the address that was typed: whose it is, the platform does not know yet."""
    link = settings.PUBLIC_ADDRESS + reverse("staff:invitation", args=[token])
    notices.send(
        "organisations/emails/invitation",
        {
            "link": link,
            "organisation": invitation.organisation.name,
            "role": invitation.get_role_display(),
            "inviter": inviter,
            "expires_at": invitation.expires_at,
        },
        to=invitation.email,
        language=Language.LATVIAN,
    )


def joined(membership: Membership, person: Person) -> None:
    """To whoever invited: a link can be handed on, so they read who used it."""
    if membership.granted_by is None:
        return
    inviter = Person.objects.filter(pk=membership.granted_by).exclude(email="").first()
    if inviter is None:
        return
    notices.send(
        "organisations/emails/joined",
        {
            "organisation": membership.organisation.name,
            "name": person.full_name,
            "role": membership.get_role_display(),
        },
        to=inviter.email,
        language=inviter.language,
        person_id=inviter.pk,
    )
