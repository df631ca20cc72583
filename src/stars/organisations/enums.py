"""What organisations are, and what people are in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What an organisation is on the platform."""

    INSTITUTION = "institution"
    MUNICIPALITY = "municipality"
    AGENCY = "agency"
    MINISTRY = "ministry"


class MemberRole(models.TextChoices):
    """What a member may do in the organisation (loma): an administrator also invites others."""

    OFFICER = "officer", _("Officer")
    ADMIN = "admin", _("Administrator")
