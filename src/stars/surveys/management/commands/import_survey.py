"""`manage.py import_survey FILE`: the next version of a survey."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stars.actors.actor import SYSTEM
from stars.surveys import operations
from stars.surveys.reading import LARGEST_BYTES, read_file, too_large
from stars.surveys.tables import FaultySurvey


class Command(BaseCommand):
    """Fails with every reason when the file is faulty; then nothing is kept."""

    help = "Loads a survey from a JSON file as its next version; --publish asks with it from now on."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which file, and whether people are asked with it at once."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--publish", action="store_true", help="ask with this version from now on")

    def handle(self, *, file: Path, publish: bool, **options: Any) -> None:
        """Read, keep, publish if wanted; safe to repeat."""
        try:
            if file.stat().st_size > LARGEST_BYTES:
                raise too_large(file.name)
            version = operations.load(read_file(file.name, file.read_bytes()), by=SYSTEM)
        except OSError as error:
            raise CommandError(f"{file.name}: {error.strerror}") from error
        except FaultySurvey as error:
            raise CommandError(str(error)) from error
        if publish and version.published_at is None:
            version = self._published(version, file)
        state = "published" if version.published_at else "not published"
        self.stdout.write(f"{version.survey}, version {version.version}, {state}")

    def _published(self, version: Any, file: Path) -> Any:
        try:
            return operations.publish(version, by=SYSTEM)
        except operations.Outdated as error:
            raise CommandError(f"{file.name}: a newer version is published") from error
