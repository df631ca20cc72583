"""Forms about members of an organisation."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from stars.common import clock, person_codes
from stars.organisations.enums import MemberRole
from stars.organisations.models import Membership
from stars.people import queries as people
from stars.people.forms import EmailField
from stars.people.models import Person
from stars.ui.forms import DayField


class MemberForm(forms.Form):
    """What somebody is in the organisation, by which document, until when."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=MemberRole.choices,
        initial=MemberRole.OFFICER,
        widget=forms.RadioSelect,
        help_text=_("An administrator also invites others, changes their roles and ends their memberships."),
        error_messages={"required": _("Please choose the role.")},
    )
    job_title = forms.CharField(label=_("Position"), max_length=120, required=False)
    basis_document = forms.CharField(
        label=_("Basis document"),
        max_length=200,
        help_text=_(
            "The order, contract or power of attorney by which the person acts, with number and date."
        ),
        error_messages={"required": _("Please name the basis document.")},
    )
    valid_until = DayField(
        label=_("Valid until"),
        required=False,
        help_text=_("Leave empty when there is no end."),
        error_messages={"invalid": _("Please give a date.")},
    )

    def clean_valid_until(self) -> Any:
        """Not in the past."""
        day = self.cleaned_data["valid_until"]
        if day is not None and day < clock.today():
            raise ValidationError(_("The day has passed already."))
        return day


class InviteForm(MemberForm):
    """An invitation by e-mail."""

    email = EmailField(label=_("E-mail address of the invited person"))
    field_order = ("email", "role", "job_title", "basis_document", "valid_until")


class GrantForm(MemberForm):
    """A membership for somebody who is known by their personal code; the surname guards against a typing error."""

    code = forms.CharField(
        label=_("Personal code"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": _("Please give the personal code.")},
    )
    family_name = forms.CharField(
        label=_("Surname"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Please give the surname.")},
    )
    field_order = ("code", "family_name", "role", "job_title", "basis_document", "valid_until")
    person: Person | None = None

    def clean_code(self) -> str:
        """Eleven digits."""
        try:
            return person_codes.normalise(self.cleaned_data["code"])
        except person_codes.NotAPersonCode as fault:
            raise ValidationError(_("A personal code has eleven digits.")) from fault

    def clean(self) -> dict[str, Any]:
        """The person, who has signed in at least once. Whether code or name is wrong is not told."""
        data = super().clean() or {}
        if "code" in data and "family_name" in data:
            found = people.by_code(data["code"])
            if found is None or found.family_name.casefold() != data["family_name"].strip().casefold():
                self.add_error(
                    "code",
                    _("Nobody with this code and surname has signed in yet. Ask the person to sign in once."),
                )
            else:
                self.person = found
        return data


def initial_of(membership: Membership) -> dict[str, Any]:
    """What a membership is now, for the form that changes it."""
    return {
        "role": membership.role,
        "job_title": membership.job_title,
        "basis_document": membership.basis_document,
        "valid_until": membership.valid_until,
    }
