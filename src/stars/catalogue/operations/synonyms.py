"""Words that mean the same to somebody who searches."""

from collections.abc import Iterable

from django.db import transaction

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.audit import operations as audit
from stars.catalogue.models import SynonymGroup


@transaction.atomic
def add_synonyms(groups: Iterable[tuple[str, ...]], *, by: Actor) -> int:
    """Add the groups that are not known yet, whatever the order of their terms; returns how many."""
    by.must(Permission.CATALOGUE_MANAGE)
    known = {_key(terms) for terms in SynonymGroup.objects.values_list("terms", flat=True)}
    new: dict[frozenset[str], tuple[str, ...]] = {}
    for terms in groups:
        if _key(terms) not in known:
            new.setdefault(_key(terms), terms)
    return _insert(list(new.values()), removed=0, by=by)


@transaction.atomic
def replace_synonyms(groups: Iterable[tuple[str, ...]], *, by: Actor) -> int:
    """Have these groups and no others; returns how many are new."""
    by.must(Permission.CATALOGUE_MANAGE)
    wanted = {_key(terms): terms for terms in groups}
    known = {_key(group.terms): group.pk for group in SynonymGroup.objects.select_for_update().order_by("pk")}
    stale = [pk for key, pk in known.items() if key not in wanted]
    SynonymGroup.objects.filter(pk__in=stale).delete()
    return _insert([terms for key, terms in wanted.items() if key not in known], removed=len(stale), by=by)


def _insert(groups: list[tuple[str, ...]], *, removed: int, by: Actor) -> int:
    SynonymGroup.objects.bulk_create([SynonymGroup(terms=list(terms)) for terms in groups])
    if groups or removed:
        details = {"added": len(groups), "removed": removed}
        audit.record("synonyms.changed", by=by, subject="synonyms", details=details)
    return len(groups)


def _key(terms: Iterable[str]) -> frozenset[str]:
    return frozenset(term.casefold() for term in terms)
