"""Setting a source's parameters from a day on."""

from dataclasses import asdict
from datetime import date

from django.db import IntegrityError, transaction

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.audit import operations as audit
from stars.classifiers.enums import Kind
from stars.classifiers.queries import values_of
from stars.common import clock
from stars.funding.models import SchemeRules
from stars.funding.operations.ledger import constraint_of
from stars.funding.queries.rules import parameters_of, rules_history
from stars.schemes.codes import SchemeCode
from stars.schemes.parameters import Parameters


class InvalidRules(Exception):
    """The parameters contradict themselves, name no basis, or would begin in the past."""


class RulesChanged(Exception):
    """Somebody set another version in the meantime; `version` is the newest."""

    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version = version


@transaction.atomic
def set_rules(
    scheme: str,
    parameters: Parameters,
    *,
    valid_from: date,
    basis: str,
    after_version: int | None = None,
    by: Actor,
) -> Parameters:
    """Add the next version of the source's parameters; versions that were set stay as they are.

    `after_version` is the newest that the officer saw. Nothing begins in the past: what was decided stays decided.
    Raises `InvalidRules`, `RulesChanged`, `NotPermitted`.
    """
    by.must(Permission.RULES_SET)
    if not basis.strip() or valid_from < clock.today() or not _shares_are_known(parameters):
        raise InvalidRules
    newest = rules_history(SchemeCode(scheme)).first()
    version = 0 if newest is None else newest.version
    if after_version is not None and after_version != version:
        raise RulesChanged(version)
    values = asdict(parameters) | {"version": version + 1, "valid_from": valid_from}
    try:
        with transaction.atomic():
            row = SchemeRules.objects.create(
                scheme=scheme, basis=basis.strip(), set_by=by.person_id, set_at=clock.now(), **values
            )
    except IntegrityError as refusal:
        if constraint_of(refusal) == "rules_version_once":
            raise RulesChanged(version + 1) from refusal
        raise InvalidRules from refusal
    audit.record(
        "rules.set",
        by=by,
        subject="scheme",
        subject_id=scheme,
        details={"version": row.version, "valid_from": valid_from.isoformat()},
    )
    return parameters_of(row)


def _shares_are_known(parameters: Parameters) -> bool:
    """The database knows no list of kinds within a column, so that this one is held here."""
    kinds = {value.code for value in values_of(Kind.PROGRAMME_KIND)}
    return all(
        kind in kinds and isinstance(percent, int) and 0 <= percent <= 100
        for kind, percent in parameters.copayment_percent_by_kind.items()
    )
