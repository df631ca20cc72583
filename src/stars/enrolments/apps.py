"""Learning: contract, attendance, outcome."""

from django.apps import AppConfig


class EnrolmentsConfig(AppConfig):
    """What follows admission."""

    name = "stars.enrolments"
    label = "enrolments"
