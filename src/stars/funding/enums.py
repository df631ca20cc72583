"""Kinds of movements of money."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryKind(models.TextChoices):
    """What a movement did (ieraksta veids); facts 1.2."""

    GRANT = "grant", _("Granted")
    RESERVATION = "reservation", _("Reserved")
    RELEASE = "release", _("Released")
    PAYMENT = "payment", _("Paid")
    EXPIRY = "expiry", _("Expired")
    CORRECTION = "correction", _("Corrected")


# Movements that count against the budget of the round that they name.
IN_BUDGET = (EntryKind.RESERVATION, EntryKind.RELEASE, EntryKind.PAYMENT)
# What a correction may reverse: a hold is released, never corrected. A correction that was a mistake is reversed too.
CORRECTABLE = (EntryKind.GRANT, EntryKind.PAYMENT, EntryKind.EXPIRY, EntryKind.CORRECTION)
