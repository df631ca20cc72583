"""Which message goes out when, about an application, or about a group that has too few of them."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from stars.applications.enums import Action, Happening, Reminder
from stars.applications.letters import letter
from stars.applications.models import Application
from stars.applications.words import EVENTS, REMINDERS, What
from stars.catalogue.models import Group
from stars.notices import operations as notices
from stars.notices.enums import Category
from stars.notices.kinds import declare, kind_of
from stars.notices.types import Kind
from stars.people.models import Person

_TEMPLATE = "applications/emails/changed"
# Receipts for what somebody did themselves, and news that asks nothing of them. All else binds.
_INFORMATION = {
    Action.START,
    Action.SUBMIT,
    Action.CORRECT,
    Action.WAIT,
    Action.JOIN,
    Action.ACCEPT,
    Action.WITHDRAW,
    Action.LEAVE,
    Action.LEAVE_WAITING,
    Action.LEAVE_ADMISSION,
    Action.LEAVE_LEARNING,
    Happening.DECLINED,
    Happening.PLACE_TAKEN,
    Happening.PLACE_GIVEN_UP,
}


def kind_code(what: What) -> str:
    """The kind under which a message about an application is declared."""
    return f"reminder.{what}" if isinstance(what, Reminder) else f"application.{what}"


def _category(what: Action | Happening) -> Category:
    return Category.INFORMATION if what in _INFORMATION else Category.BINDING


declare(*(Kind(kind_code(what), _category(what), EVENTS[what]) for what in [*Action, *Happening]))
declare(*(Kind(kind_code(what), Category.REMINDER, REMINDERS[what]) for what in Reminder))
declare(
    Kind(
        "short-group",
        Category.REMINDER,
        _("For institutions: a group begins soon and has fewer learners than it needs"),
        for_staff=True,
    )
)


def changed(application: Application, what: Action | Happening, **context: Any) -> None:
    """Something happened to the application; `context` holds plain values that the text may name:
    `due` (datetime), `reasons` (codes), `note`, `group` (itself or its name), `fields` (names), `costs` (`Consequence` and
    the day of the end), `returning_cents`."""
    _send(application, what, **context)


def remind(application: Application, what: Reminder, *, once: str, **context: Any) -> bool:
    """Call a deadline to mind, one time for each `once`; True when it was said now."""
    return _send(application, what, once=once, **context)


def short_of_learners(group: Group, member: Person, *, admitted: int) -> bool:
    """Tell a member of the institution that the group begins soon and is below its minimum; True when said now."""
    sent = notices.send(
        "applications/emails/short-group",
        {
            "group": group.name,
            "programme": group.programme.title,
            "starts_on": group.starts_on,
            "admitted": admitted,
            "needed": group.seats_min,
            "link": settings.PUBLIC_ADDRESS + reverse("institution:group", args=[group.pk]),
        },
        to=member.email,
        language=member.language,
        person_id=member.pk,
        once=f"short-group:{group.pk}:{member.pk}",
    )
    return sent is not None


def preview(application: Application, what: Action | Happening, **context: Any) -> tuple[str, str]:
    """Subject and text that `changed` would send now, in the applicant's language. Nothing is sent or stored."""
    subject, text, _html = notices.written(
        _TEMPLATE,
        _context(application, what, **context),
        language=application.applicant.language,
        kind=kind_of(kind_code(what)),
    )
    return subject, text


def _send(application: Application, what: What, *, once: str | None = None, **context: Any) -> bool:
    person = application.applicant
    sent = notices.send(
        _TEMPLATE,
        _context(application, what, **context),
        to=application.email or person.email,
        language=person.language,
        person_id=person.pk,
        kind=kind_code(what),
        once=once,
    )
    return sent is not None


def _context(application: Application, what: What, **context: Any) -> dict[str, Any]:
    link = settings.PUBLIC_ADDRESS + reverse(_page(application, what), args=[application.public_id])
    with translation.override(application.applicant.language):
        return letter(application, what, link=link, **context).context()


def _page(application: Application, what: What) -> str:
    """The page that the message leads to: where the person's next step is done."""
    if application.is_draft:
        return "citizen:application-review"
    if what in (Action.RETURN, Reminder.CORRECTION):
        return "citizen:application-correct"
    return "citizen:application"
