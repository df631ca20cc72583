"""What must never be: learning that does not fit its application."""

from django.db.models import F, Q, QuerySet

from stars.applications.enums import Status
from stars.enrolments.enums import EnrolmentStatus
from stars.enrolments.models import Enrolment

_BELONGS = {
    EnrolmentStatus.LEARNING: Status.ADMITTED,
    EnrolmentStatus.COMPLETED: Status.COMPLETED,
    EnrolmentStatus.EXPELLED: Status.EXPELLED,
    EnrolmentStatus.LEFT: Status.WITHDRAWN,
}


def inconsistent_enrolments() -> QuerySet[Enrolment]:
    """Learning of another person than the application's, in another group, or in a state that it cannot have."""
    wrong = ~Q(person=F("application__applicant"))
    for state, status in _BELONGS.items():
        wrong |= Q(status=state) & ~Q(application__status=status)
    elsewhere = ~Q(group=F("application__group")) | Q(application__group__isnull=True)
    wrong |= Q(status__in=[EnrolmentStatus.LEARNING, EnrolmentStatus.COMPLETED]) & elsewhere
    return Enrolment.objects.filter(wrong)
