"""Who they are: of every age and from most municipalities, with a profile and accepted texts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from stars.common import clock
from stars.demo.crowd import name_of
from stars.integrations.identity.simulator.people import invented_code
from stars.people.enums import Document, IdentifierKind
from stars.people.models import Consent, Person, PersonIdentifier, Profile
from stars.people.texts import current_version

# How many live where; of some there are so few that reports have to hide them, of the rest of Latvia there is nobody.
_LIVE_IN: Final = {
    "0001000": 118,  # Rīga
    "0002000": 56,  # Daugavpils
    "0005000": 50,  # Liepāja
    "0003000": 46,  # Jelgava
    "0054000": 44,  # Valmieras novads
    "0040000": 38,  # Ogres novads
    "0006000": 34,  # Rēzekne
    "0031000": 30,  # Jēkabpils novads
    "0026000": 9,  # Cēsu novads
    "0052000": 7,  # Tukuma novads
    "0033000": 6,  # Kuldīgas novads
    "0021000": 3,  # Alūksnes novads
    "0032000": 2,  # Krāslavas novads
    "0053000": 1,  # Valkas novads
}
_UNKNOWN: Final = 8
# First year of birth, number of years, and how many in a hundred: the young, the middle-aged and the old know the less.
_BORN: Final = ((2009, 3, 2), (1998, 9, 27), (1973, 24, 46), (1946, 26, 25))
# What somebody can do, from 0 to 1, by the first year of birth.
_CAN: Final = {2009: 0.62, 1998: 0.66, 1973: 0.56, 1946: 0.44}
_SPREAD: Final = 0.23
_ADULT_SINCE: Final = 2006
_PENSIONER_BEFORE: Final = 1962
_STATUSES: Final = ("employee", "employee", "employee", "self-employed", "unemployed", "parental-leave")
_EDUCATIONS: Final = ("04", "05", "06", "07", "08", "09")
# The numbers of their codes; the story's people have others.
_FIRST_SERIAL: Final = 100
_SEED: Final = 20_261_102


@dataclass(frozen=True, slots=True)
class Resident:
    """One of them, the same on every day; `skill` is how much of what the tests ask they can do, from 0 to 1."""

    number: int
    person_code: str
    birth_date: date
    municipality: str | None
    skill: float

    @property
    def is_adult(self) -> bool:
        """Old enough to apply."""
        return self.birth_date.year <= _ADULT_SINCE


def residents() -> Iterator[Resident]:
    """Everybody, in an order that mixes places and ages."""
    chance = Random(_SEED)  # noqa: S311  believable data, no secret
    places = [f"muni-{code}" for code, count in _LIVE_IN.items() for _ in range(count)]
    homes: list[str | None] = [*places, *[None] * _UNKNOWN]
    chance.shuffle(homes)
    bands = chance.choices(_BORN, weights=[share for _, _, share in _BORN], k=len(homes))
    for number, (home, (first, years, _)) in enumerate(zip(homes, bands, strict=True)):
        born = date(first, 1, 1) + timedelta(days=chance.randrange(365 * years))
        skill = min(0.97, max(0.03, chance.gauss(_CAN[first], _SPREAD)))
        yield Resident(number, invented_code(born, _FIRST_SERIAL + number), born, home, skill)


def register(many: list[Resident]) -> list[Person]:
    """A person for each, as if they had signed in, accepted the texts and filled in their profile."""
    now, today = clock.now(), clock.today()
    persons = Person.objects.bulk_create([_person(who) for who in many])
    pairs = list(zip(many, persons, strict=True))
    PersonIdentifier.objects.bulk_create(
        PersonIdentifier(
            person=person, value=who.person_code, kind=IdentifierKind.DATED, valid_from=who.birth_date
        )
        for who, person in pairs
    )
    Profile.objects.bulk_create(_profile(who, person) for who, person in pairs)
    versions = {document: current_version(document, on=today) for document in Document}
    Consent.objects.bulk_create(
        Consent(person=person, document=document, version=version, accepted_at=now)
        for person in persons
        for document, version in versions.items()
    )
    return persons


def _person(who: Resident) -> Person:
    given, family = name_of(who.number)
    return Person(
        given_name=given,
        family_name=family,
        birth_date=who.birth_date,
        email=f"iedzivotajs{who.number + 1}@klients.example",
        email_confirmed_at=clock.now(),
        phone=f"+37121{who.number:06d}",
    )


def _profile(who: Resident, person: Person) -> Profile:
    return Profile(
        person=person,
        economic_status_id=f"econ-{_status(who)}",
        education_id=f"edu-{_EDUCATIONS[who.number % len(_EDUCATIONS)] if who.is_adult else '02'}",
        registration_reasons=["reason-assess-skills"],
        fields_of_interest=["field-digitalas"],
        how_heard=["heard-municipality"],
        municipality_id=who.municipality,
    )


def _status(who: Resident) -> str:
    if not who.is_adult:
        return "student"
    if who.birth_date.year < _PENSIONER_BEFORE:
        return "pensioner"
    return _STATUSES[who.number % len(_STATUSES)]
