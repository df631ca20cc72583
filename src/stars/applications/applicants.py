"""An applicant as the institution sees them: no more than it needs to reach, admit and teach them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from stars.applications.models import Application
from stars.applications.places import period_name
from stars.applications.progress import colour, live_offer
from stars.common import clock, person_codes
from stars.people.contact import readable_phone
from stars.ui.templatetags.ui import moment, period


@dataclass(frozen=True, slots=True)
class Applicant:
    """One row. `born` is the year alone, `code` masked; a low income shows only in the co-payment.

    `note` says what the state alone does not: a seat is offered, or another group is being chosen.
    """

    application: Application
    name: str
    born: str
    code: str
    email: str
    phone: str
    education: str
    place: str
    period: str
    colour: str
    note: str

    @property
    def identity(self) -> str:
        """Whom a binding act is about: "1985, 150685-1****"."""
        return ", ".join(filter(None, [self.born, self.code]))


def applicants(applications: Iterable[Application]) -> list[Applicant]:
    """Each as a row; applicants with their identifiers, places and groups are read already."""
    return [applicant_of(application) for application in applications]


def applicant_of(application: Application) -> Applicant:
    """One row."""
    person = application.applicant
    code = _code(application)
    born = person.birth_date or (code.birth_date if code else None)
    return Applicant(
        application=application,
        name=person.full_name,
        born=str(born.year) if born else "",
        code=code.masked if code else "",
        email=application.email,
        phone=readable_phone(application.phone),
        education=application.education.name if application.education else "",
        place=_("Remotely") if application.municipality is None else application.municipality.name,
        period=_period(application),
        colour=colour(application.status),
        note=_note(application),
    )


def _note(application: Application) -> str:
    if (offer := live_offer(application)) is not None:
        return _("a seat is offered until %(due)s") % {"due": moment(offer.offer_due_at)}
    if application.regroup_due_at is not None:
        return _("chooses another group until %(due)s") % {"due": moment(application.regroup_due_at)}
    return ""


def _code(application: Application) -> person_codes.PersonCode | None:
    current = [row for row in application.applicant.identifiers.all() if row.valid_until is None]
    return person_codes.parse(current[0].value, on=clock.today(), technical=True) if current else None


def _period(application: Application) -> str:
    if application.group is not None:
        return period_name(application.group)
    promised = application.promised or {}
    days = [promised.get(name) for name in ("starts_on", "ends_on")]
    return period(*(date.fromisoformat(day) if day else None for day in days))
