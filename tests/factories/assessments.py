"""Small banks of items, published as the agency does, and attempts answered as people answer."""

from stars.actors.actor import SYSTEM, Actor
from stars.assessments import operations
from stars.assessments.bank_files import BankFile, Option, Row
from stars.assessments.enums import Instrument, Scale
from stars.assessments.models import Attempt, Item, ItemBank

COMPETENCES = [
    f"dccomp-{area}-{number}" for area, last in enumerate((3, 6, 4, 4, 4), 1) for number in range(1, last + 1)
]


def make_bank(
    count: int = 21,
    *,
    digest: str = "a",
    instrument: Instrument = Instrument.DIGITAL_SKILLS,
    scale: Scale = Scale.SKILL,
    source: str = "STARS: our own statements",
) -> ItemBank:
    """A published bank of so many items, one competence after the other; choices have option 1 for the right one."""
    options = tuple(Option(f"Atbilde {n}", f"Answer {n}") for n in range(3)) if scale is Scale.CHOICE else ()
    rows = tuple(
        Row(
            code=f"{digest}{number}",
            competence=COMPETENCES[number % len(COMPETENCES)],
            scale=scale,
            text_lv=f"Es protu {number}. lietu.",
            text_en=f"I can do thing {number}.",
            options=options,
            right=1 if options else None,
        )
        for number in range(count)
    )
    file = BankFile(instrument, "Tests", "Test", "DigComp 2.2", source, digest, rows)
    return operations.publish_bank(operations.load_bank(file, by=SYSTEM), by=SYSTEM)


def taken(by: Actor, value: int | None = 2, *, but: dict[str, int | None] | None = None) -> Attempt:
    """A finished attempt at digital skills: the same answer to every item but for those of some competences."""
    attempt = operations.start(Instrument.DIGITAL_SKILLS, by=by)
    exceptions = but or {}
    values = {
        item.code: exceptions.get(item.competence_id or "", value)
        for item in Item.objects.filter(pk__in=attempt.asked).order_by("position")
    }
    operations.answer(attempt, values, by=by)
    operations.finish(attempt, by=by)
    return Attempt.objects.get(pk=attempt.pk)
