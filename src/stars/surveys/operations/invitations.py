"""Asking people: when learning ends, months later, and once more before the term is over.

Every opening and every reminder is a transaction of its own: a worker that is killed in between leaves the rest to the
next run, and a constraint or the reminder's name keeps anything from being said twice.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.applications.models import Application
from stars.audit import operations as audit
from stars.common import clock
from stars.common.rows import each
from stars.people.ages import age_group
from stars.people.models import Profile
from stars.surveys import dates, notices
from stars.surveys.models import Invitation, SurveyVersion
from stars.surveys.queries import due
from stars.surveys.queries.versions import offered


@transaction.atomic
def open_for(application: Application, *, by: Actor) -> list[Invitation]:
    """Ask what is to be asked now about an application that has just ended; in the transaction of its end.

    Gives what was opened. Raises `NotPermitted`.
    """
    by.must(Permission.APPLICATION_CONCLUDE)
    opened = [
        _opened(version, application, by=by) for version in offered() if _is_to_open(version, application)
    ]
    return [invitation for invitation in opened if invitation is not None]


def open_due(*, by: Actor) -> int:
    """Ask whatever has become due: what opens months later, and what was published after learning had ended.

    How many were opened now. Raises `NotPermitted`.
    """
    by.must(Permission.APPLICATION_CONCLUDE)
    found = (
        (application, version)
        for version in offered()
        for application in due.not_asked_yet(version, clock.today())
    )
    return each(found, lambda row: _is_to_open(row[1], row[0]) and _opened(row[1], row[0], by=by) is not None)


def remind(*, by: Actor) -> int:
    """Call unanswered surveys to mind in the last days of their term; how many reminders were sent now."""
    by.must(Permission.APPLICATION_CONCLUDE)
    today = clock.today()
    until = today + timedelta(days=dates.REMINDER_DAYS)
    return each(
        due.unanswered(today, until),
        lambda invitation: dates.is_to_remind(invitation.due_on, today) and notices.remind(invitation),
    )


@transaction.atomic
def _opened(version: SurveyVersion, application: Application, *, by: Actor) -> Invitation | None:
    """The new invitation, written about; None when it was there, also from somebody in the same moment."""
    now, person = clock.now(), application.applicant
    lives_in = Profile.objects.filter(person=person).values_list("municipality", flat=True).first()
    invitation, is_new = Invitation.objects.get_or_create(
        application=application,
        survey=version.survey,
        defaults={
            "version": version,
            "opened_at": now,
            "due_on": dates.due_on(version.definition, _ended_on(application)),
            "municipality_id": lives_in,
            "age_group": age_group(person.birth_date, clock.today()) or "",
        },
    )
    if not is_new:
        return None
    audit.record("survey.opened", by=by, subject="survey-invitation", subject_id=invitation.public_id)
    notices.opened(invitation)
    return invitation


def _is_to_open(version: SurveyVersion, application: Application) -> bool:
    definition = version.definition
    return application.status in definition.endings and dates.is_to_open(
        definition, _ended_on(application), clock.today()
    )


def _ended_on(application: Application) -> date:
    ended: datetime | None = application.ended_at
    if ended is None:
        raise ValueError("only what has ended is asked about")
    return localdate(ended)
