"""What happened to an application, in words: on the timeline, and in the e-mail about it.

Sentences name nobody's gender and no officer: an office acts. `%(authority)s` is whoever decides on the source.
"""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stars.applications.enums import Action, ExpulsionReason, Happening, Reason, Reminder
from stars.schemes.codes import SchemeCode
from stars.schemes.declarations import SCHEMES
from stars.schemes.types import Authority

What = Action | Happening | Reminder

AUTHORITIES: dict[Authority, Promise] = {
    Authority.AGENCY: _("the agency"),
    Authority.MINISTRY: _("the ministry"),
}

EVENTS: dict[str, Promise] = {
    Action.START: _("You began an application"),
    Action.SUBMIT: _("You submitted the application"),
    Action.CONFIRM: _("The application is confirmed: you meet the conditions"),
    Action.REFUSE: _("The application is refused"),
    Action.RETURN: _("The application is returned to you for correction"),
    Action.CORRECT: _("You corrected the application and sent it again"),
    Action.LAPSE: _("The application was not corrected in time and is refused"),
    Action.REOPEN: _("The application is examined again"),
    Action.WAIT: _("The institution put the application on the waiting list"),
    Action.JOIN: _("You joined the waiting list"),
    Action.ADMIT: _("Admission is confirmed: a place in the group is yours"),
    Action.ACCEPT: _("You accepted the place: admission is confirmed"),
    Action.NOT_ADMIT: _("The institution cannot admit you"),
    Action.REGROUP: _("You may choose another group"),
    Action.COMPLETE: _("You completed the programme"),
    Action.EXPEL: _("The institution expelled you from learning"),
    Action.END: _("Learning ended because the group was cancelled"),
    Action.WITHDRAW: _("You withdrew the application"),
    Action.LEAVE: _("You gave up the application"),
    Action.LEAVE_WAITING: _("You gave up your place on the waiting list"),
    Action.LEAVE_ADMISSION: _("You gave up your place in the group"),
    Action.LEAVE_LEARNING: _("You interrupted learning"),
    Happening.MONEY_SHORT: _("The application waits: the money does not suffice at the moment"),
    Happening.OFFERED: _("A place is offered to you"),
    Happening.DECLINED: _("You declined the offered place"),
    Happening.OFFER_LAPSED: _("The offered place was not accepted in time"),
    Happening.PLACE_TAKEN: _("You joined the waiting list of one more group"),
    Happening.PLACE_GIVEN_UP: _("Your place on the waiting list of one group has ended"),
}
REMINDERS: dict[str, Promise] = {
    Reminder.OFFER: _("Reminder: the offered place awaits your answer"),
    Reminder.CORRECTION: _("Reminder: the application awaits your correction"),
    Reminder.REGROUP: _("Reminder: please choose another group"),
    Reminder.ROUND: _("Reminder: the round closes soon, and your application is not sent yet"),
}

_WILL_OFFER = _("When a place becomes free, it will be offered to you, with a deadline for your answer.")
_WILL_CALL = _("Next the institution will contact you about the contract and the beginning of learning.")
_ANOTHER = _("You can now choose another programme.")
_OTHERS_STAY = _("If you wait for other groups too, those places are kept.")
_ANSWER = _("Open the application and accept or decline the place. Unanswered, it goes to the next person.")
_CORRECT = _(
    "Open the application, correct what is marked and send it again. Uncorrected, it will be refused."
)
_REGROUP = _(
    "Open the application and choose another group. If none is chosen in time, the application ends."
)
_DECISION = _("The decision, and how to contest it, can be read in your profile.")

NEXT: dict[str, Promise] = {
    Action.START: _("Fill in the steps and send it before the round closes."),
    Action.SUBMIT: _("Next %(authority)s checks eligibility, %(days)s. There is nothing for you to do now."),
    Action.CONFIRM: _(
        "Next the institution forms the group and will contact you. There is nothing for you to do now."
    ),
    Action.REFUSE: _DECISION,
    Action.RETURN: _CORRECT,
    Action.CORRECT: _("Next %(authority)s goes on with the check; the application keeps its day and place."),
    Action.LAPSE: _DECISION,
    Action.REOPEN: _("Next %(authority)s examines the application anew; you will be told of the decision."),
    Action.WAIT: _WILL_OFFER,
    Action.JOIN: _WILL_OFFER,
    Action.ADMIT: _WILL_CALL,
    Action.ACCEPT: _WILL_CALL,
    Action.NOT_ADMIT: _ANOTHER,
    Action.REGROUP: _REGROUP,
    Action.COMPLETE: _("The document and the result are noted in “History of learning and applications”."),
    Action.EXPEL: _("If you think that this is a mistake, please write to the institution."),
    Action.END: _("Nothing is charged for it, and there is no waiting period: you may apply again."),
    Action.WITHDRAW: _ANOTHER,
    Action.LEAVE: _ANOTHER,
    Action.LEAVE_WAITING: _ANOTHER,
    Action.LEAVE_ADMISSION: _ANOTHER,
    Action.LEAVE_LEARNING: _("The platform checks it too, before you apply."),
    Happening.MONEY_SHORT: _(
        "The application keeps its place in the queue; %(authority)s decides when there is money. "
        "There is nothing for you to do now."
    ),
    Happening.OFFERED: _ANSWER,
    Happening.DECLINED: _OTHERS_STAY,
    Happening.OFFER_LAPSED: _OTHERS_STAY,
    Happening.PLACE_TAKEN: _WILL_OFFER,
    Happening.PLACE_GIVEN_UP: _OTHERS_STAY,
    Reminder.OFFER: _ANSWER,
    Reminder.CORRECTION: _CORRECT,
    Reminder.REGROUP: _REGROUP,
    Reminder.ROUND: _("Open the draft, fill in what is missing and send it. After that you cannot apply."),
}

_ANSWER_BY = _("Please answer by %(due)s.")
_CORRECT_BY = _("Please correct it by %(due)s.")
_CHOOSE_BY = _("Please choose another group by %(due)s.")
DEADLINES: dict[str, Promise] = {
    Action.RETURN: _CORRECT_BY,
    Action.REGROUP: _CHOOSE_BY,
    Happening.OFFERED: _ANSWER_BY,
    Reminder.OFFER: _ANSWER_BY,
    Reminder.CORRECTION: _CORRECT_BY,
    Reminder.REGROUP: _CHOOSE_BY,
    Reminder.ROUND: _("The round takes applications until %(due)s."),
}
DEADLINE = _("The deadline is %(due)s.")


def headline(what: What) -> str:
    """What happened, or what is called to mind."""
    return str(REMINDERS[what] if isinstance(what, Reminder) else EVENTS[what])


def authority_of(scheme: str) -> str:
    """Who decides on the applications of the source."""
    return str(AUTHORITIES[SCHEMES[SchemeCode(scheme)].authority])


def reasons_in_words(codes: list[str]) -> list[str]:
    """The reasons of a decision; a code that is no longer used stays readable."""
    known = dict(Reason.choices) | dict(ExpulsionReason.choices)
    return [str(known.get(code, code)) for code in codes]


def day_of(moment: datetime | None) -> str:
    """The local day, as in “21.11.2026.”; "" for None."""
    return date_format(localtime(moment), "d.m.Y.") if moment else ""


def due_in_words(moment: datetime) -> str:
    """A deadline to the minute."""
    local = localtime(moment)
    return gettext("%(day)s at %(time)s") % {
        "day": date_format(local, "d.m.Y."),
        "time": date_format(local, "H:i"),
    }
