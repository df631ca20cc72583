"""Which institution teaches which programme: every text once, then the same courses elsewhere."""

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from stars.demo.texts import InstitutionText, ProgrammeText

# What several institutions of one country really do share: modules, short courses, the levels of basic skills.
_SHARED_KINDS = ("modulis", "modulu-kopa", "neformala", "pilnveide")
_VARAM_EACH = 8


class Placement(NamedTuple):
    """A programme at an institution; `copy` is 0 where the text was written for, then 1, 2, …"""

    institution: InstitutionText
    programme: ProgrammeText
    copy: int


def place(
    programmes: Sequence[ProgrammeText], institutions: Sequence[InstitutionText], wanted: int, chance: Random
) -> list[Placement]:
    """At least each text once, and as many of the `wanted` programmes as the institutions' fields allow.

    No institution gets a title twice. The load is spread evenly.
    """
    load: Counter[str] = Counter()
    placed: list[Placement] = []
    taken: set[tuple[str, str]] = set()

    def add(institution: InstitutionText, programme: ProgrammeText, copy: int) -> None:
        load[institution.slug] += 1
        taken.add((institution.slug, programme.title))
        placed.append(Placement(institution, programme, copy))

    for programme in programmes:
        candidates = _candidates(programme, institutions)
        add(min(candidates, key=lambda one: (load[one.slug], chance.random())), programme, 0)
    copies = Counter(programme.slug for programme in programmes)
    for institution, programme in _further(programmes, institutions, chance):
        if len(placed) >= wanted:
            break
        if (institution.slug, programme.title) not in taken:
            add(institution, programme, copies[programme.slug])
            copies[programme.slug] += 1
    return placed


def _candidates(programme: ProgrammeText, institutions: Sequence[InstitutionText]) -> list[InstitutionText]:
    """Institutions of the kind and field; where there are none, of the kind alone."""
    of_kind = [one for one in institutions if one.kind == programme.institution]
    return [one for one in of_kind if programme.field in one.fields] or of_kind


def _further(
    programmes: Sequence[ProgrammeText], institutions: Sequence[InstitutionText], chance: Random
) -> list[tuple[InstitutionText, ProgrammeText]]:
    """Where else a course could be, in the order in which it is tried: basic skills, shared kinds, the rest."""
    basic, shared, rest = [], [], []
    levels = [programme for programme in programmes if programme.varam_level is not None]
    for institution in (one for one in institutions if one.kind == "municipality"):
        basic += [
            (institution, programme) for programme in chance.sample(levels, min(_VARAM_EACH, len(levels)))
        ]
    for programme in programmes:
        pairs = [(institution, programme) for institution in _candidates(programme, institutions)]
        if programme.kind in _SHARED_KINDS and programme.varam_level is None:
            shared += pairs
        else:
            rest += pairs
    for pairs in (shared, rest):
        chance.shuffle(pairs)
    return [*basic, *shared, *rest]
