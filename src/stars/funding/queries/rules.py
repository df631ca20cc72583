"""Which parameters of a source are in force."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, date, datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate

from stars.common.fixed_queries import A_CODE, FixedQuery
from stars.funding.models import SchemeRules
from stars.schemes.codes import SchemeCode
from stars.schemes.declarations import SCHEMES
from stars.schemes.parameters import Parameters, PaysOn

PARAMETER_NAMES = tuple(field.name for field in fields(Parameters))


_in_force = FixedQuery(
    lambda scheme, on: SchemeRules.objects.filter(scheme=scheme, valid_from__lte=on).order_by(
        "-valid_from", "-version"
    )[:1],
    scheme=A_CODE,
    on=date.min,
)
_set_by = FixedQuery(
    lambda scheme, on, moment: SchemeRules.objects.filter(
        scheme=scheme, valid_from__lte=on, set_at__lte=moment
    ).order_by("-valid_from", "-version")[:1],
    scheme=A_CODE,
    on=date.min,
    moment=datetime.min.replace(tzinfo=UTC),
)


def rules_for(scheme: str, on: date) -> Parameters:
    """The parameters in force on the day: the latest that began by then, else the declaration's defaults."""
    return _first(scheme, _in_force(scheme=scheme, on=on))


def rules_at(scheme: str, moment: datetime) -> Parameters:
    """Those that were in force at the moment: what was set later on that day does not reach back."""
    return _first(scheme, _set_by(scheme=scheme, on=localdate(moment), moment=moment))


def versions_at(scheme: str, moments: Iterable[datetime]) -> list[Parameters]:
    """As `rules_at` for many moments at once, each version once."""
    rows = list(SchemeRules.objects.filter(scheme=scheme).order_by("-valid_from", "-version"))
    found = {}
    for moment in moments:
        day = localdate(moment)
        known = [row for row in rows if row.valid_from <= day and row.set_at <= moment]
        found[known[0].version if known else 0] = _first(scheme, known)
    return list(found.values())


def _first(scheme: str, found: list[SchemeRules]) -> Parameters:
    return parameters_of(found[0]) if found else SCHEMES[SchemeCode(scheme)].parameters


def rules_version(scheme: str, parameters: Parameters) -> str:
    """How a decision names the rules it was taken under: the declaration's version and the parameters', "MN-2026-1/3"."""
    return f"{SCHEMES[SchemeCode(scheme)].rules_version}/{parameters.version}"


def parameters_of(row: SchemeRules) -> Parameters:
    """A stored version as plain values."""
    values = {name: getattr(row, name) for name in PARAMETER_NAMES}
    return Parameters(**values | {"pays_on": PaysOn(row.pays_on)})


def rules_history(scheme: str) -> QuerySet[SchemeRules]:
    """All versions of a source that were set, the newest first."""
    return SchemeRules.objects.filter(scheme=scheme).order_by("-version")


def rules_coming(scheme: str, on: date) -> list[SchemeRules]:
    """Versions that begin after the day, the earliest first."""
    return list(
        SchemeRules.objects.filter(scheme=scheme, valid_from__gt=on).order_by("valid_from", "version")
    )


def account_schemes(on: date) -> set[str]:
    """Sources that have learning accounts by the rules in force on the day; one query for all."""
    rows = SchemeRules.objects.filter(valid_from__lte=on).order_by("scheme", "-valid_from", "-version")
    declared = {code.value: scheme.parameters.account_cents for code, scheme in SCHEMES.items()}
    amounts = declared | dict(rows.distinct("scheme").values_list("scheme", "account_cents"))
    return {scheme for scheme, cents in amounts.items() if cents}


def version_of(scheme: str, version: int) -> Parameters | None:
    """One version; 0 is the declaration. None when there is none of this number."""
    if version == 0:
        return SCHEMES[SchemeCode(scheme)].parameters
    row = SchemeRules.objects.filter(scheme=scheme, version=version).first()
    return None if row is None else parameters_of(row)
