"""What is e-mailed about surveys: that one has opened, and once more before its term is over."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stars.notices import operations as notices
from stars.notices.enums import Category
from stars.notices.kinds import declare
from stars.notices.types import Kind
from stars.surveys.models import Invitation

_OPENED = Kind("survey-opened", Category.BINDING, _("A survey after learning waits for your answers"))
_REMINDER = Kind("survey-reminder", Category.REMINDER, _("A survey that you have not answered yet"))

declare(_OPENED, _REMINDER)


def opened(invitation: Invitation) -> bool:
    """Tell the person that a survey waits for them."""
    return _send("surveys/emails/survey-opened", _OPENED, invitation)


def remind(invitation: Invitation) -> bool:
    """Call the survey to mind, once for each; True when it was said now."""
    return _send("surveys/emails/survey-reminder", _REMINDER, invitation)


def _send(template: str, kind: Kind, invitation: Invitation) -> bool:
    application, definition = invitation.application, invitation.version.definition
    person = application.applicant
    sent = notices.send(
        template,
        {
            "survey": definition.title.said(person.language),
            "programme": application.programme.title,
            "institution": application.programme.institution.name,
            "due_on": invitation.due_on,
            "is_obligatory": definition.is_obligatory,
            "link": settings.PUBLIC_ADDRESS + reverse("citizen:survey", args=[invitation.public_id]),
        },
        to=application.email or person.email,
        language=person.language,
        person_id=person.pk,
        once=f"{kind.code}:{invitation.public_id}",
    )
    return sent is not None
