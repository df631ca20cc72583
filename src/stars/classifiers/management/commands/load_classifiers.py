"""`manage.py load_classifiers`: the lists as the files of the product give them."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stars.classifiers import operations


class Command(BaseCommand):
    """Adds and corrects classifier values; safe to repeat."""

    help = "Adds and corrects classifier values from TOML files; closes and deletes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """The product's own files unless another folder is named."""
        parser.add_argument("--folder", type=Path, default=operations.DATA, help="folder with *.toml")

    def handle(self, *, folder: Path, verbosity: int, **options: Any) -> None:
        """Load, and say how much changed."""
        try:
            loaded = operations.load(folder)
        except operations.FaultyFile as error:
            raise CommandError(str(error)) from error
        if verbosity:
            self.stdout.write(f"added {loaded.added}, changed {loaded.changed}, unchanged {loaded.unchanged}")
