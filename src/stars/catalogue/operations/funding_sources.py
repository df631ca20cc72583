"""What people read about the funding sources."""

import tomllib
from pathlib import Path

from django.db import transaction

from stars.actors.actor import SYSTEM, Actor
from stars.actors.permissions import Permission
from stars.audit import operations as audit
from stars.catalogue.models import FundingSource

DATA = Path(__file__).parents[1] / "data" / "funding_sources.toml"
TEXTS = ("name_lv", "name_en", "project_lv", "project_en", "publicity_lv", "publicity_en")


class UnknownText(ValueError):
    """There is no such text about a funding source."""


@transaction.atomic
def load_funding_sources(path: Path = DATA, *, by: Actor = SYSTEM) -> list[str]:
    """Add the sources that are missing and return their codes; a source that is there keeps its own wording."""
    by.must(Permission.CATALOGUE_MANAGE)
    known = set(FundingSource.objects.values_list("scheme", flat=True))
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["source"]
    made = FundingSource.objects.bulk_create(
        [FundingSource(**row) for row in rows if row["scheme"] not in known]
    )
    codes = [source.scheme for source in made]
    if codes:
        audit.record("funding-sources.loaded", by=by, subject="funding-source", details={"added": codes})
    return codes


@transaction.atomic
def set_funding_source(scheme: str, texts: dict[str, str], *, by: Actor) -> list[str]:
    """Correct texts about a source; returns the names of those that changed.

    Raises `UnknownText`, FundingSource.DoesNotExist, and ValidationError for an empty or too long text.
    """
    by.must(Permission.CATALOGUE_MANAGE)
    if not set(texts) <= set(TEXTS):
        raise UnknownText(", ".join(sorted(set(texts) - set(TEXTS))))
    source = FundingSource.objects.select_for_update().get(scheme=scheme)
    changed = [name for name, text in texts.items() if getattr(source, name) != text]
    for name in changed:
        setattr(source, name, texts[name])
    if changed:
        source.full_clean()
        source.save(update_fields=changed)
        audit.record(
            "funding-source.changed",
            by=by,
            subject="funding-source",
            subject_id=scheme,
            details={"fields": changed},
        )
    return changed
