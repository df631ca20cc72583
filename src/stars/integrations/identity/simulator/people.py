"""The invented people who can sign in at the simulator.

Their dated codes have a wrong check digit, so they cannot be anybody's. Demo data gives some of them a
history under the same slug.
"""

from dataclasses import dataclass
from datetime import date

from stars.common.person_codes import check_digit

_MINOR_AGE = 16
_SERIAL = 777
# What the national sign-in calls the institution of `institution-employee`; the demonstration gives it to one.
KNOWN_INSTITUTION = "100001"


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedPerson:
    """One invented person; `identifier` is what the national sign-in would call her."""

    slug: str
    given_name: str
    family_name: str
    person_code: str
    birth_date: date | None
    identifier: str
    description_lv: str
    description_en: str


def invented_code(born: date, serial: int) -> str:
    """Return a dated code (eleven digits) for an invented person: right in form, wrong in its check digit.

    `serial` is 0 to 999 and tells apart people born on the same day.
    """
    century = {18: "0", 19: "1", 20: "2"}[born.year // 100]
    first_ten = f"{born:%d%m%y}{century}{serial:03d}"
    wrong = (int(check_digit(first_ten)) + 5) % 10
    return f"{first_ten}{wrong}"


def simulated_people(on: date) -> tuple[SimulatedPerson, ...]:
    """Return everybody who can be chosen, in the order of the page; the minor is 16 on the day `on`."""
    return (*_residents(on), *_without_dated_code(), *_staff(), *_acting_for_others())


def _residents(on: date) -> tuple[SimulatedPerson, ...]:
    return (
        _person(
            "new-citizen",
            "Līga Jaunzeme",
            date(1991, 5, 14),
            lv="piesakās pirmo reizi",
            en="signs in for the first time",
        ),
        _person(
            "citizen",
            "Anna Kalniņa",
            date(1984, 3, 22),
            lv="reģistrēta, strādā",
            en="registered, employed",
        ),
        _person(
            "imk-citizen",
            "Jānis Ozoliņš",
            date(1978, 11, 9),
            lv="apstiprināts individuālajam mācību kontam",
            en="approved for an individual learning account",
        ),
        _person(
            "unemployed-citizen",
            "Mārtiņš Bērziņš",
            date(1996, 8, 30),
            lv="reģistrēts, bezdarbnieks",
            en="registered, unemployed",
        ),
        _person(
            "low-income-citizen",
            "Inese Liepiņa",
            date(1969, 1, 17),
            lv="reģistrēta, maznodrošināta mājsaimniecība",
            en="registered, low-income household",
        ),
        _person(
            "varam-citizen",
            "Valdis Krastiņš",
            date(1958, 10, 14),
            lv="reģistrēts, līmeņa testu vēl nav pildījis",
            en="registered, has not taken the level test yet",
        ),
        _person(
            "correcting-citizen",
            "Dagnija Ķirse",
            date(1989, 4, 6),
            lv="pieteikums atgriezts labošanai",
            en="an application was returned for correction",
        ),
        _person(
            "graduate",
            "Zane Lūse",
            date(1993, 2, 27),
            lv="pabeigusi mācības, jāaizpilda anketa",
            en="has completed learning, a survey is due",
        ),
        _person(
            "expelled-citizen",
            "Normunds Saulītis",
            date(1986, 7, 3),
            lv="atskaitīts no mācībām",
            en="was expelled from learning",
        ),
        _person(
            "tested-citizen",
            "Evija Dūmiņa",
            date(1980, 12, 19),
            lv="gada laikā trīs reizes pildījusi digitālo prasmju testu",
            en="has taken the digital skills test three times within a year",
        ),
        # Born on New Year's Day, so that code and age stay the same for a whole year of development.
        _person(
            "minor", "Emīls Kļaviņš", date(on.year - _MINOR_AGE, 1, 1), lv="16 gadus vecs", en="16 years old"
        ),
    )


def _without_dated_code() -> tuple[SimulatedPerson, ...]:
    return (
        _person(
            "eidas-citizen",
            "Katarzyna Wiśniewska",
            date(1987, 6, 2),
            code="70000000017",
            lv="no Polijas, ar tehnisko personas kodu",
            en="from Poland, with a technical code",
        ),
        _person(
            "new-code-citizen",
            "Sandra Vītola",
            None,
            code="32000000000",
            lv="jaunā parauga personas kods, dzimšanas datums nav zināms",
            en="new-form code, birth date not known",
        ),
    )


def _staff() -> tuple[SimulatedPerson, ...]:
    """Who works for an organisation and signs in as a person; what they may do is a membership's affair."""
    return (
        _person(
            "institution-admin",
            "Ilze Strautmane",
            date(1975, 2, 11),
            lv="izglītības iestādes „Trešā maiņa” administratore",
            en="administrator of the institution “Trešā maiņa”",
        ),
        _person(
            "institution-officer",
            "Kārlis Vanags",
            date(1988, 7, 19),
            lv="izglītības iestādes „Trešā maiņa” darbinieks",
            en="works at the institution “Trešā maiņa”",
        ),
        _person(
            "other-institution-officer",
            "Baiba Siliņa",
            date(1990, 10, 3),
            lv="citas izglītības iestādes darbiniece",
            en="works at another institution",
        ),
        _person(
            "agency-officer",
            "Gunta Egle",
            date(1979, 6, 24),
            lv="aģentūras administratore",
            en="administrator of the agency",
        ),
        _person(
            "second-agency-officer",
            "Juris Lācis",
            date(1985, 12, 8),
            lv="aģentūras darbinieks",
            en="works at the agency",
        ),
        _person(
            "varam-officer",
            "Vita Rozīte",
            date(1982, 9, 15),
            lv="VARAM darbiniece",
            en="works at the ministry VARAM",
        ),
        _person(
            "two-hats",
            "Rihards Eglītis",
            date(1983, 4, 27),
            lv="reģistrēts iedzīvotājs un „Trešās maiņas” darbinieks",
            en="registered resident who works at “Trešā maiņa”",
        ),
    )


def _acting_for_others() -> tuple[SimulatedPerson, ...]:
    return (
        _person(
            "institution-employee",
            "Dace Ozola",
            date(1981, 4, 5),
            acts_for=f"AU:{KNOWN_INSTITUTION}-",
            lv="piesakās kā „Trešās maiņas” darbiniece",
            en="signs in as an employee of “Trešā maiņa”",
        ),
        _person(
            "unknown-institution-employee",
            "Edgars Zariņš",
            date(1977, 1, 29),
            acts_for="AU:999999-",
            lv="piesakās kā darbinieks iestādē, kuru platforma nepazīst",
            en="signs in as an employee of an institution that the platform does not know",
        ),
        _person(
            "proxy",
            "Andris Krūmiņš",
            date(1972, 9, 26),
            acts_for=f"DP:{invented_code(date(1943, 12, 1), _SERIAL)}-",
            lv="piesakās kā cita cilvēka pilnvarotais",
            en="signs in as another person's proxy",
        ),
    )


def _person(
    slug: str, name: str, born: date | None, *, lv: str, en: str, code: str = "", acts_for: str = ""
) -> SimulatedPerson:
    given_name, family_name = name.split(" ")
    if not code and born is not None:
        code = invented_code(born, _SERIAL)
    return SimulatedPerson(
        slug=slug,
        given_name=given_name,
        family_name=family_name,
        person_code=code,
        birth_date=born,
        identifier=f"{acts_for}PK:{code}",
        description_lv=lv,
        description_en=en,
    )
