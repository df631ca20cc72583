"""Taking the earlier demonstration away, and refusing where somebody's work could be lost."""

from datetime import date

from django.apps import apps
from django.conf import settings
from django.db import connection

from stars.demo.people import known_codes
from stars.notices.models import Delivery, DeliveryStatus
from stars.people.models import PersonIdentifier

_CLEARED_APPS = ("merging", "enrolments", "applications", "funding", "catalogue", "organisations", "people")
# The web processes learn from this log that the catalogue moved: it goes on.
_KEPT_TABLES = {"catalogue_cataloguechange"}


class NotForDemo(Exception):
    """The place holds, or may hold, more than demonstration data."""


def must_be_for_demo(today: date) -> None:
    """Raise `NotForDemo` where the settings forbid it, as production does, or somebody is no invention of the simulator."""
    if not settings.DEMO_ALLOWED:
        raise NotForDemo("the settings do not allow demonstration data")
    strangers = PersonIdentifier.objects.exclude(value__in=known_codes(today)).count()
    if strangers:
        raise NotForDemo(f"{strangers} people who are not invented")


def clear() -> None:
    """Empty the tables of people, organisations, catalogue and applications with their history.

    Classifiers, audit and what waits to be sent stay.
    """
    tables = sorted(
        model._meta.db_table for label in _CLEARED_APPS for model in apps.get_app_config(label).get_models()
    )
    names = ", ".join(connection.ops.quote_name(table) for table in tables if table not in _KEPT_TABLES)
    with connection.cursor() as cursor:
        # Checks that wait for the end of a transaction hold on to the rows.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
    Delivery.objects.exclude(status=DeliveryStatus.QUEUED).delete()
