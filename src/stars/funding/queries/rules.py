"""Which parameters of a source are in force."""

from dataclasses import fields
from datetime import date

from django.db.models import QuerySet

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


def rules_for(scheme: str, on: date) -> Parameters:
    """The parameters in force on the day: the latest that began by then, else the declaration's defaults."""
    found = next(iter(_in_force(scheme=scheme, on=on)), None)
    return SCHEMES[SchemeCode(scheme)].parameters if found is None else parameters_of(found)


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
