"""Rounds of applications."""

from dataclasses import asdict

from django.db import transaction

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.audit import operations as audit
from stars.catalogue.models import Round
from stars.catalogue.types import RoundDraft


@transaction.atomic
def save_round(draft: RoundDraft, *, by: Actor) -> Round:
    """Make the round, or correct the one of this name under the scheme: open it longer, close it earlier.

    Periods out of order break a constraint (IntegrityError).
    """
    by.must(Permission.CATALOGUE_MANAGE)
    wanted = asdict(draft)
    known = Round.objects.select_for_update().filter(scheme=draft.scheme, name=draft.name).first()
    if known is None:
        made = Round.objects.create(**wanted)
        audit.record("round.created", by=by, subject="round", subject_id=made.pk)
        return made
    changed = [name for name, value in wanted.items() if getattr(known, name) != value]
    for name in changed:
        setattr(known, name, wanted[name])
    if changed:
        known.save(update_fields=changed)
        audit.record(
            "round.changed", by=by, subject="round", subject_id=known.pk, details={"fields": changed}
        )
    return known
