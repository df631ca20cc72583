"""Why something cannot be done to an applicant or learner, in words for the institution."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stars.actors.actor import OwnAffair
from stars.applications import operations as applications
from stars.applications.lifecycle import TransitionNotAllowed
from stars.enrolments import operations as enrolments


class NoContract(Exception):
    """There is no contract yet, so nothing can be noted about learning."""


REFUSALS: dict[type[Exception], Promise] = {
    OwnAffair: _("Nobody decides on their own application; please ask a colleague."),
    TransitionNotAllowed: _("The state of the application does not allow it any more."),
    applications.GroupNotOpen: _(
        "The group does not take people in: it is over or cancelled, or the source does not pay for it."
    ),
    applications.NoSeatFree: _("All seats of the group are taken or offered."),
    applications.OthersWait: _("Somebody who waits longer comes first."),
    applications.NotChosen: _(
        "The applicant did not choose this group. On its waiting list they will be asked by an offer."
    ),
    applications.ReasonOwed: _("A reason is missing."),
    enrolments.NotAdmitted: _("The person is not admitted to a group."),
    enrolments.ContractMissing: _("The contract needs a number and a day that is not in the future."),
    enrolments.DayImpossible: _("The day is not possible: it lies in the future, or before learning began."),
    enrolments.HoursImpossible: _("The hours are more than the programme has."),
    enrolments.NotLearning: _("Learning is over already."),
    enrolments.OutcomeMissing: _("A document and a grade from 1 to 10, or “passed”, are needed."),
    NoContract: _("No contract is noted yet."),
}


def why_not(refusal: Exception) -> str:
    """The words."""
    return str(REFUSALS[type(refusal)])
