"""Every form of ours says in its own words what is missing: no field leaves it to a general sentence."""

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django import forms
from django.urls import get_resolver

from stars.ui.errors import give_words
from stars.workspaces.listing import FilterForm


def forms_below(kind: type[forms.BaseForm]) -> Iterator[type[forms.Form]]:
    for form in kind.__subclasses__():
        if issubclass(form, forms.Form) and form.__module__.startswith("stars."):
            yield form
        yield from forms_below(form)


@pytest.fixture
def ours() -> list[type[forms.Form]]:
    """Every form that somebody fills in, the filters of lists left out: those say nothing."""
    assert get_resolver().url_patterns  # every view is loaded, and with it every form
    return sorted(
        {form for form in forms_below(forms.BaseForm) if not issubclass(form, FilterForm)},
        key=lambda form: (form.__module__, form.__name__),
    )


def test_what_must_be_filled_in_has_words_of_its_own(ours: list[type[forms.Form]]) -> None:
    asked = [
        (form.__name__, name, field.error_messages["required"])
        for form in ours
        for name, field in form.base_fields.items()
        if field.required and not field.widget.is_hidden
    ]
    assert len(asked) > 50
    bare = forms.Field.default_error_messages["required"]
    assert [(form, name) for form, name, words in asked if words is bare] == []


def test_no_field_says_djangos_words(ours: list[type[forms.Form]]) -> None:
    djangos = [
        words
        for kind in vars(forms.fields).values()
        if isinstance(kind, type) and issubclass(kind, forms.Field)
        for words in kind.default_error_messages.values()
    ]
    bare = []
    for form in ours:
        for name, field in form.base_fields.items():
            bound = deepcopy(field)
            give_words(bound, "X")
            for code, words in bound.error_messages.items():
                if any(words is each for each in djangos):
                    bare.append((form.__name__, name, code))
    assert bare == []
