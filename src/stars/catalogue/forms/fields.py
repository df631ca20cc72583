"""Fields of which the forms of programmes and groups are made."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from stars.catalogue.description import lines
from stars.catalogue.labels import LABELS

LONG_TEXT = 10_000


class PointsField(forms.CharField):
    """A list that is written with one point in each line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONG_TEXT, widget=forms.Textarea({"rows": 6}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Without the marks with which the text is stored."""
        return "\n".join(lines(value)) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        """With them. Raises ValidationError when nothing but marks is left of what is required."""
        points = [point for point in lines(super().clean(value)) if point.strip("-*•–")]
        if self.required and not points:
            raise ValidationError(self.error_messages["required"])
        return "\n".join(f"- {point}" for point in points)


class WordsField(forms.CharField):
    """Words or phrases parted by commas."""

    def prepare_value(self, value: Any) -> Any:
        """As one line."""
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> tuple[str, ...]:
        """Each word once. Raises ValidationError for one that is too long."""
        words = [" ".join(word.split()) for word in super().clean(value).replace(";", ",").split(",")]
        if any(len(word) > 80 for word in words):
            raise ValidationError(_("A keyword has at most 80 characters; part them by commas."))
        return tuple(dict.fromkeys(word for word in words if word))


def text_field(name: str, longest: int, **kwargs: Any) -> forms.CharField:
    """A line of text for the column of that name, labelled as everywhere."""
    return forms.CharField(label=LABELS[name], max_length=longest, **kwargs)


def long_field(name: str, rows: int = 3) -> forms.CharField:
    """A text of several lines for the column of that name."""
    return text_field(name, LONG_TEXT, widget=forms.Textarea({"rows": rows}))


def number_field(name: str, highest: int, **kwargs: Any) -> forms.IntegerField:
    """A number from 1 for the column of that name."""
    return forms.IntegerField(label=LABELS[name], min_value=1, max_value=highest, **kwargs)
