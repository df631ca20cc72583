"""`manage.py load_item_banks`: our own items, offered until somebody else's were published."""

from typing import Any

from django.core.management.base import BaseCommand

from stars.assessments.own_bank import load_own_banks


class Command(BaseCommand):
    """Keeps newer versions of our own banks; safe to repeat."""

    help = "Loads the platform's own items; another bank that was published stays the one that is offered."

    def handle(self, *, verbosity: int, **options: Any) -> None:
        """Load, and say what is kept."""
        for bank in load_own_banks():
            if verbosity:
                self.stdout.write(f"own bank of {bank.instrument}: version {bank.version}")
