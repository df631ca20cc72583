"""`manage.py import_programmes FILE`: programmes with their groups from a table."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from stars.actors.actor import SYSTEM
from stars.catalogue.imports.tables import Unreadable
from stars.catalogue.management.reports import fault_line
from stars.catalogue.operations.imports import ProgrammesImported, import_programmes

_TELL_EVERY = 50


class Command(BaseCommand):
    """Fails when a row was refused, so that a script notices."""

    help = "Adds and corrects programmes from .xlsx or .csv; docs/how-to/import-programmes.md describes the columns."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which file, and whether only to try."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")

    def handle(self, *, file: Path, dry_run: bool, verbosity: int, **options: Any) -> None:
        """Import, tell how far it is, then what came of it."""

        def progress(done: int, of: int) -> None:
            if verbosity and (done % _TELL_EVERY == 0 or done == of):
                self.stdout.write(f"{done} / {of}")

        try:
            report = import_programmes(file, by=SYSTEM, dry_run=dry_run, progress=progress)
        except Unreadable as error:
            raise CommandError(str(error)) from error
        for fault in report.faults:
            self.stderr.write(fault_line(fault))
        self.stdout.write(_summary(report))
        if dry_run:
            self.stdout.write(_("This was a trial: nothing was changed."))
        if report.faults:
            raise CommandError(_("Some rows were refused. Correct them and import the file again."))


def _summary(report: ProgrammesImported) -> str:
    programmes = _(
        "Programmes: %(added)s added, %(changed)s changed, %(unchanged)s unchanged, %(refused)s refused."
    )
    groups = _("Groups: %(added)s added, %(changed)s changed.")
    return "\n".join(
        (
            programmes
            % {
                "added": report.added,
                "changed": report.changed,
                "unchanged": report.unchanged,
                "refused": report.refused,
            },
            groups % {"added": report.groups_added, "changed": report.groups_changed},
        )
    )
