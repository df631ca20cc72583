"""The log by which every web process learns that the catalogue moved.

A reader keeps the oldest transaction that was still running at its last look (`pg_snapshot_xmin`) and reads every
row written by that or a later transaction: a change that commits late is never passed over, some are seen twice.
"""

import pgtrigger
from django.db import models
from django.db.models.functions import Now


class CatalogueChange(models.Model):
    """That a programme, or with no programme the whole catalogue, has to be read again. Written by triggers."""

    id = models.BigAutoField(primary_key=True)
    programme_id = models.BigIntegerField(null=True)
    transaction = models.BigIntegerField(db_index=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        """No foreign key: the row outlives what it speaks about."""

    def __str__(self) -> str:
        return f"{self.programme_id or 'all'}"


_WRITE = """
    INSERT INTO catalogue_cataloguechange (programme_id, transaction)
    VALUES ({programme}, pg_current_xact_id()::text::bigint);
"""


def log_change(name: str, programme: str) -> pgtrigger.Trigger:
    """A trigger that writes a change; `programme` is SQL over `{row}` that gives the programme's id, or NULL for all."""
    deleted = _WRITE.format(programme=programme.replace("{row}", "OLD"))
    written = _WRITE.format(programme=programme.replace("{row}", "NEW"))
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.After,
        # OLD and NEW exist only for their own operations, so the branch is a statement and not an expression.
        func=f"IF TG_OP = 'DELETE' THEN {deleted} ELSE {written} END IF; RETURN NULL;",
    )
