"""`manage.py load_surveys`: our own surveys, published where the survey never was."""

from typing import Any

from django.core.management.base import BaseCommand

from stars.surveys.own_surveys import load_own_surveys


class Command(BaseCommand):
    """Keeps newer versions of our own surveys as drafts; safe to repeat."""

    help = "Loads the platform's own surveys; a survey that was published before is left to the agency."

    def handle(self, *, verbosity: int, **options: Any) -> None:
        """Load, and say what is kept."""
        versions = load_own_surveys()
        if verbosity:
            self.stdout.write(f"own surveys: {', '.join(map(str, versions))}")
