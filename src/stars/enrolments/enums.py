"""States of learning."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Act(models.TextChoices):
    """What an institution does to its applicants and learners, one by one or to many at once."""

    ADMIT = "admit", _("Admit")
    WAIT = "wait", _("Put on the waiting list")
    NOT_ADMIT = "not-admit", _("Do not admit")
    CONTRACT = "contract", _("Note contract and co-payment")
    ATTENDANCE = "attendance", _("Note attendance")
    COMPLETE = "complete", _("Complete")
    EXPEL = "expel", _("Expel")


class EnrolmentStatus(models.TextChoices):
    """How learning stands."""

    LEARNING = "learning", _("Learning")
    COMPLETED = "completed", _("Completed")
    EXPELLED = "expelled", _("Expelled")
    LEFT = "left", _("Left")
    ENDED = "ended", _("Ended because the group was cancelled")
