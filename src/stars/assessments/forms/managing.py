"""What those who manage tests fill in: a bank's file, and thresholds."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stars.assessments.bank_files import LARGEST_BYTES, BankFile, FaultyBank, parse_bank
from stars.ui.forms import UploadField, UploadForm

_LONGEST_VALID_DAYS = 3_650


class BankForm(UploadForm):
    """A file with a bank; `bank` is what it holds once the form is valid."""

    file = UploadField(
        label=gettext_lazy("File with the questions"),
        help_text=gettext_lazy("JSON or LimeSurvey structure (.lss), at most 5 MB."),
        endings=(".json", ".lss"),
        most_bytes=LARGEST_BYTES,
    )
    source = forms.CharField(
        label=gettext_lazy("Whose questions these are"),
        help_text=gettext_lazy("Shown with the test. Needed where the file does not say it, as in .lss."),
        max_length=600,
        required=False,
    )

    bank: BankFile | None = None

    def clean(self) -> dict[str, Any]:
        """Read the file whole; an error for one that is no bank."""
        values = super().clean() or {}
        file = values.get("file")
        if file is not None and not self.errors:
            try:
                self.bank = parse_bank(file.name, file.read(), source=values.get("source", ""))
            except FaultyBank as faulty:
                self.refuse(faulty.faults)
        return values


class ThresholdsForm(forms.Form):
    """The next version of the level test's thresholds."""

    level_2_from = forms.IntegerField(
        label=gettext_lazy("Level 2 from, in per cent"),
        min_value=1,
        max_value=99,
        error_messages={
            "required": gettext_lazy("Please give the per cents from which on level 2 is reached.")
        },
    )
    level_3_from = forms.IntegerField(
        label=gettext_lazy("Level 3 from, in per cent"),
        help_text=gettext_lazy("Whoever reaches less than level 2 begins with level 1."),
        min_value=2,
        max_value=100,
        error_messages={
            "required": gettext_lazy("Please give the per cents from which on level 3 is reached.")
        },
    )
    valid_days = forms.IntegerField(
        label=gettext_lazy("A result holds for, in days"),
        help_text=gettext_lazy("So long one may apply with a result without taking the test again."),
        min_value=1,
        max_value=_LONGEST_VALID_DAYS,
        error_messages={"required": gettext_lazy("Please give for how many days a result holds.")},
    )

    def clean(self) -> dict[str, Any]:
        """Levels follow each other. Raises ValidationError."""
        values = super().clean() or {}
        second, third = values.get("level_2_from"), values.get("level_3_from")
        if second is not None and third is not None and second >= third:
            self.add_error("level_3_from", ValidationError(_("Level 3 begins above level 2.")))
        return values
