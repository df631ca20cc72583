"""The catalogue under test, in the database that this process and the server share."""

import time
from typing import Any

from stars.actors.actor import SYSTEM
from stars.catalogue.enums import ProgrammeStatus
from stars.catalogue.models import Group, Programme
from stars.catalogue.operations import programmes as catalogue
from stars.catalogue.types import ProgrammeDraft
from stars.demo import clearing, generator, operations

_SAME = (
    *(
        "institution_id",
        "code",
        "hours",
        "study_form",
        "summary",
        "contents",
        "prior_education",
        "prior_knowledge",
    ),
    *("document", "language", "outcomes", "qualification_level", "digcomp_level", "varam_level"),
    *("contact_name", "contact_phone", "contact_email"),
)
_LISTS = ("keywords", "digcomp_areas", "digcomp_competences")


def count() -> int:
    """How many programmes there are."""
    return Programme.objects.filter(status=ProgrammeStatus.PUBLISHED).count()


def anew() -> None:
    """Take away whoever else was measured with: the generator adds to nothing but the demonstration."""
    clearing.clear()
    operations.make_anew(with_story=True)


def fill(programmes: int) -> str:
    """Add programmes until there are so many; says what there is then."""
    begun = time.monotonic()
    generator.add_generated(max(0, programmes - count()))
    groups = Group.objects.count()
    return f"{count():,} programmes, {groups:,} groups: {time.monotonic() - begun:.1f} s"


def titles() -> list[tuple[str, str]]:
    """Every title with the code of its field as it stands in addresses."""
    rows = Programme.objects.order_by("pk").values_list("title", "field_id")
    return [(title, field.removeprefix("field-")) for title, field in rows]


def change_title(place: int, title: str) -> int:
    """Correct the title of one programme as staff does; gives its id."""
    programme = Programme.objects.filter(status=ProgrammeStatus.PUBLISHED).order_by("pk")[place]
    values: dict[str, Any] = {name: getattr(programme, name) for name in _SAME}
    values |= {name: tuple(getattr(programme, name)) for name in _LISTS}
    draft = ProgrammeDraft(
        title=title,
        kind=programme.kind_id,
        field=programme.field_id,
        qualification=programme.qualification_id,
        **values,
    )
    return catalogue.save(draft, by=SYSTEM).programme_id
