"""`manage.py demo`: demonstration data anew, dated from today."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stars.demo import clearing, operations


class Command(BaseCommand):
    """Takes the earlier demonstration away; refuses where real people are known."""

    # The data do not depend on pages, and the checks would load all of them.
    requires_system_checks = []
    help = "Makes the demonstration data anew, dated from today. The earlier one is taken away."

    def add_arguments(self, parser: CommandParser) -> None:
        """How large a catalogue."""
        parser.add_argument("--programmes", type=int, default=operations.PROGRAMMES, metavar="N")

    def handle(self, *, programmes: int, verbosity: int, **options: Any) -> None:
        """Make it, and say what there is now."""
        started = time.monotonic()
        try:
            made = operations.make_anew(programmes, with_story=True)
        except clearing.NotForDemo as reason:
            raise CommandError(f"no demonstration data here: {reason}") from reason
        if verbosity:
            self.stdout.write(
                f"{made.programmes} programmes, {made.institutions} organisations, {made.people} people "
                f"in {time.monotonic() - started:.1f} s"
            )
