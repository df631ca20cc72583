"""Closed choices of the catalogue that are code, not classifiers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StudyForm(models.TextChoices):
    """How a programme is taught (mācību forma)."""

    ONSITE = "onsite", _("on site")
    ONLINE = "online", _("remotely")
    BLENDED = "blended", _("partly on site, partly remotely")


class Schedule(models.TextChoices):
    """When a group meets (norises laiks)."""

    EVENINGS = "evenings", _("workday evenings")
    DAYTIME = "daytime", _("workdays in the daytime")
    WEEKENDS = "weekends", _("weekends")
    FLEXIBLE = "flexible", _("at a time of one's own choice")


class TeachingLanguage(models.TextChoices):
    """Language of teaching (mācību valoda)."""

    LATVIAN = "lv", _("Latvian")
    ENGLISH = "en", _("English")
    RUSSIAN = "ru", _("Russian")


class ProgrammeStatus(models.TextChoices):
    """Whether a programme stands in the catalogue. The agency approves what it sees in `sent`."""

    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Waiting for approval")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Taken out of the catalogue")


class GroupStatus(models.TextChoices):
    """Whether a group can be applied for. The agency approves what it sees in `sent`."""

    PLANNED = "planned", _("Planned")
    SENT = "sent", _("Waiting for approval")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    CANCELLED = "cancelled", _("Cancelled")


class VaramLevel(models.IntegerChoices):
    """The three levels of the basic digital skills programmes (facts 1.4)."""

    BASIC = 1, _("level 1 – basic digital skills")
    SELF_SERVICE = 2, _("level 2 – basic digital self-service skills")
    INTERMEDIATE = 3, _("level 3 – intermediate skills")


class ApprovalOutcome(models.TextChoices):
    """How the agency's approval of a programme, a group or a change ended (apstiprināšana)."""

    WAITING = "waiting", _("Waiting for approval")
    APPROVED = "approved", _("Approved")
    SENT_BACK = "sent-back", _("Sent back")
    RECALLED = "recalled", _("Taken back by the institution")
