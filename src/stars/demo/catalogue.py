"""Programmes of the demonstration, out of texts, places and chance. The same seed gives the same catalogue."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from random import Random

from stars.catalogue.types import GroupDraft, ProgrammeDraft
from stars.classifiers import queries as classifiers
from stars.classifiers.enums import Kind
from stars.common import clock
from stars.demo.groups import Course, Setting, make_groups
from stars.demo.placement import Placement
from stars.demo.texts import InstitutionText, ProgrammeText
from stars.organisations.models import Organisation

_WOMEN = (
    "Agnese",
    "Aija",
    "Baiba",
    "Daina",
    "Gita",
    "Ieva",
    "Kristīne",
    "Lauma",
    "Rasma",
    "Silvija",
    "Solvita",
    "Zane",
)
_WOMENS_NAMES = (
    "Āboliņa",
    "Baloža",
    "Celmiņa",
    "Dumbere",
    "Egle",
    "Irbe",
    "Lāce",
    "Osīte",
    "Paegle",
    "Vanaga",
    "Zariņa",
)
_MEN = ("Arvis", "Edgars", "Gundars", "Ilmārs", "Modris", "Normunds", "Uldis", "Valdis")
_MENS_NAMES = (
    "Āboliņš",
    "Balodis",
    "Celmiņš",
    "Dumbris",
    "Irbe",
    "Lācis",
    "Osis",
    "Paegle",
    "Vanags",
    "Zariņš",
)
_DAYS_IN_CATALOGUE = 150


def programme_drafts(
    placements: list[Placement], organisations: Mapping[str, Organisation], setting: Setting, chance: Random
) -> Iterator[tuple[ProgrammeDraft, datetime]]:
    """Each placement as a programme with its groups, and since when it stands in the catalogue."""
    numbers: Counter[str] = Counter()
    qualifications = qualification_codes()
    contacts = {slug: _contact(chance) for slug in organisations}
    now = clock.now()
    for placement in placements:
        institution, text = placement.institution, placement.programme
        numbers[institution.slug] += 1
        draft = draft_of(
            text,
            organisations[institution.slug],
            code=f"{_initials(institution)}-{numbers[institution.slug]:03d}",
            qualifications=qualifications,
            contact_name=contacts[institution.slug],
            groups=make_groups(Course(institution, text, _price(placement, chance)), setting, chance),
        )
        yield (
            draft,
            now - timedelta(days=chance.randint(1, _DAYS_IN_CATALOGUE), minutes=chance.randint(0, 1439)),
        )


def draft_of(
    text: ProgrammeText,
    organisation: Organisation,
    *,
    code: str,
    qualifications: Mapping[str, str],
    contact_name: str,
    groups: tuple[GroupDraft, ...],
) -> ProgrammeDraft:
    """The text as a programme of the institution; `qualifications` are codes by name."""
    return ProgrammeDraft(
        institution_id=organisation.pk,
        code=code,
        title=text.title,
        kind=f"kind-{text.kind}",
        field=f"field-{text.field}",
        qualification=qualifications[text.qualification] if text.qualification else None,
        qualification_level=text.qualification_level,
        hours=text.hours,
        study_form=text.study_form,
        language=text.language,
        summary=text.summary,
        contents=_points(text.contents),
        outcomes=_points(text.outcomes),
        prior_education=text.prior_education,
        prior_knowledge=text.prior_knowledge,
        document=text.document,
        keywords=text.keywords,
        digcomp_areas=tuple(f"dcarea-{area}" for area in text.digcomp_areas),
        digcomp_competences=tuple(
            f"dccomp-{number.replace('.', '-')}" for number in text.digcomp_competences
        ),
        digcomp_level=text.digcomp_level,
        varam_level=text.varam_level,
        contact_name=contact_name,
        contact_phone=organisation.phone,
        contact_email=organisation.email,
        groups=groups,
    )


def qualification_codes() -> dict[str, str]:
    """Codes of the qualifications by their Latvian names."""
    return {value.name_lv: value.code for value in classifiers.values_of(Kind.QUALIFICATION)}


def _points(lines: tuple[str, ...]) -> str:
    """The lines as a list in plain text."""
    return "\n".join(f"- {line}" for line in lines)


def _initials(institution: InstitutionText) -> str:
    """The beginning of the institution's programme codes: its abbreviation, or the first letters of its name."""
    if institution.short_name.isupper():
        return institution.short_name
    return "".join(word[0] for word in institution.slug.split("-")).upper()


def _price(placement: Placement, chance: Random) -> int:
    """The price of the text where it was written for; elsewhere a little more or less, in steps of five euros."""
    price = placement.programme.price_eur
    if not placement.copy or not price:
        return price
    return max(5, round(price * chance.uniform(0.88, 1.12) / 5) * 5)


def _contact(chance: Random) -> str:
    if chance.random() < 0.65:
        return f"{chance.choice(_WOMEN)} {chance.choice(_WOMENS_NAMES)}"
    return f"{chance.choice(_MEN)} {chance.choice(_MENS_NAMES)}"
