"""From the database to what is searched: every published programme with the groups that have not begun.

Three statements for programmes, groups and offers, whatever their number; rows as plain tuples, because ten thousand
model instances would cost more than the search index itself.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet

from stars.catalogue.enums import GroupStatus, ProgrammeStatus
from stars.catalogue.models import Group, GroupOffer, Programme, SynonymGroup
from stars.catalogue.search.types import REMOTE, GroupDocument, OfferDocument, ProgrammeDocument
from stars.classifiers.enums import Kind
from stars.common.folding import fold

_PROGRAMME: Final = (
    "id", "title", "institution__slug", "institution__name", "kind_id", "field_id", "kind__name_lv", "field__name_lv",
    "code", "qualification_id", "qualification__name_lv", "study_form", "hours", "language", "digcomp_areas",
    "digcomp_competences", "digcomp_level", "varam_level", "summary", "contents", "outcomes", "keywords", "document",
    "published_at", "prior_education",
)  # fmt: skip
_GROUP: Final = (
    "id", "programme_id", "municipality_id", "municipality__parent_id", "municipality__name_lv", "is_remote",
    "starts_on", "ends_on", "seats_max", "seats_taken", "schedule", "name",
)  # fmt: skip
_OFFER: Final = (
    "group_id", "group__programme_id", "round__scheme", "round__opens_at", "round__closes_at", "price_cents",
    "copayment_cents", "low_income_copayment_cents",
)  # fmt: skip

# What the requirement for earlier education names, lowest first: the lowest that is named suffices.
_BANDS: Final = (
    ("0-2", re.compile(r"\bpamatizglit")),
    ("3-4", re.compile(r"\bvidej|\barodizglit|\bprofesionala izglit")),
    ("5-8", re.compile(r"\baugstak|\bbakalaur|\bmagistr")),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A programme as it is searched, and what recommendations know of it besides.

    `required_education` is the ISCED band that suffices, "" without a requirement; `low_income_pays_nothing` is true
    when some open or coming offer takes a co-payment from others only.
    """

    document: ProgrammeDocument
    required_education: str = ""
    low_income_pays_nothing: bool = False


def entries(*, today: date, only: Collection[int] | None = None) -> Iterator[Entry]:
    """The published programmes, or those of `only` that are published, each with its groups from `today` on."""
    programmes = Programme.objects.filter(status=ProgrammeStatus.PUBLISHED)
    groups = Group.objects.filter(status=GroupStatus.PUBLISHED, starts_on__gte=today)
    offers = GroupOffer.objects.filter(group__status=GroupStatus.PUBLISHED, group__starts_on__gte=today)
    if only is not None:
        programmes = programmes.filter(pk__in=only)
        groups = groups.filter(programme__in=only)
        offers = offers.filter(group__programme__in=only)
    by_group, free = _offers(offers)
    by_programme = _groups(groups, by_group)
    for row in programmes.order_by("pk").values(*_PROGRAMME):
        yield _entry(row, tuple(by_programme.get(row["id"], ())), is_free=row["id"] in free)


def synonyms() -> list[list[str]]:
    """The groups of words that mean the same."""
    return list(SynonymGroup.objects.order_by("pk").values_list("terms", flat=True))


def required_education(text: str) -> str:
    """The ISCED band that suffices by the requirement's words; "" when none is named ("Nav prasību…")."""
    folded = fold(text)
    return next((band for band, named in _BANDS if named.search(folded)), "")


def slug(code: str | None, kind: Kind) -> str:
    """A classifier's code as it stands in addresses: "muni-0001000" becomes "0001000"."""
    return (code or "").removeprefix(kind.prefix)


def _offers(rows: QuerySet[GroupOffer]) -> tuple[dict[int, list[OfferDocument]], set[int]]:
    """Offers by group, and the programmes in which a low-income household pays nothing while others pay."""
    by_group: dict[int, list[OfferDocument]] = defaultdict(list)
    free: set[int] = set()
    for row in rows.order_by("round__closes_at", "pk").values_list(*_OFFER):
        group, programme, scheme, opens_at, closes_at, price, copayment, low_income = row
        by_group[group].append(
            OfferDocument(
                scheme=scheme.lower(),
                opens_at=opens_at.timestamp(),
                closes_at=closes_at.timestamp(),
                price_cents=price,
                copayment_cents=copayment,
            )
        )
        if copayment and not low_income:
            free.add(programme)
    return by_group, free


def _groups(rows: QuerySet[Group], offers: dict[int, list[OfferDocument]]) -> dict[int, list[GroupDocument]]:
    by_programme: dict[int, list[GroupDocument]] = defaultdict(list)
    for row in rows.order_by("starts_on", "pk").values(*_GROUP):
        by_programme[row["programme_id"]].append(_group(row, tuple(offers.get(row["id"], ()))))
    return by_programme


def _group(row: dict[str, Any], offers: tuple[OfferDocument, ...]) -> GroupDocument:
    where = (slug(row["municipality_id"], Kind.MUNICIPALITY), row["municipality__parent_id"])
    return GroupDocument(
        id=row["id"],
        places=(REMOTE,) if row["is_remote"] else tuple(code for code in where if code),
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        seats_free=row["seats_max"] - row["seats_taken"],
        schedule=row["schedule"],
        offers=offers,
        place_name=row["municipality__name_lv"] or "",
        name=row["name"],
    )


def _entry(row: dict[str, Any], groups: tuple[GroupDocument, ...], *, is_free: bool) -> Entry:
    qualification = row["qualification_id"]
    document = ProgrammeDocument(
        id=row["id"],
        title=row["title"],
        institution=row["institution__slug"],
        institution_name=row["institution__name"],
        kind=slug(row["kind_id"], Kind.PROGRAMME_KIND),
        field=slug(row["field_id"], Kind.FIELD),
        kind_name=row["kind__name_lv"],
        field_name=row["field__name_lv"],
        code=row["code"],
        qualifications=(slug(qualification, Kind.QUALIFICATION),) if qualification else (),
        qualification_names=(row["qualification__name_lv"],) if qualification else (),
        study_form=row["study_form"],
        hours=row["hours"],
        language=row["language"],
        digcomp_areas=tuple(slug(code, Kind.DIGCOMP_AREA) for code in row["digcomp_areas"]),
        digcomp_competences=tuple(slug(code, Kind.DIGCOMP_COMPETENCE) for code in row["digcomp_competences"]),
        digcomp_level=row["digcomp_level"],
        varam_level=row["varam_level"],
        summary=row["summary"],
        contents=row["contents"],
        outcomes=row["outcomes"],
        keywords=tuple(row["keywords"]),
        document_name=row["document"],
        published_at=row["published_at"].timestamp() if row["published_at"] else 0.0,
        groups=groups,
    )
    return Entry(document, required_education(row["prior_education"]), is_free)
