"""Every table is accounted for: whether it is personal, who sees it, how long it is kept."""

import re

from django.apps import apps
from django.db.models import Model
from tests.architecture.sources import ROOT

ROW = re.compile(r"^\| `(\w+\.\w+)` \| (yes|link|no) \| (.+?) \| (.+?) \|$", re.MULTILINE)
DECLARED = {
    found[1]: (found[2], found[3], found[4])
    for found in ROW.finditer((ROOT / "docs" / "personal-data.md").read_text(encoding="utf-8"))
}
# What a column is called when it tells of a person; names of programmes and institutions are other columns.
TELLING = {
    "given_name",
    "family_name",
    "birth_date",
    "email",
    "phone",
    "to_address",
    "occupation",
    "workplace",
}
PUBLIC = {"organisations.Organisation", "organisations.OrganisationEvent"}
CONTACTS = {"contact_name", "contact_phone", "contact_email"}


def own_models() -> dict[str, type[Model]]:
    found = apps.get_models(include_auto_created=True)
    return {model._meta.label: model for model in found if model.__module__.startswith("stars.")}


def columns(model: type[Model]) -> set[str]:
    return {field.name for field in model._meta.get_fields() if field.concrete}


def test_every_table_is_there_and_nothing_else() -> None:
    assert sorted(DECLARED) == sorted(own_models())


def test_what_tells_of_a_person_says_so() -> None:
    telling = {
        label
        for label, model in own_models().items()
        if columns(model) & (TELLING | CONTACTS) and label not in PUBLIC
    }
    assert {label: DECLARED[label][0] for label in telling} == dict.fromkeys(telling, "yes")


def test_what_belongs_to_a_person_is_not_called_impersonal() -> None:
    belonging = {
        label
        for label, model in own_models().items()
        for field in model._meta.get_fields()
        if field.concrete
        and getattr(field.related_model, "_meta", None)
        and field.related_model._meta.label == "people.Person"
    }
    assert [label for label in belonging if DECLARED[label][0] == "no"] == []


def test_history_is_as_personal_as_what_it_is_of() -> None:
    history = {label: label.removesuffix("Event") for label in DECLARED if label.endswith("Event")}
    of_others = {label: origin for label, origin in history.items() if origin in DECLARED}
    assert {label: DECLARED[label][0] for label in of_others} == {
        label: DECLARED[origin][0] for label, origin in of_others.items()
    }
