"""Which message goes out when, about an application."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from stars.applications.enums import Action, Happening
from stars.applications.models import Application
from stars.applications.words import EVENTS
from stars.notices import operations as notices


def submitted(application: Application) -> None:
    """The application has arrived."""
    _tell(application, "applications/emails/submitted")


def withdrawn(application: Application) -> None:
    """The application is withdrawn."""
    _tell(application, "applications/emails/withdrawn")


def changed(application: Application, what: Action | Happening, **context: Any) -> None:
    """Something happened to the application; `context` holds plain values that the text may name:
    `due` (datetime), `reasons` (codes), `note`, `group` (its name), `fields` (names)."""
    _tell(application, "applications/emails/changed", what=what.value, headline=EVENTS[what], **context)


def _tell(application: Application, template: str, **context: Any) -> None:
    path = reverse("citizen:application", args=[application.public_id])
    promised: dict[str, Any] = application.promised or {}
    notices.send(
        template,
        {
            "number": application.number,
            "programme": promised.get("programme", ""),
            "institution": promised.get("institution", ""),
            "link": settings.PUBLIC_ADDRESS + path,
        }
        | context,
        to=application.email,
        language=application.applicant.language,
        person_id=application.applicant_id,
    )
