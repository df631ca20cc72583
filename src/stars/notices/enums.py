"""Kinds of notices, as people choose among them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    """What a notice is about (paziņojumu veids)."""

    BINDING = "binding", _("Decisions and deadlines")
    ACCOUNT = "account", _("Your access to the platform")
    REMINDER = "reminder", _("Reminders")
    INFORMATION = "information", _("News and receipts")


# What somebody must learn of by law or to keep a place; the rest may be declined.
ALWAYS = (Category.BINDING, Category.ACCOUNT)
