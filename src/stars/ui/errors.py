"""What a field says when an answer is wrong and its form has no better words: how to mend it, and not only "invalid".

Every form takes them up, as every field is bound by our renderer before it is checked.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_FROM_LIST = _("Choose from the answers that are offered.")
_NO_FILE = _("Choose a file.")
_WORDS: tuple[tuple[type[forms.Field], dict[str, Any]], ...] = (
    (
        forms.Field,
        {
            "min_value": _("Write %(limit_value)s or a larger number."),
            "max_value": _("Write %(limit_value)s or a smaller number."),
            "max_length": _(
                "The text is too long: characters written %(show_value)d, allowed %(limit_value)d."
            ),
            "null_characters_not_allowed": _(
                "The text holds a character that cannot be kept; write it anew."
            ),
        },
    ),
    (forms.IntegerField, {"invalid": _("Write a whole number, for example 12.")}),
    (forms.DateField, {"invalid": _("Write a date, for example 21.11.2026.")}),
    (forms.DateTimeField, {"invalid": _("Write a date and a time, for example 21.11.2026. 14:30.")}),
    (forms.ChoiceField, {"invalid_choice": _FROM_LIST}),
    (forms.MultipleChoiceField, {"invalid_list": _FROM_LIST}),
    (
        forms.FileField,
        {
            "invalid": _NO_FILE,
            "missing": _NO_FILE,
            "contradiction": _NO_FILE,
            "max_length": _("The name of the file is too long; give it a shorter one."),
        },
    ),
)
# By kind, the first that fits; "required" names the field, as the sentence may stand alone.
_MISSING: tuple[tuple[type[forms.Field], Any], ...] = (
    (forms.MultipleChoiceField, _("Tick at least one answer to “%(label)s”.")),
    (forms.ChoiceField, _("Choose an answer to “%(label)s”.")),
    (forms.BooleanField, _("Tick “%(label)s”.")),
    (forms.Field, _("Fill in “%(label)s”.")),
)


def give_words(field: forms.Field, label: str) -> None:
    """Let the field say our words wherever it would say Django's."""
    for kind, words in _WORDS:
        if isinstance(field, kind):
            field.error_messages |= {code: said for code, said in words.items() if _is_bare(field, code)}
    if _is_bare(field, "required"):
        missing = next(words for kind, words in _MISSING if isinstance(field, kind))
        field.error_messages["required"] = missing % {"label": label}


def _is_bare(field: forms.Field, code: str) -> bool:
    """Whether the message is Django's own, or ours of a more general kind of field."""
    said = field.error_messages.get(code)
    general = [words.get(code) for _kind, words in _WORDS]
    return said is None or any(said is words for words in (*general, *_djangos(field, code)))


def _djangos(field: forms.Field, code: str) -> list[Any]:
    kinds = [kind for kind in type(field).__mro__ if kind.__module__.startswith("django.")]
    return [
        vars(kind)["default_error_messages"].get(code)
        for kind in kinds
        if "default_error_messages" in vars(kind)
    ]
