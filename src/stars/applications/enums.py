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
    """What can be done to an application."""

    START = "start"
    SUBMIT = "submit"
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"


class WithdrawalReason(models.TextChoices):
    """Why somebody withdraws (atteikšanās iemesls)."""

    CHOSE_ANOTHER = "another", _("I have chosen another programme")
    NO_TIME = "time", _("The time does not suit me")
    PLACE = "place", _("The place does not suit me")
    WORK = "work", _("Work or family circumstances have changed")
    HEALTH = "health", _("Health")
    OTHER = "other", _("Another reason")


OPEN = (Status.SUBMITTED, Status.RETURNED, Status.ELIGIBLE, Status.WAITING, Status.ADMITTED)
