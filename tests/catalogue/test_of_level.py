"""Which programmes of a level are offered, and in which order."""

from datetime import date

from stars.catalogue.of_level import SOURCES, Home, of_level
from stars.catalogue.search.types import REMOTE, GroupDocument, OfferDocument, ProgrammeDocument

NOW = 1_000.0
HOME = Home("0001000", "region-riga")


def offer(scheme: str = "varam", opens: float = 0, closes: float = 2_000) -> OfferDocument:
    return OfferDocument(scheme, opens, closes, 0, 0)


def programme(
    number: int,
    *places: str,
    level: int | None = 1,
    offers: tuple[OfferDocument, ...] | None = None,
    day: int = 1,
) -> ProgrammeDocument:
    group = GroupDocument(number, places, date(2027, 1, day), offers=(offer(),) if offers is None else offers)
    return ProgrammeDocument(
        number, f"Programma {number:02d}", "i", "I", "k", "f", varam_level=level, groups=(group,)
    )


REST = programme(1, "0002000", "region-zemgale", day=1)
REMOTELY = programme(2, REMOTE, day=2)
REGION = programme(3, "0003000", "region-riga", day=3)
OWN_LATER = programme(4, "0001000", "region-riga", day=9)
OWN = programme(5, "0001000", "region-riga", day=4)
ALL = [REST, REMOTELY, REGION, OWN_LATER, OWN]


def numbers(found: list[ProgrammeDocument]) -> list[int]:
    return [each.id for each in found]


def test_only_varam_stands_behind_the_test() -> None:
    assert sorted(SOURCES) == ["varam"]


def test_the_nearest_stand_first() -> None:
    assert numbers(of_level(ALL, 1, home=HOME, now=NOW)) == [5, 4, 3, 2, 1]


def test_the_wanted_one_leads_wherever_it_is() -> None:
    assert numbers(of_level(ALL, 1, home=HOME, now=NOW, first=1)) == [1, 5, 4, 3, 2]


def test_a_wanted_one_of_another_level_is_not_offered() -> None:
    other = programme(9, "0001000", level=2)
    assert numbers(of_level([*ALL, other], 1, home=HOME, now=NOW, first=9)) == [5, 4, 3, 2, 1]
    assert numbers(of_level([*ALL, other], 2, home=HOME, now=NOW)) == [9]


def test_who_has_not_said_where_they_live_sees_what_is_taught_remotely_first() -> None:
    assert numbers(of_level(ALL, 1, home=Home(), now=NOW)) == [2, 1, 3, 5, 4]


def test_what_takes_no_applications_from_the_source_is_left_out() -> None:
    closed = [
        programme(1, offers=(offer(closes=NOW),)),
        programme(2, offers=(offer(opens=NOW + 1),)),
        programme(3, offers=(offer("imk"),)),
        programme(4, offers=()),
        programme(5, level=None),
    ]
    assert of_level(closed, 1, home=HOME, now=NOW) == []


def test_only_groups_that_are_open_count_as_near() -> None:
    near = GroupDocument(1, ("0001000",), offers=(offer(closes=NOW),))
    far = GroupDocument(2, ("0002000",), offers=(offer(),))
    torn = ProgrammeDocument(7, "A", "i", "I", "k", "f", varam_level=1, groups=(near, far))
    assert numbers(of_level([torn, REMOTELY], 1, home=HOME, now=NOW)) == [2, 7]
