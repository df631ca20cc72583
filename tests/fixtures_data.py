"""Data that every database test finds: the classifiers. A plugin that `tests/conftest.py` names."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models.signals import post_migrate

from stars.actors.actor import SYSTEM
from stars.audit.models import AuditEvent
from stars.classifiers import operations


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Load the classifiers once; they are loaded again after each test with real transactions, which empties all tables."""
    with django_db_blocker.unblock():
        _load_classifiers()
    # `flush` sends this signal when it is done; nothing else comes between it and the next test.
    post_migrate.connect(_load_classifiers, sender=apps.get_app_config("classifiers"))


def _load_classifiers(**_options: Any) -> None:
    operations.load(by=SYSTEM)
    # The record begins empty for each test, as do all other tables; the queue's are not Django's to be emptied.
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {AuditEvent._meta.db_table} RESTART IDENTITY")
        cursor.execute("TRUNCATE procrastinate_jobs RESTART IDENTITY CASCADE")
