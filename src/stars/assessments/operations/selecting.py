"""Which questions of the bank a new attempt at the level test asks."""

from stars.assessments.enums import Instrument, Scale
from stars.assessments.models import Attempt, Item
from stars.assessments.selection import Candidate, select


def selected_for(attempt: Attempt) -> list[int]:
    """Keys of a part of the bank, chosen by the attempt's own number; not those that the person was asked last.

    Questions are told apart by their words: a newer bank may hold the same ones.
    """
    texts = _asked_last(attempt)
    rows = attempt.bank.items.order_by("position").values_list(
        "pk", "level", "competence__parent", "scale", "text_lv"
    )
    candidates, avoid = [], set()
    for key, level, area, scale, text in rows:
        candidates.append(Candidate(key, level or 1, area or "", is_choice=scale == Scale.CHOICE))
        if text in texts:
            avoid.add(key)
    return list(select(candidates, seed=attempt.public_id.int, avoid=avoid))


def _asked_last(attempt: Attempt) -> set[str]:
    before = (
        Attempt.objects.filter(person=attempt.person_id, bank__instrument=Instrument.LEVEL)
        .order_by("-started_at", "-pk")
        .values_list("asked", flat=True)
        .first()
    )
    return set(Item.objects.filter(pk__in=before or []).values_list("text_lv", flat=True))
