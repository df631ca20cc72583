"""Closed choices about persons that are code, not classifiers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    """Language that somebody is written to in."""

    LATVIAN = "lv", _("Latvian")
    ENGLISH = "en", _("English")


class IdentifierKind(models.TextChoices):
    """Form of a personal code; the values are those of `common.person_codes.PersonCodeKind`."""

    DATED = "dated", _("personal code")
    UNDATED = "undated", _("personal code without a birth date")
    TECHNICAL = "technical", _("technical code of an eIDAS user")


class Document(models.TextChoices):
    """Texts that are accepted at the first sign-in."""

    TERMS = "terms", _("terms of use")
    PRIVACY = "privacy", _("privacy policy")


class AgeGroup(models.TextChoices):
    """Age bands in which the Recovery Fund counts people (facts 1.5)."""

    UNDER_18 = "0-17", _("0–17")
    YOUNG = "18-29", _("18–29")
    MIDDLE = "30-54", _("30–54")
    OLDER = "55+", _("55 and older")
