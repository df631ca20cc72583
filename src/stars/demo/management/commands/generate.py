"""`manage.py generate`: many invented programmes beside the demonstration, for measurements."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stars.demo import clearing, generator


class Command(BaseCommand):
    """Adds to the catalogue of the demonstration; `demo` takes it away again."""

    requires_system_checks = []
    help = "Adds generated programmes to the demonstration catalogue, for measurements."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many, and which ones."""
        parser.add_argument("--programmes", type=int, default=10_000, metavar="N")
        parser.add_argument("--seed", type=int, default=1, metavar="S")

    def handle(self, *, programmes: int, seed: int, verbosity: int, **options: Any) -> None:
        """Add them, and say how many groups there are."""
        started = time.monotonic()
        try:
            groups = generator.add_generated(programmes, seed=seed)
        except clearing.NotForDemo as reason:
            raise CommandError(f"nothing was generated: {reason}") from reason
        if verbosity:
            self.stdout.write(
                f"{programmes} programmes with {groups} groups in {time.monotonic() - started:.1f} s"
            )
