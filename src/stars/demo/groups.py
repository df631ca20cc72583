"""Believable groups: when, where, how many seats, who pays and how much."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from stars.catalogue.enums import GroupStatus, Schedule
from stars.catalogue.types import GroupDraft, OfferDraft
from stars.demo.rounds import Phase
from stars.demo.texts import InstitutionText, ProgrammeText

# Share of the price that an MN learner pays, by kind of programme (predecessor of MN: facts 1.1).
_MN_PERCENT_NON_FORMAL, _MN_PERCENT = 5, 10
_NON_FORMAL = ("neformala", "talmaciba", "pasvaditas")
_SUMMER_AND_CHRISTMAS = ((7, 1, 8, 20), (12, 20, 12, 31), (1, 1, 1, 7))


class _Rhythm(NamedTuple):
    """A way to meet: first weekday (Monday is 0), days to the last one, lessons a week for short and long programmes."""

    schedule: Schedule
    weekday: int
    span: int
    lessons: int
    lessons_long: int
    note: str


_ONSITE = (
    _Rhythm(Schedule.EVENINGS, 1, 2, 8, 16, "Otrdienās un ceturtdienās 18.00–21.00"),
    _Rhythm(Schedule.EVENINGS, 0, 2, 8, 16, "Pirmdienās un trešdienās 17.30–20.40"),
    _Rhythm(Schedule.EVENINGS, 2, 0, 4, 16, "Trešdienās 17.30–20.30"),
    _Rhythm(Schedule.WEEKENDS, 5, 0, 8, 16, "Sestdienās 9.00–16.00"),
    _Rhythm(Schedule.WEEKENDS, 4, 1, 12, 16, "Piektdienu vakaros un sestdienās"),
    _Rhythm(Schedule.DAYTIME, 0, 4, 12, 30, "Darbdienās 9.00–14.30, praktiskās nodarbības pa blokiem"),
    _Rhythm(Schedule.DAYTIME, 1, 2, 8, 24, "Otrdienās un ceturtdienās 9.30–12.45"),
)
_ONLINE = (
    _Rhythm(
        Schedule.FLEXIBLE, 0, 4, 8, 16, "Ieraksti pieejami jebkurā laikā, tiešsaistes saruna reizi nedēļā"
    ),
    _Rhythm(
        Schedule.FLEXIBLE, 2, 2, 6, 14, "Uzdevumi sev ērtā laikā, pasniedzēja atsauksme divu darbdienu laikā"
    ),
    _Rhythm(Schedule.EVENINGS, 1, 2, 6, 14, "Tiešsaistē otrdienās un ceturtdienās 18.30–20.45"),
    _Rhythm(Schedule.EVENINGS, 0, 2, 8, 16, "Tiešsaistē pirmdienās un trešdienās 18.00–21.00"),
    _Rhythm(Schedule.WEEKENDS, 5, 0, 6, 12, "Tiešsaistē sestdienās 10.00–15.00"),
)
_LONG_HOURS = 240
# Where it teaches away from home: a classroom with computers, or any room.
_COMPUTER_ROOMS = (
    "Galvenā bibliotēka, datorklase; precīzu laiku paziņo pirms pirmās nodarbības",
    "Pašvaldības datorklase; adresi paziņo, kad grupa nokomplektēta",
    "Vidusskolas datorklase; adresi paziņo, kad grupa nokomplektēta",
)
_ROOMS = (
    "Sadarbības skolas mācību telpas; adresi paziņo, kad grupa nokomplektēta",
    "Pašvaldības mācību klase; adresi paziņo, kad grupa nokomplektēta",
    "Novada uzņēmuma telpas; adresi paziņo pirms pirmās nodarbības",
)
# Where the first day of learning lies, in days from today.
_PHASES = (Phase.PAST, Phase.CLOSING, Phase.OPEN, Phase.NEXT)
_STARTS = {Phase.PAST: (-55, -6), Phase.CLOSING: (24, 70), Phase.OPEN: (35, 150), Phase.NEXT: (65, 210)}
_SEATS = {"university": (15, 30), "college": (12, 24), "school": (8, 20), "municipality": (8, 12)}


class Setting(NamedTuple):
    """What all groups of the demonstration share: today, and rounds by scheme and phase (their ids)."""

    today: date
    rounds: Mapping[tuple[str, Phase], int]


class Course(NamedTuple):
    """A programme at an institution, and its full price there in euros."""

    institution: InstitutionText
    programme: ProgrammeText
    price_eur: int


def make_groups(course: Course, setting: Setting, chance: Random) -> tuple[GroupDraft, ...]:
    """One to five groups; the first one is at home and open now, and every source of the programme pays for it."""
    count = chance.choices((1, 2, 3, 4, 5), weights=(8, 20, 32, 25, 15))[0]
    return tuple(_group(course, number, setting, chance) for number in range(count))


def _group(course: Course, number: int, setting: Setting, chance: Random) -> GroupDraft:
    institution, programme = course.institution, course.programme
    phase = _phase(programme, chance) if number else Phase.OPEN
    schemes = _schemes(programme, chance) if number else programme.schemes
    is_remote = programme.study_form == "online"
    place = institution.places[number % len(institution.places)]
    rhythm = chance.choice(_ONLINE if is_remote else _ONSITE)
    is_long = programme.hours >= _LONG_HOURS
    starts_on = _first_day(setting.today, phase, rhythm, chance)
    weeks = -(-programme.hours // (rhythm.lessons_long if is_long else rhythm.lessons))
    seats = chance.randint(*_SEATS.get(institution.kind, (10, 20)))
    return GroupDraft(
        name=f"{number + 1}. grupa",
        municipality=None if is_remote else f"muni-{place}",
        address="" if is_remote else _address(course, place, chance),
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=7 * (weeks - 1) + rhythm.span),
        schedule=rhythm.schedule.value,
        schedule_note="" if is_long else rhythm.note,
        seats_min=max(1, seats // 2),
        seats_max=seats,
        status=_status(number, phase, chance).value,
        offers=tuple(_offer(course, scheme, phase, setting) for scheme in schemes),
    )


def _offer(course: Course, scheme: str, phase: Phase, setting: Setting) -> OfferDraft:
    """The round of this phase, or the open one where the scheme has none; low-income learners pay nothing."""
    known = setting.rounds.get((scheme, phase)) or setting.rounds[scheme, Phase.OPEN]
    percent = _MN_PERCENT_NON_FORMAL if course.programme.kind in _NON_FORMAL else _MN_PERCENT
    return OfferDraft(
        round_id=known,
        price_cents=course.price_eur * 100,
        copayment_cents=course.price_eur * percent if scheme == "MN" else 0,
    )


def _phase(programme: ProgrammeText, chance: Random) -> Phase:
    if "MN" in programme.schemes:
        return chance.choices(_PHASES, weights=(12, 16, 56, 16))[0]
    return Phase.OPEN if "VARAM" in programme.schemes or chance.random() > 0.15 else Phase.PAST


def _schemes(programme: ProgrammeText, chance: Random) -> tuple[str, ...]:
    """Mostly all of the programme's; a group may be paid for by one alone."""
    return programme.schemes if chance.random() < 0.7 else (chance.choice(programme.schemes),)


def _first_day(today: date, phase: Phase, rhythm: _Rhythm, chance: Random) -> date:
    """A day of the rhythm's weekday, not in the holidays of summer and Christmas."""
    day = today + timedelta(days=chance.randint(*_STARTS[phase]))
    day += timedelta(days=(rhythm.weekday - day.weekday()) % 7)
    while _is_holiday(day):
        day += timedelta(days=7)
    return day


def _is_holiday(day: date) -> bool:
    return any((m1, d1) <= (day.month, day.day) <= (m2, d2) for m1, d1, m2, d2 in _SUMMER_AND_CHRISTMAS)


def _address(course: Course, place: str, chance: Random) -> str:
    if place == course.institution.municipality:
        return course.institution.address
    return chance.choice(_COMPUTER_ROOMS if course.programme.digcomp_areas else _ROOMS)


def _status(number: int, phase: Phase, chance: Random) -> GroupStatus:
    """Now and then a group is cancelled, or only planned while its round is still to come."""
    draw = chance.random()
    if number and draw < 0.03:
        return GroupStatus.CANCELLED
    return GroupStatus.PLANNED if phase is Phase.NEXT and draw < 0.15 else GroupStatus.PUBLISHED
