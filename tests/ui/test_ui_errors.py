"""Wherever a field would say Django's words it says ours, whatever the kind of field and the language."""

from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from stars.ui.forms import DayField, MomentField, MoneyField

ONE = [("a", "Pirmā")]
FROM_LIST = "Izvēlieties kādu no piedāvātajām atbildēm."


def said(field: forms.Field, typed: Any, *, language: str = "lv") -> list[str]:
    """What stands beside the field."""
    kind = type("Sent", (forms.Form,), {"field": field})
    with translation.override(language):
        form = kind({"field": typed}, {"field": typed} if isinstance(field, forms.FileField) else None)
        return list(form.errors["field"])


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        (forms.CharField(label="Vārds"), "", "Aizpildiet lauku „Vārds”."),
        (forms.CharField(), "", "Aizpildiet lauku „Field”."),
        (MoneyField(label="Cena"), "", "Aizpildiet lauku „Cena”."),
        (forms.ChoiceField(label="Veids", choices=ONE), "", "Izvēlieties atbildi laukā „Veids”."),
        (
            forms.MultipleChoiceField(label="Veidi", choices=ONE),
            [],
            "Atzīmējiet vismaz vienu atbildi laukā „Veidi”.",
        ),
        (forms.BooleanField(label="Piekrītu"), "", "Atzīmējiet „Piekrītu”."),
        (forms.CharField(max_length=3), "abcd", "Teksts ir par garu: ierakstītas rakstzīmes 4, atļautas 3."),
        (
            forms.CharField(),
            "a\0b",
            "Tekstā ir zīme, ko nevar saglabāt; ierakstiet to no jauna.",
        ),
        (forms.IntegerField(), "daudz", "Ierakstiet veselu skaitli, piemēram, 12."),
        (forms.IntegerField(min_value=1), "0", "Ierakstiet 1 vai lielāku skaitli."),
        (forms.IntegerField(max_value=9), "10", "Ierakstiet 9 vai mazāku skaitli."),
        (DayField(), "rīt", "Norādiet datumu, piemēram, 21.11.2026."),
        (MomentField(), "rīt", "Norādiet datumu un laiku, piemēram, 21.11.2026. 14:30."),
        (forms.ChoiceField(choices=ONE), "z", FROM_LIST),
        (forms.TypedChoiceField(choices=ONE), "z", FROM_LIST),
        (forms.MultipleChoiceField(choices=ONE), ["z"], FROM_LIST),
        (
            forms.FileField(max_length=5),
            SimpleUploadedFile("garāks.txt", b"x"),
            "Faila nosaukums ir par garu; pārdēvējiet failu īsāk.",
        ),
    ],
)
def test_words(field: forms.Field, typed: object, words: str) -> None:
    assert said(field, typed) == [words]


def test_words_of_the_form_go_before() -> None:
    own = {"required": "Kā Jūs sauc?", "max_length": "Īsāk!"}
    field = forms.CharField(label="Vārds", max_length=2, error_messages=own)
    assert [said(field, ""), said(field, "abc")] == [["Kā Jūs sauc?"], ["Īsāk!"]]


def test_the_class_keeps_its_words_and_another_language_has_its_own() -> None:
    field = forms.IntegerField(label="Seats")
    assert said(field, "", language="en") == ["Fill in “Seats”."]
    assert said(field, "", language="lv") == ["Aizpildiet lauku „Seats”."]
    assert str(forms.IntegerField().error_messages["required"]) == str(
        forms.Field.default_error_messages["required"]
    )
