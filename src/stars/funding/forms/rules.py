"""A new version of a source's rules, prefilled with the one in force."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise

from stars.classifiers.enums import Kind
from stars.classifiers.queries import values_of
from stars.common import clock
from stars.funding.words import EVENTS, GROUPS, LABELS
from stars.schemes.parameters import Parameters, PaysOn
from stars.ui.forms import DayField, MoneyField

_MOST_MONTHS, _MOST_WORKDAYS, _OLDEST = 240, 120, 100
_KIND = "percent-"


def _number(name: str, lowest: int, highest: int, *, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(
        label=LABELS[name],
        min_value=lowest,
        max_value=highest,
        required=required,
        error_messages={
            "required": gettext_lazy("Please give a number."),
            "invalid": gettext_lazy("Please give a whole number."),
        },
    )


def _yes(name: str) -> forms.BooleanField:
    return forms.BooleanField(label=LABELS[name], required=False)


class RulesForm(forms.Form):
    """Every parameter, from which day on it holds, and on what basis."""

    valid_from = DayField(
        label=gettext_lazy("In force from"),
        error_messages={"required": gettext_lazy("Please give the first day.")},
    )
    basis = forms.CharField(
        label=gettext_lazy("Basis"),
        help_text=gettext_lazy("The act or decision behind it, with number and date."),
        max_length=300,
        error_messages={"required": gettext_lazy("Please name the act or decision.")},
    )
    after_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    minimum_age = _number("minimum_age", 0, _OLDEST)
    learnings_allowed = _number("learnings_allowed", 1, 100, required=False)
    months_after_completion = _number("months_after_completion", 0, _MOST_MONTHS)
    months_after_interruption = _number("months_after_interruption", 0, _MOST_MONTHS)
    copayment_percent = _number("copayment_percent", 0, 100)
    low_income_copayment_percent = _number("low_income_copayment_percent", 0, 100)
    account_cents = MoneyField(label=LABELS["account_cents"], required=False)
    account_months = _number("account_months", 1, _MOST_MONTHS)
    pays_on = forms.ChoiceField(
        label=LABELS["pays_on"],
        choices=[(event.value, EVENTS[event]) for event in PaysOn],
        error_messages={"required": gettext_lazy("Please choose when the held sums are paid.")},
    )
    expulsion_percent = _number("expulsion_percent", 0, 100)
    leaving_percent = _number("leaving_percent", 0, 100)
    leaving_admission_interrupts = _yes("leaving_admission_interrupts")
    leaving_learning_interrupts = _yes("leaving_learning_interrupts")
    check_workdays = _number("check_workdays", 1, _MOST_WORKDAYS)
    correction_workdays = _number("correction_workdays", 1, _MOST_WORKDAYS)
    offer_workdays = _number("offer_workdays", 1, _MOST_WORKDAYS)
    regroup_workdays = _number("regroup_workdays", 1, _MOST_WORKDAYS)

    def __init__(self, *args: Any, before: Parameters, newest: int, **kwargs: Any) -> None:
        values = asdict(before)
        shares = values.pop("copayment_percent_by_kind")
        initial = values | {"valid_from": None, "after_version": newest}
        initial |= {_KIND + kind: percent for kind, percent in shares.items()}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        self.fields["learnings_allowed"].help_text = _("Leave it empty where there is no limit.")
        self.fields["account_cents"].help_text = _("Leave it empty where the source has no accounts.")
        for value in values_of(Kind.PROGRAMME_KIND):
            self.fields[_KIND + value.code] = forms.IntegerField(
                label=_("%(kind)s, %%") % {"kind": value.name},
                min_value=0,
                max_value=100,
                required=False,
            )

    def clean_valid_from(self) -> date:
        """Nothing begins in the past."""
        day: date = self.cleaned_data["valid_from"]
        if day < clock.today():
            raise forms.ValidationError(_("Rules begin today or later: what was decided stays decided."))
        return day

    def groups(self) -> Iterator[tuple[StrPromise, list[BoundField]]]:
        """The fields under their headings."""
        kinds = [name for name in self.fields if name.startswith(_KIND)]
        for heading, names in GROUPS:
            wanted = [
                field
                for name in names
                for field in (kinds if name == "copayment_percent_by_kind" else [name])
            ]
            yield heading, [self[name] for name in wanted]

    def parameters(self) -> Parameters:
        """The parameters as they were filled in."""
        kept = {name: self.cleaned_data[name] for name in LABELS if name in self.cleaned_data}
        shares = {
            name.removeprefix(_KIND): value
            for name, value in self.cleaned_data.items()
            if name.startswith(_KIND) and value is not None
        }
        return Parameters(**kept | {"pays_on": PaysOn(kept["pays_on"]), "copayment_percent_by_kind": shares})
