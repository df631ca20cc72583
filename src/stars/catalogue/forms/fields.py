"""Fields of which the forms of programmes and groups are made."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stars.catalogue.description import lines
from stars.catalogue.labels import LABELS

LONG_TEXT = 10_000

# What is said when a field was left empty that must not be.
_MISSING: dict[str, dict[str, Any]] = {
    name: {"required": words}
    for name, words in {
        "title": gettext_lazy("Please name the programme."),
        "kind_id": gettext_lazy("Please choose the kind of programme."),
        "field_id": gettext_lazy("Please choose the field of learning."),
        "hours": gettext_lazy("Please give the number of hours."),
        "study_form": gettext_lazy("Please choose the form of study."),
        "language": gettext_lazy("Please choose the language of teaching."),
        "summary": gettext_lazy("Please describe the programme in short."),
        "contents": gettext_lazy("Please write what is taught."),
        "document": gettext_lazy("Please name the document issued."),
        "prior_education": gettext_lazy("Please give the required earlier education."),
        "prior_knowledge": gettext_lazy("Please give the required earlier knowledge."),
        "name": gettext_lazy("Please name the group."),
        "municipality_id": gettext_lazy("Please choose the place of learning."),
        "starts_on": gettext_lazy("Please give the first day."),
        "ends_on": gettext_lazy("Please give the last day."),
        "schedule": gettext_lazy("Please choose when the group meets."),
        "seats_min": gettext_lazy("Please give the smallest number of learners."),
        "seats_max": gettext_lazy("Please give the number of seats."),
        "price_cents": gettext_lazy("Please give the price."),
    }.items()
}


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


def named(column: str) -> dict[str, Any]:
    """The label of the column, and what is said when it is left empty, for a field made of it."""
    return {"label": LABELS[column], "error_messages": _MISSING.get(column, {})}


def text_field(name: str, longest: int, **kwargs: Any) -> forms.CharField:
    """A line of text for the column of that name, labelled as everywhere."""
    return forms.CharField(**named(name), max_length=longest, **kwargs)


def long_field(name: str, rows: int = 3) -> forms.CharField:
    """A text of several lines for the column of that name."""
    return text_field(name, LONG_TEXT, widget=forms.Textarea({"rows": rows}))


def number_field(name: str, highest: int, **kwargs: Any) -> forms.IntegerField:
    """A number from 1 for the column of that name."""
    return forms.IntegerField(**named(name), min_value=1, max_value=highest, **kwargs)
