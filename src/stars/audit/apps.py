"""What happened, and who looked."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Append-only record of domain events."""

    name = "stars.audit"
    label = "audit"
