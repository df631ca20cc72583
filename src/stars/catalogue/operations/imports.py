"""Writing what staff handed in as a file: each programme whole or not at all, everything else unharmed."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.audit import operations as audit
from stars.catalogue.imports.columns import columns
from stars.catalogue.imports.programmes import Entry, read_programmes
from stars.catalogue.imports.synonyms import read_synonyms
from stars.catalogue.imports.tables import Fault, read_table
from stars.catalogue.models import Programme
from stars.catalogue.operations import programmes, rows
from stars.catalogue.operations.synonyms import add_synonyms, replace_synonyms
from stars.catalogue.types import ProgrammeDraft
from stars.common import clock


@dataclass(frozen=True, slots=True)
class ProgrammesImported:
    """How many programmes were added, changed, found as they were, refused; how many groups; all faults."""

    added: int
    changed: int
    unchanged: int
    refused: int
    groups_added: int
    groups_changed: int
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class SynonymsImported:
    """How many groups the file has, how many of them are new, and all faults."""

    read: int
    added: int
    faults: tuple[Fault, ...]


def import_programmes(
    path: Path,
    *,
    by: Actor,
    dry_run: bool = False,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> ProgrammesImported:
    """Add and correct the file's programmes by institution and code.

    A programme with a faulty row is left out whole; the others are written. With `dry_run` everything is tried and
    taken back. `progress` hears how many programmes are done, of how many. Raises `tables.Unreadable` when the file
    as a whole cannot be used; nothing is written then.
    """
    by.must(Permission.CATALOGUE_MANAGE)
    entries = read_programmes(read_table(path), columns(clock.today()))
    with transaction.atomic():
        with rows.checked_at_once():
            report = _write(entries, by, progress)
        if dry_run:
            transaction.set_rollback(True)
        else:
            details = {"added": report.added, "changed": report.changed, "refused": report.refused}
            audit.record("programmes.imported", by=by, subject="catalogue", details=details)
    return report


def import_synonyms(
    path: Path, *, by: Actor, replace: bool = False, dry_run: bool = False
) -> SynonymsImported:
    """Add the file's groups, or with `replace` have them and no others; faulty rows are left out.

    A file with faults replaces nothing: a typing error must not cost a group. Raises `tables.Unreadable`.
    """
    by.must(Permission.CATALOGUE_MANAGE)
    file = read_synonyms(path)
    if replace and file.faults:
        return SynonymsImported(len(file.groups), 0, file.faults)
    write = replace_synonyms if replace else add_synonyms
    with transaction.atomic():
        added = write(file.groups, by=by)
        if dry_run:
            transaction.set_rollback(True)
    return SynonymsImported(len(file.groups), added, file.faults)


def _write(entries: list[Entry], by: Actor, progress: Callable[[int, int], None]) -> ProgrammesImported:
    outcomes: Counter[str] = Counter()
    faults: list[Fault] = []
    for done, entry in enumerate(entries, start=1):
        entry_faults = list(entry.faults)
        if entry.draft is not None and not entry_faults:
            try:
                with transaction.atomic():
                    outcomes.update(_save(entry.draft, publish=entry.publish, by=by))
            except DatabaseError as error:
                entry_faults = [Fault(entry.row, "", _words(error))]
        outcomes["refused"] += bool(entry_faults)
        faults += entry_faults
        progress(done, len(entries))
    counts = {name: outcomes[name] for name in ("added", "changed", "unchanged", "refused")}
    groups = {name: outcomes[name] for name in ("groups_added", "groups_changed")}
    return ProgrammesImported(**counts, **groups, faults=tuple(sorted(faults, key=lambda fault: fault.row)))


def _save(draft: ProgrammeDraft, *, publish: bool, by: Actor) -> dict[str, int]:
    saved = programmes.save(draft, by=by)
    was_published = False
    if publish:
        was_published = programmes.publish(Programme.objects.get(pk=saved.programme_id), by=by)
    outcome = "added" if saved.is_new else "changed" if saved.is_changed or was_published else "unchanged"
    return {outcome: 1, "groups_added": saved.groups_added, "groups_changed": saved.groups_changed}


def _words(error: DatabaseError) -> str:
    """What a broken rule of the database means to whoever wrote the file."""
    constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    known = {
        "programme_varam_level": _(
            "A programme offered under this source must name the level of basic digital skills."
        ),
        "group_seats_not_exceeded": _("A group has more learners than the file gives it seats."),
        "group_seats_in_order": _("The smallest number of seats is above the number of seats."),
    }
    return known.get(
        constraint or "", _("The programme breaks a rule of the catalogue: %(rule)s.") % {"rule": constraint}
    )
