"""What the parameters of a source's rules are called, and how their values are read."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise, StrPromise

from stars.classifiers.queries import names
from stars.schemes.parameters import Parameters, PaysOn
from stars.ui.templatetags.ui import money

EVENTS: dict[PaysOn, StrPromise] = {
    PaysOn.START: _("learning begins"),
    PaysOn.COMPLETION: _("learning is completed"),
}
# In groups, as forms and pages show them.
GROUPS: tuple[tuple[StrPromise, tuple[str, ...]], ...] = (
    (
        _("Who may learn, and how often"),
        ("minimum_age", "learnings_allowed", "months_after_completion", "months_after_interruption"),
    ),
    (
        _("Co-payment"),
        ("copayment_percent", "copayment_percent_by_kind", "low_income_copayment_percent"),
    ),
    (_("Learning account"), ("account_cents", "account_months")),
    (
        _("Payment and interruption"),
        (
            "pays_on",
            "expulsion_percent",
            "leaving_percent",
            "leaving_admission_interrupts",
            "leaving_learning_interrupts",
        ),
    ),
    (
        _("Deadlines"),
        ("check_workdays", "correction_workdays", "offer_workdays", "regroup_workdays"),
    ),
)
LABELS: dict[str, StrPromise] = {
    "minimum_age": _("Youngest age, in years"),
    "learnings_allowed": _("How many times one may learn"),
    "months_after_completion": _("Months to wait after completing"),
    "months_after_interruption": _("Months to wait after interrupting"),
    "copayment_percent": _("Co-payment, per cent of the price"),
    "copayment_percent_by_kind": _("Co-payment for other kinds of programme"),
    "low_income_copayment_percent": _("Co-payment of low-income households, per cent of the price"),
    "account_cents": _("Amount of the learning account"),
    "account_months": _("For how many months the account is open"),
    "pays_on": _("The hold is paid when"),
    "expulsion_percent": _("Paid when somebody is expelled, per cent of the hold"),
    "leaving_percent": _("Paid when somebody leaves learning, per cent of the hold"),
    "leaving_admission_interrupts": _("Giving up an admission counts as an interruption"),
    "leaving_learning_interrupts": _("Leaving learning counts as an interruption"),
    "check_workdays": _("Usual time of checking, in workdays"),
    "correction_workdays": _("Time for a correction, in workdays"),
    "offer_workdays": _("Time to accept an offered place, in workdays"),
    "regroup_workdays": _("Time to choose another group, in workdays"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A parameter that two versions set differently."""

    label: StrOrPromise
    before: str
    after: str


def difference(before: Parameters, after: Parameters) -> list[Difference]:
    """What changes from one version to the other, in the order of the form."""
    changed = []
    for name in parameter_names():
        old, new = in_words(before, name), in_words(after, name)
        if old != new:
            changed.append(Difference(LABELS[name], old, new))
    return changed


def parameter_names() -> Iterable[str]:
    """All parameters in the order of the form."""
    return (name for _label, group in GROUPS for name in group)


def in_words(parameters: Parameters, name: str) -> str:
    """The value as people read it."""
    value = getattr(parameters, name)
    if name == "pays_on":
        return str(EVENTS[PaysOn(value)])
    if name == "account_cents":
        return gettext("no account") if value is None else money(value)
    if name == "copayment_percent_by_kind":
        return "; ".join(f"{names([kind])[0]}: {percent} %" for kind, percent in sorted(value.items())) or "–"
    if name == "learnings_allowed" and value is None:
        return gettext("no limit")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return f"{value} %" if name.endswith("_percent") else str(value)


def days_left_in_words(days: int) -> str:
    """How long an account is still open."""
    if days == 0:
        return gettext("today is the last day")
    return ngettext("%(count)s day left", "%(count)s days left", days) % {"count": days}
