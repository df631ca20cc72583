"""Fields and controls that Django lacks: locked values, dates by the browser's calendar, files that are read."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

EARLIEST_YEAR, LATEST_YEAR = 2000, 2100


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


class DateTimeInput(forms.DateTimeInput):
    """A day and a time by the browser's own calendar, in local time."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


def _in_our_time(day: date) -> None:
    """Raises ValidationError for a year that is a slip of the finger, such as 0026: no calendar of ours can show it."""
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise ValidationError(
            _("Write a year between %(first)d and %(last)d."),
            params={"first": EARLIEST_YEAR, "last": LATEST_YEAR},
        )


class DayField(forms.DateField):
    """A day in our time."""

    widget = DateInput

    def validate(self, value: Any) -> None:
        """Raises ValidationError for a year far away."""
        super().validate(value)
        if isinstance(value, date):
            _in_our_time(value)


class MomentField(forms.DateTimeField):
    """A day and a time in our time."""

    widget = DateTimeInput

    def validate(self, value: Any) -> None:
        """Raises ValidationError for a year far away."""
        super().validate(value)
        if isinstance(value, datetime):
            _in_our_time(value)


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


class MoneyField(forms.CharField):
    """A sum in euros as people write it, "1 250,00"; its value is in cents. `highest` is in euros."""

    def __init__(self, *, highest: int = 100_000, **kwargs: Any) -> None:
        self.highest = highest
        defaults: dict[str, Any] = {
            "max_length": 20,
            "widget": forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
        }
        super().__init__(**(defaults | kwargs))

    def prepare_value(self, value: Any) -> Any:
        """Cents as euros; what was typed as it was typed."""
        return f"{value // 100},{value % 100:02d}" if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        """Cents; None for nothing. Raises ValidationError for what is no sum."""
        text = re.sub(r"[\s€]", "", super().clean(value)).replace(",", ".")
        if not text:
            return None
        if not re.fullmatch(r"\d{1,9}(\.\d{1,2})?", text) or Decimal(text) > self.highest:
            raise ValidationError(_("Write a sum in euros, for example 1250,00."))
        return int(Decimal(text) * 100)


class UploadField(forms.FileField):
    """A file that is to be read: of one of these endings, at most so many bytes. What is in it others judge."""

    default_error_messages = {
        "required": gettext_lazy("Choose a file."),
        "empty": gettext_lazy("The file is empty."),
    }

    def __init__(self, *, endings: tuple[str, ...], most_bytes: int, **kwargs: Any) -> None:
        self.endings, self.most_bytes = endings, most_bytes
        defaults: dict[str, Any] = {
            "widget": forms.FileInput({"accept": ",".join(endings)}),
            "max_length": 200,
        }
        super().__init__(**(defaults | kwargs))

    def to_python(self, data: Any) -> Any:
        """The file. Raises ValidationError before anything of it is read."""
        file = super().to_python(data)
        if file is None:
            return None
        if not (file.name or "").lower().endswith(self.endings):
            known = ", ".join(self.endings)
            raise ValidationError(
                _("Files of this kind can be read: %(endings)s.") % {"endings": known}, code="ending"
            )
        if file.size > self.most_bytes:
            raise ValidationError(
                _("The file is larger than %(size)s MB.") % {"size": self.most_bytes // 1024**2}, code="large"
            )
        return file


class UploadForm(forms.Form):
    """A form with one `file` that is checked whole; `faults` says what is wrong inside it, one sentence each.

    Shown by `ui/layouts/upload.html`.
    """

    use_required_attribute = False
    SHOWN_FAULTS = 100
    faults: tuple[str, ...] = ()

    @property
    def shown_faults(self) -> tuple[str, ...]:
        """As many reasons as a page can hold."""
        return self.faults[: self.SHOWN_FAULTS]

    def refuse(self, faults: Iterable[str]) -> None:
        """Nothing of the file is kept, for these reasons."""
        self.faults = tuple(faults)
        self.add_error(
            "file", _("The file is refused, and nothing of it is kept. The reasons stand above the form.")
        )
