"""States and actions of an application."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where an application stands (facts 2.3; the manual's five outcomes are the last four and `admitted`)."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned for correction")
    ELIGIBLE = "eligible", _("Confirmed")
    WAITING = "waiting", _("On the waiting list")
    ADMITTED = "admitted", _("Admitted")
    REFUSED = "refused", _("Not admitted")
    COMPLETED = "completed", _("Completed")
    EXPELLED = "expelled", _("Expelled")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Action(models.TextChoices):
    """What can be done to an application: each is a row of the table in `lifecycle`."""

    START = "start"
    SUBMIT = "submit"
    CONFIRM = "confirm"
    REFUSE = "refuse"
    RETURN = "return"
    CORRECT = "correct"
    LAPSE = "lapse"
    REOPEN = "reopen"
    WAIT = "wait"
    JOIN = "join"
    ADMIT = "admit"
    ACCEPT = "accept"
    NOT_ADMIT = "not-admit"
    REGROUP = "regroup"
    COMPLETE = "complete"
    EXPEL = "expel"
    END = "end"
    WITHDRAW = "withdraw"
    LEAVE = "leave"
    LEAVE_WAITING = "leave-waiting"
    LEAVE_ADMISSION = "leave-admission"
    LEAVE_LEARNING = "leave-learning"


class Happening(models.TextChoices):
    """What happens to an application and leaves its status as it is; the timeline tells it too."""

    MONEY_SHORT = "money-short"
    OFFERED = "offered"
    DECLINED = "declined"
    OFFER_LAPSED = "offer-lapsed"
    PLACE_TAKEN = "place-taken"
    PLACE_GIVEN_UP = "place-given-up"


class Reminder(models.TextChoices):
    """What is called to mind before its deadline (atgādinājums)."""

    OFFER = "offer"
    CORRECTION = "correction"
    REGROUP = "regroup"
    ROUND = "round"


class WithdrawalReason(models.TextChoices):
    """Why somebody withdraws (atteikšanās iemesls)."""

    CHOSE_ANOTHER = "another", _("I have chosen another programme")
    NO_TIME = "time", _("The time does not suit me")
    PLACE = "place", _("The place does not suit me")
    WORK = "work", _("Work or family circumstances have changed")
    HEALTH = "health", _("Health")
    OTHER = "other", _("Another reason")


class Reason(models.TextChoices):
    """Why staff decided against something (lēmuma pamatojums); facts 10.7."""

    CONDITIONS = "conditions", _("The conditions of the source are not met")
    EMPLOYMENT = "employment", _("Employment on the day of the application is not confirmed")
    AGE = "age", _("The age condition is not met")
    LEARNED_BEFORE = "learned-before", _("The programme was completed with public money before")
    LIMIT = "limit", _("The number of learnings or the waiting period does not allow another learning yet")
    INCOMPLETE = "incomplete", _("The information given is incomplete or contradictory")
    NOT_CORRECTED = "not-corrected", _("The application was not corrected in time")
    BUDGET = "budget", _("The round's budget is used up")
    ACCOUNT = "account", _("The learning account does not suffice for the programme")
    PRIOR_EDUCATION = (
        "prior-education",
        _("The programme's requirements for education or knowledge are not met"),
    )
    NO_SEATS = "no-seats", _("There are no free places")
    GROUP_NOT_FORMED = "group-not-formed", _("The group was not formed")
    GROUP_CANCELLED = "group-cancelled", _("The group or programme was cancelled")
    NO_PLACE_LEFT = "no-place-left", _("No place on a waiting list is left")
    NO_SHOW = "no-show", _("Did not come to sign the learning contract")
    NEW_FACTS = "new-facts", _("New facts have come to light")
    MISTAKE = "mistake", _("The earlier decision was a mistake")
    OTHER = "other", _("Another reason")


class ExpulsionReason(models.TextChoices):
    """Why somebody was expelled (atskaitīšanas iemesls); facts 10.7."""

    OWN_WISH = "own-wish", _("At their own wish")
    ABSENCE = "absence", _("Did not attend")
    FAILURE = "failure", _("Did not pass")
    CONTRACT = "contract", _("Broke the contract")
    HEALTH = "health", _("Health")
    OTHER = "other", _("Another reason")


class PlaceState(models.TextChoices):
    """How a waiting place stands (vieta gaidīšanas sarakstā)."""

    WAITING = "waiting", _("Waiting")
    OFFERED = "offered", _("A seat is offered")
    ACCEPTED = "accepted", _("The seat was accepted")
    DECLINED = "declined", _("The seat was declined")
    LAPSED = "lapsed", _("The offer lapsed")
    CLOSED = "closed", _("Given up or closed")


class Register(models.TextChoices):
    """State registers that are asked about an application (valsts reģistri)."""

    TAX = "tax", _("State Revenue Service")
    POPULATION = "population", _("Register of natural persons")
    SOCIAL = "social", _("Municipal social service")


class Answer(models.TextChoices):
    """What a register said."""

    PENDING = "pending", _("Not answered yet")
    YES = "yes", _("Confirms")
    NO = "no", _("Does not confirm")
    UNKNOWN = "unknown", _("Does not know")
    FAILED = "failed", _("Did not answer")


OPEN = (Status.SUBMITTED, Status.RETURNED, Status.ELIGIBLE, Status.WAITING, Status.ADMITTED)
# A seat of a group is held from admission on; a completed learner keeps theirs.
SEATED = (Status.ADMITTED, Status.COMPLETED)
# The places that still count in a group's list.
LIVE_PLACES = (PlaceState.WAITING, PlaceState.OFFERED)
# Decisions that owe a reason (Administrative Procedure Law, section 67).
OWES_REASON = (
    Action.REFUSE,
    Action.RETURN,
    Action.LAPSE,
    Action.REOPEN,
    Action.NOT_ADMIT,
    Action.REGROUP,
    Action.EXPEL,
    Action.END,
)
# What an authority decides: the acts that are handed over as a document.
DOCUMENTED = (Action.CONFIRM, Action.REFUSE, Action.RETURN, Action.LAPSE, Action.REOPEN)
# Which reasons the authority may give for what.
REASONS_FOR: dict[Action, tuple[Reason, ...]] = {
    Action.REFUSE: (
        Reason.CONDITIONS,
        Reason.EMPLOYMENT,
        Reason.AGE,
        Reason.LEARNED_BEFORE,
        Reason.LIMIT,
        Reason.INCOMPLETE,
        Reason.BUDGET,
        Reason.ACCOUNT,
        Reason.OTHER,
    ),
    Action.RETURN: (Reason.INCOMPLETE, Reason.NEW_FACTS, Reason.OTHER),
    Action.REOPEN: (Reason.MISTAKE, Reason.NEW_FACTS, Reason.OTHER),
}
