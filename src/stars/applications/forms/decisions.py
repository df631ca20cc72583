"""What an officer fills in to decide: reasons from the list, words beside them, fields to be corrected."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stars.applications.enums import Action, Reason
from stars.schemes.types import Scheme

LONGEST_NOTE = 2000
_PLEASE = gettext_lazy("Please choose at least one reason.")


class ConfirmForm(forms.Form):
    """A note, owed when a rule is not met and the officer confirms nevertheless."""

    note = forms.CharField(
        label=gettext_lazy("Note to the decision"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy(
            "Needed when a rule is not met: why the application is confirmed nevertheless."
        ),
    )

    def __init__(self, *args: Any, needs_note: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": "confirm", **kwargs})
        self.fields["note"].required = needs_note


class ReasonsForm(forms.Form):
    """Reasons of the list; “another reason” needs words."""

    action: Action

    reasons = forms.MultipleChoiceField(
        label=gettext_lazy("Reasons"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _PLEASE},
    )
    note = forms.CharField(
        label=gettext_lazy("Explanation to the applicant"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("The applicant reads it in the message and in the decision."),
    )

    def __init__(self, *args: Any, offered: Iterable[Reason], **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": self.action.value, **kwargs})
        reasons = self.fields["reasons"]
        assert isinstance(reasons, forms.MultipleChoiceField)
        reasons.choices = [(reason.value, reason.label) for reason in offered]

    def clean(self) -> dict[str, Any]:
        """“Another reason” alone says nothing."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if Reason.OTHER in cleaned.get("reasons", []) and not cleaned.get("note", "").strip():
            self.add_error("note", _("Say in words what the other reason is."))
        return cleaned


class RefuseForm(ReasonsForm):
    """Why it is refused."""

    action = Action.REFUSE


class ReopenForm(ReasonsForm):
    """Why it is examined again."""

    action = Action.REOPEN


class SendBackForm(ReasonsForm):
    """What has to be corrected, and why."""

    action = Action.RETURN

    fields_open = forms.MultipleChoiceField(
        label=gettext_lazy("What has to be corrected"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Only what is ticked can be changed; all else stays as it is."),
        error_messages={"required": gettext_lazy("Tick what has to be corrected.")},
    )
    field_order = ("fields_open", "reasons", "note")

    def __init__(self, *args: Any, scheme: Scheme, labels: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = self.fields["fields_open"]
        assert isinstance(fields, forms.MultipleChoiceField)
        fields.choices = [(name, labels[name]) for step in scheme.steps for name in step.fields]
