"""Columns of the table of programmes: heading, whether a value is needed, how a cell is read.

The headings are part of the file format and therefore the same in both languages; `docs/how-to/import-programmes.md`
explains them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from stars.catalogue.enums import Schedule, StudyForm, TeachingLanguage, VaramLevel
from stars.catalogue.imports import cells
from stars.catalogue.imports.tables import heading_key
from stars.catalogue.models import Round
from stars.classifiers import queries as classifiers
from stars.classifiers.enums import Kind
from stars.organisations.models import Organisation
from stars.schemes.codes import SchemeCode

REMOTE: Final = "attalinati"
_STUDY_FORMS = {
    "Klātienē": StudyForm.ONSITE,
    "Attālināti": StudyForm.ONLINE,
    "Daļēji klātienē, daļēji attālināti": StudyForm.BLENDED,
}
_SCHEDULES = {
    "Darbdienu vakaros": Schedule.EVENINGS,
    "Darbdienās": Schedule.DAYTIME,
    "Brīvdienās": Schedule.WEEKENDS,
    "Sev ērtā laikā": Schedule.FLEXIBLE,
}
_LANGUAGES = {
    "Latviešu": TeachingLanguage.LATVIAN,
    "Angļu": TeachingLanguage.ENGLISH,
    "Krievu": TeachingLanguage.RUSSIAN,
}
_YES_NO = {"jā": "yes", "nē": "no"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the name of its value, its heading, how a cell is read."""

    name: str
    heading: str
    read: Callable[[object], object]
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """All columns of a programme, of a group, and of the offer of each source."""

    programme: tuple[Column, ...]
    group: tuple[Column, ...]
    offers: Mapping[SchemeCode, tuple[Column, ...]]

    @property
    def all(self) -> tuple[Column, ...]:
        """In the order of the table."""
        return (
            *self.programme,
            *self.group,
            *(column for columns in self.offers.values() for column in columns),
        )


def columns(today: date) -> Columns:
    """The columns, with the values that the classifiers, organisations and rounds offer today."""
    return Columns(_programme(today), _group(today), {scheme: _offer(scheme) for scheme in SchemeCode})


def _programme(today: date) -> tuple[Column, ...]:
    institutions = dict(Organisation.objects.values_list("registration_number", "pk"))
    find = _found(cells.digits(11), institutions)
    return (
        Column("institution_id", "Iestādes reģistrācijas numurs", find, is_required=True),
        Column("code", "Programmas kods", cells.text(40), is_required=True),
        Column("title", "Programmas nosaukums", cells.text(250), is_required=True),
        Column("kind", "Programmas veids", _classifier(Kind.PROGRAMME_KIND, today), is_required=True),
        Column("field", "Mācību nozare", _classifier(Kind.FIELD, today), is_required=True),
        Column("qualification", "Kvalifikācija", _classifier(Kind.QUALIFICATION, today)),
        Column("qualification_level", "Kvalifikācijas līmenis", cells.whole(1, 8)),
        Column("hours", "Stundas", cells.whole(1, 5_000), is_required=True),
        Column("study_form", "Mācību forma", cells.one_of(_keys(_STUDY_FORMS)), is_required=True),
        Column("language", "Mācību valoda", cells.one_of(_keys(_LANGUAGES))),
        Column("summary", "Īss apraksts", cells.lines, is_required=True),
        Column("contents", "Programmas saturs", cells.points, is_required=True),
        Column("outcomes", "Mācību rezultāti", cells.points),
        Column("prior_education", "Prasības iepriekšējai izglītībai", cells.lines, is_required=True),
        Column("prior_knowledge", "Prasības iepriekšējām zināšanām", cells.lines, is_required=True),
        Column("document", "Iegūstamais dokuments", cells.text(250), is_required=True),
        Column("keywords", "Atslēgvārdi", cells.words),
        Column("digcomp_areas", "DigComp jomas", cells.some_of(_named(Kind.DIGCOMP_AREA, today))),
        Column(
            "digcomp_competences",
            "DigComp kompetences",
            cells.some_of(_named(Kind.DIGCOMP_COMPETENCE, today)),
        ),
        Column("digcomp_level", "DigComp līmenis", cells.whole(1, 8)),
        Column(
            "varam_level",
            "Digitālo pamatprasmju līmenis",
            cells.whole(min(VaramLevel.values), max(VaramLevel.values)),
        ),
        Column("contact_name", "Kontaktpersona", cells.text(120)),
        Column("contact_phone", "Kontakttālrunis", cells.text(20)),
        Column("contact_email", "Kontakta e-pasts", cells.email),
        Column("publish", "Publicēt", cells.one_of(_keys(_YES_NO))),
    )


def _group(today: date) -> tuple[Column, ...]:
    places = _named(Kind.MUNICIPALITY, today) | {REMOTE: REMOTE}
    return (
        Column("name", "Grupa", cells.text(80), is_required=True),
        Column("place", "Īstenošanas vieta", cells.one_of(places), is_required=True),
        Column("address", "Adrese", cells.text(250)),
        Column("starts_on", "Sākums", cells.day, is_required=True),
        Column("ends_on", "Beigas", cells.day, is_required=True),
        Column("schedule", "Norises laiks", cells.one_of(_keys(_SCHEDULES)), is_required=True),
        Column("schedule_note", "Norises laika piezīme", cells.text(200)),
        Column("seats_min", "Mazākais vietu skaits", cells.whole(1, 1_000)),
        Column("seats_max", "Vietu skaits", cells.whole(1, 1_000), is_required=True),
    )


def _offer(scheme: SchemeCode) -> tuple[Column, ...]:
    rounds = {
        heading_key(name): key for name, key in Round.objects.filter(scheme=scheme).values_list("name", "pk")
    }
    return (
        Column("round_id", f"{scheme} kārta", _found(cells.text(120), rounds), is_required=True),
        Column("price_cents", f"{scheme} cena", cells.cents, is_required=True),
        Column("copayment_cents", f"{scheme} līdzmaksājums", cells.cents),
        Column("low_income_copayment_cents", f"{scheme} līdzmaksājums maznodrošinātajiem", cells.cents),
    )


def _classifier(kind: Kind, today: date) -> Callable[[object], str]:
    return cells.one_of(_named(kind, today))


def _named(kind: Kind, today: date) -> dict[str, str]:
    """Codes of the values that may be chosen, by either name, by the code and by the number or word in it."""
    named: dict[str, str] = {}
    for value in classifiers.values_of(kind):
        if value.valid_until is None or today <= value.valid_until:
            ways = (value.name_lv, value.name_en, value.code, value.slug, value.slug.replace("-", "."))
            named |= {heading_key(way): value.code for way in ways}
    return named


def _keys(values: Mapping[str, str]) -> dict[str, str]:
    """By the name and by the value itself."""
    return {heading_key(name): str(value) for name, value in values.items()} | {
        str(value): str(value) for value in values.values()
    }


def _found(read: Callable[[object], str], ids: Mapping[str, int]) -> Callable[[object], int]:
    """Reads a name, and gives the id of the row that has it; the names are keys made by `heading_key`."""
    find = cells.one_of({name: name for name in ids})

    def read_id(cell: object) -> int:
        return ids[find(read(cell))]

    return read_id
