"""Fields and controls that Django lacks: locked values, dates by the browser's calendar."""

from typing import Any

from django import forms
from django.utils.functional import Promise


class LockedField(forms.CharField):
    """ "Aizpildīts automātiski": shown and locked; whatever is sent back is ignored in favour of `initial`.

    In: `source`, a sentence that says where the value comes from.
    """

    def __init__(self, *, source: str | Promise = "", **kwargs: Any) -> None:
        super().__init__(disabled=True, required=False, **kwargs)
        self.source = source


class DateInput(forms.DateInput):
    """A date by the browser's own calendar, which wants and sends ISO dates whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class PhoneInput(forms.TextInput):
    """A telephone number; phones show the number keys, browsers offer the owner's number."""

    input_type = "tel"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "tel", **(attrs or {})})


class EmailInput(forms.EmailInput):
    """An e-mail address that browsers offer to fill in and never capitalise."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false", **(attrs or {})}
        )
