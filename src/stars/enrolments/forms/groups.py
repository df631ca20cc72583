"""What is asked about a group: why it is cancelled, and the table of its outcomes."""

from django import forms
from django.utils.translation import gettext_lazy

from stars.enrolments.types import MAX_TABLE_BYTES
from stars.ui.forms import UploadField, UploadForm


class CancelGroupForm(forms.Form):
    """Why a group does not take place."""

    reason = forms.CharField(
        label=gettext_lazy("What shall the learners be told?"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": gettext_lazy("Please say why the group is cancelled.")},
    )
    not_formed = forms.BooleanField(label=gettext_lazy("There were too few learners"), required=False)


class OutcomesFile(UploadForm):
    """A table of outcomes."""

    file = UploadField(
        label=gettext_lazy("Table with outcomes (XLSX or CSV)"),
        help_text=gettext_lazy("At most 2 MB."),
        endings=(".xlsx", ".csv"),
        most_bytes=MAX_TABLE_BYTES,
    )
