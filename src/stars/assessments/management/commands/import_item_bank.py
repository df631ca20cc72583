"""`manage.py import_item_bank FILE`: another bank of items for a self-assessment."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stars.actors.actor import SYSTEM
from stars.assessments import operations
from stars.assessments.bank_files import FaultyBank, read_bank


class Command(BaseCommand):
    """Fails with every reason when the file is faulty; then nothing is kept."""

    help = "Loads a bank of items from a JSON or LimeSurvey .lss file as the next version; --publish offers it from now on."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which file, and whether people are asked its items at once."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", default="", help="whose items these are, when the file does not say")
        parser.add_argument("--publish", action="store_true", help="offer this version from now on")

    def handle(self, *, file: Path, source: str, publish: bool, **options: Any) -> None:
        """Read, keep, publish if wanted; safe to repeat."""
        try:
            bank = operations.load_bank(read_bank(file, source=source), by=SYSTEM)
        except OSError as error:
            raise CommandError(f"{file.name}: {error.strerror}") from error
        except FaultyBank as error:
            raise CommandError(str(error)) from error
        if publish and bank.published_at is None:
            bank = operations.publish_bank(bank, by=SYSTEM)
        state = "published" if bank.published_at else "not published"
        self.stdout.write(f"version {bank.version} with {bank.items.count()} items, {state}")
