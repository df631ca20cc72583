"""How a programme, group or offer stands for those who change it: what waits for approval comes before what holds."""

from typing import Any

from stars.catalogue.enums import ApprovalOutcome
from stars.catalogue.labels import LABELS
from stars.catalogue.models import ApprovalRequest, Group, GroupOffer, Programme
from stars.catalogue.types import OfferDraft
from stars.common.seen import in_short


def standing(thing: Programme | Group) -> dict[str, Any]:
    """The columns that can be changed, as the form shows them."""
    requests = ApprovalRequest.objects.filter(outcome=ApprovalOutcome.WAITING, programme_id=_programme(thing))
    waiting = requests.filter(group=thing if isinstance(thing, Group) else None).first()
    kind = type(thing)
    columns = [field.attname for field in kind._meta.concrete_fields if field.attname in LABELS]
    held = {name: getattr(thing, name) for name in columns}
    return held | read(kind, waiting.values if waiting else {})


def seen(thing: Programme | Group) -> str:
    """The same in short, for the form to carry."""
    return in_short(standing(thing))


def prices_of(offer: GroupOffer | OfferDraft) -> dict[str, int]:
    """Columns of the offer, apart from its group and round: what can be changed about it. Euro cents."""
    names = ("price_cents", "copayment_cents", "low_income_copayment_cents")
    return {name: getattr(offer, name) for name in names}


def read(kind: type[Programme] | type[Group], values: dict[str, Any]) -> dict[str, Any]:
    """Values of a proposal as the columns hold them."""
    columns = {field.attname: field for field in kind._meta.concrete_fields}
    return {name: columns[name].to_python(value) for name, value in values.items()}


def _programme(thing: Programme | Group) -> int:
    return thing.programme_id if isinstance(thing, Group) else thing.pk
