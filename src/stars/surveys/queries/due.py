"""Who is to be asked or reminded; coarse by dates, the exact day is `dates`' affair."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from stars.applications.models import Application
from stars.common.months import add_months
from stars.surveys.models import Invitation, SurveyVersion

# Months differ by up to three days, and the clock of the database is not that of Riga.
_SLACK = timedelta(days=5)


def not_asked_yet(version: SurveyVersion, today: date) -> Iterator[Application]:
    """Applications that ended about so long ago that the survey is due, and about which it was not opened."""
    definition = version.definition
    latest = add_months(today, -definition.months_after)
    earliest = latest - timedelta(days=definition.days_to_answer)
    asked = Invitation.objects.filter(application=OuterRef("pk"), survey=version.survey)
    rows = Application.objects.filter(
        ~Exists(asked),
        status__in=definition.endings,
        ended_at__date__range=(earliest - _SLACK, latest + _SLACK),
    )
    return rows.select_related("applicant", "programme__institution").order_by("ended_at", "pk").iterator()


def unanswered(today: date, until: date) -> Iterator[Invitation]:
    """Not sent yet, still taking answers, the term over between the two days."""
    rows = Invitation.objects.filter(
        submitted_at__isnull=True, version__retired_at__isnull=True, due_on__range=(today, until)
    )
    related = ("version", "application__applicant", "application__programme__institution")
    return rows.select_related(*related).order_by("due_on", "pk").iterator()
