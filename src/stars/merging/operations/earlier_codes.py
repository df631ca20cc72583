"""Asking the population register later about people who came while it was silent."""

from collections.abc import Iterator

from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from stars.actors.actor import SYSTEM
from stars.audit import operations as audit
from stars.common import clock
from stars.common.rows import each
from stars.integrations.registers import client
from stars.integrations.registers.types import Codes, Said
from stars.merging.operations.proposals import AlreadyProposed, MustBeSettledFirst, propose_found
from stars.people import queries as people
from stars.people.enums import Language
from stars.people.models import Person, PersonIdentifier

_AT_ONCE = 200
# After so many silences in a row the register is down, and the next run tries again.
_SILENCES = 3


def ask_unasked() -> int:
    """Ask about those who are still to be asked about; returns how many proposals to merge are open after it.

    Whoever was tried longest ago is first: those about whom the register never answers come back after everybody else.
    Each person is a transaction of their own: a run that is cut off leaves the rest to the next, and what was proposed
    is not proposed twice.
    """
    waiting = Person.objects.filter(earlier_codes_unasked=True, merged_into__isnull=True)
    turns = waiting.order_by(F("earlier_codes_tried_at").asc(nulls_first=True), "created_at", "pk")
    return each(_answered(list(turns[:_AT_ONCE])), lambda row: _keep(*row))


def _answered(persons: list[Person]) -> Iterator[tuple[Person, Codes]]:
    """About whom the register said something; nobody more when it is down."""
    silent = 0
    for person in persons:
        # Before anything can go wrong with this one: whatever comes of it, the others have their turn first.
        Person.objects.filter(pk=person.pk).update(earlier_codes_tried_at=clock.now())
        code = people.person_code(person)
        codes = client.codes_of(code.digits) if code else Codes(Said.UNKNOWN)
        if codes.said is Said.FAILED:
            silent += 1
            if silent == _SILENCES:
                break
            continue
        silent = 0
        yield person, codes


def _keep(person: Person, codes: Codes) -> int:
    """Propose to merge with whoever has another of the codes; how many proposals that makes."""
    row = Person.objects.select_for_update().get(pk=person.pk)
    if not row.earlier_codes_unasked:
        return 0
    others = Person.objects.filter(
        pk__in=PersonIdentifier.objects.filter(value__in=codes.codes).values("person_id"), merged_into=None
    ).exclude(pk=row.pk)
    proposed = 0
    with translation.override(Language.LATVIAN):
        reason = _("The register of natural persons names both codes as one person's.")
    is_whole = True
    for other in others.order_by("created_at", "pk"):
        kept, merged = (other, row) if other.created_at <= row.created_at else (row, other)
        try:
            propose_found(kept, merged, reason)
        except (AlreadyProposed, MustBeSettledFirst):
            # Another proposal about one of them comes first; this one is made when that is settled.
            is_whole = False
        else:
            proposed += 1
    if is_whole:
        row.earlier_codes_unasked = False
        row.save(update_fields=["earlier_codes_unasked"])
        audit.record("person.earlier-codes-asked", by=SYSTEM, subject="person", subject_id=row.pk)
    return proposed
