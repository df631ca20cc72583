"""Forms about records that may be one person."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from stars.common import person_codes
from stars.merging import queries
from stars.people.models import Person


class _SilentInput(forms.TextInput):
    """What was typed is not written into the page that answers."""

    def format_value(self, value: Any) -> None:
        """Nothing, as a password field does."""


class FindForm(forms.Form):
    """A personal code, or the beginning of a name."""

    code = forms.CharField(
        label=_("Personal code"),
        max_length=20,
        required=False,
        widget=_SilentInput({"autocomplete": "off", "inputmode": "numeric"}),
        help_text=_("A code that is or was valid."),
    )
    name = forms.CharField(
        label=_("Given name and surname"),
        max_length=120,
        min_length=2,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("Or the beginning of each, in any order."),
    )

    def clean_code(self) -> str:
        """Eleven digits, or nothing."""
        typed = self.cleaned_data["code"]
        try:
            return person_codes.normalise(typed) if typed else ""
        except person_codes.NotAPersonCode as fault:
            raise ValidationError(_("A personal code has eleven digits.")) from fault

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        data = super().clean() or {}
        if not self.errors and not data.get("code") and not data.get("name"):
            raise ValidationError(_("Give a personal code or a name."))
        return data

    def found(self) -> list[Person]:
        """Whom the form finds; a code is surer than a name."""
        if self.cleaned_data["code"]:
            return queries.find_by_code(self.cleaned_data["code"])
        return queries.find_by_name(self.cleaned_data["name"])


class ReasonForm(forms.Form):
    """Why two records are one person."""

    reason = forms.CharField(
        label=_("Why is this one person?"),
        max_length=500,
        widget=forms.Textarea({"rows": "3"}),
        help_text=_(
            "For example: the register of natural persons names the earlier code. Write no personal code here."
        ),
        error_messages={"required": _("Please give the reason.")},
    )

    def clean_reason(self) -> str:
        """Others read it, so it names no code."""
        reason: str = self.cleaned_data["reason"]
        if person_codes.is_within(reason):
            raise ValidationError(_("Write no personal code here."))
        return reason
