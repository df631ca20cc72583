"""`manage.py load_funding_sources`: the texts about the sources that have none yet."""

from typing import Any

from django.core.management.base import BaseCommand

from stars.catalogue.operations.funding_sources import load_funding_sources


class Command(BaseCommand):
    """Adds missing sources; safe to repeat."""

    help = "Adds the funding sources that are missing; what the agency has corrected stays."

    def handle(self, *, verbosity: int, **options: Any) -> None:
        """Load, and name what was added."""
        added = load_funding_sources()
        if verbosity:
            self.stdout.write(f"added: {', '.join(added) or '-'}")
