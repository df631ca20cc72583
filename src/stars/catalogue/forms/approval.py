"""What an officer says when a programme or a change is sent back."""

from django import forms
from django.utils.translation import gettext_lazy


class SendBackForm(forms.Form):
    """What has to be mended."""

    note = forms.CharField(
        label=gettext_lazy("What has to be mended"),
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": gettext_lazy("Please say what has to be mended.")},
    )
