"""Invented people who fill the demonstration's groups and queues; nobody signs in as them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from stars.integrations.identity.simulator.people import invented_code
from stars.integrations.registers.simulator.answers import Habit

_GIVEN = (
    *("Agate", "Alvis", "Anete", "Ainars", "Biruta", "Dainis", "Dzintra", "Egils", "Elīna", "Guntis"),
    *("Inga", "Juris", "Kaspars", "Laila", "Māris", "Nellija", "Oskars", "Pēteris", "Raimonds", "Sarmīte"),
    *("Tālis", "Una", "Vilnis", "Zigrīda"),
)
# By the ending of the given name: women and men bear the surname in different forms.
_FAMILY = (
    ("Apse", "Apse"),
    ("Birzniece", "Birznieks"),
    ("Cīrule", "Cīrulis"),
    ("Dzene", "Dzenis"),
    ("Grīnberga", "Grīnbergs"),
    ("Kārkliņa", "Kārkliņš"),
    ("Lapiņa", "Lapiņš"),
    ("Zvirbule", "Zvirbulis"),
    ("Pūce", "Pūce"),
    ("Rudzīte", "Rudzītis"),
    ("Strazdiņa", "Strazdiņš"),
    ("Upīte", "Upītis"),
    ("Vītoliņa", "Vītoliņš"),
)
_JOBS = ("Pārdevēja", "Grāmatvedis", "Autovadītājs", "Skolotāja", "Noliktavas pārzinis", "Medmāsa", "Pavārs")
_EDUCATIONS = ("05", "06", "04", "08", "07")
_MUNICIPALITIES = ("0001000", "0002000", "0040000", "0054000", "0025000", "0051000")
_FIRST_BORN, _STEP_DAYS, _SERIAL = date(1962, 2, 11), 263, 801
SIZE = 48
# One of those who wait for the agency's decision is known to no register, so that there is something to check.
_UNKNOWN_TO_REGISTERS = 34


@dataclass(frozen=True, slots=True)
class Extra:
    """One of them."""

    person_code: str
    given_name: str
    family_name: str
    birth_date: date
    email: str
    phone: str
    education: str
    municipality: str
    occupation: str
    low_income: bool


def extras() -> Iterator[Extra]:
    """Everybody, the same on every day."""
    for number in range(SIZE):
        given, family = name_of(number)
        born = _FIRST_BORN + timedelta(days=number * _STEP_DAYS)
        yield Extra(
            person_code=invented_code(
                born, int(Habit.IGNORANT) if number == _UNKNOWN_TO_REGISTERS else _SERIAL
            ),
            given_name=given,
            family_name=family,
            birth_date=born,
            email=f"klients{number + 1}@klients.example",
            phone=f"+3712000{1100 + number}",
            education=f"edu-{_EDUCATIONS[number % len(_EDUCATIONS)]}",
            municipality=f"muni-{_MUNICIPALITIES[number % len(_MUNICIPALITIES)]}",
            occupation=_JOBS[number % len(_JOBS)],
            low_income=number % 9 == 4,
        )


def name_of(number: int) -> tuple[str, str]:
    """Given name and surname of the one with that number; after some three hundred they come again."""
    given = _GIVEN[number % len(_GIVEN)]
    is_woman = given[-1] in "ae"
    return given, _FAMILY[number % len(_FAMILY)][0 if is_woman else 1]
