"""Finding an entry and saying what is wrong with it."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LookUpForm(forms.Form):
    """The number of the application that an entry is about."""

    numurs = forms.CharField(
        label=_("Number of the application"),
        max_length=20,
        error_messages={"required": _("Please give the number of the application.")},
    )

    def clean_numurs(self) -> str:
        """As numbers are written."""
        return str(self.cleaned_data["numurs"]).strip().upper()


class ReasonForm(forms.Form):
    """Why an entry shall be reversed."""

    reason = forms.CharField(
        label=_("What is wrong with the entry"),
        help_text=_("The second officer and the owner of the account read this."),
        max_length=500,
        widget=forms.Textarea({"rows": "4"}),
        error_messages={"required": _("Please say what is wrong.")},
    )
