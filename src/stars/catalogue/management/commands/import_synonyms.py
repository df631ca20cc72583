"""`manage.py import_synonyms FILE`: words that mean the same to somebody who searches."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from stars.actors.actor import SYSTEM
from stars.catalogue.imports.tables import Unreadable
from stars.catalogue.management.reports import fault_line
from stars.catalogue.operations.imports import import_synonyms


class Command(BaseCommand):
    """Fails when a row was refused, so that a script notices."""

    help = "Adds synonyms from a file with the one column “terms”, its words parted by “|”."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which file, whether it replaces what is there, and whether only to try."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="remove the groups that the file does not name"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")

    def handle(self, *, file: Path, replace: bool, dry_run: bool, **options: Any) -> None:
        """Import, then tell what came of it."""
        try:
            report = import_synonyms(file, by=SYSTEM, replace=replace, dry_run=dry_run)
        except Unreadable as error:
            raise CommandError(str(error)) from error
        for fault in report.faults:
            self.stderr.write(fault_line(fault))
        counts = {"read": report.read, "added": report.added}
        self.stdout.write(_("Groups of synonyms: %(read)s in the file, %(added)s added.") % counts)
        if dry_run:
            self.stdout.write(_("This was a trial: nothing was changed."))
        if report.faults:
            raise CommandError(_("Some rows were refused. Correct them and import the file again."))
