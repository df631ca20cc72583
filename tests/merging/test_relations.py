"""Every table that refers to a person says what a merge does to it."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import ForeignKey, Model, UUIDField

from stars.merging.relations import REFERENCES, Fate
from stars.people.models import Person

# Columns that hold an identity without a key, and say who acted; what was done stays said of whom it was said.
ACTED = {
    "actor_id",
    "second_actor_id",
    "set_by",
    "sent_by",
    "granted_by",
    "invited_by",
    "proposed_by",
    "settled_by",
}


def keys_to_persons() -> Iterator[tuple[str, str]]:
    """Every foreign key to a person, but those of the history tables, which the database's triggers write."""
    for model in _tables():
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey) and field.related_model is Person:
                yield model._meta.label, field.name


def identities_without_key() -> Iterator[tuple[str, str]]:
    """Every column of an identity that is no key: of tables that stand below persons, and of who acted."""
    for model in _tables():
        for field in model._meta.concrete_fields:
            if isinstance(field, UUIDField) and not field.primary_key and not field.unique:
                yield model._meta.label, field.name


def _tables() -> Iterator[type[Model]]:
    for model in apps.get_models():
        if model.__module__.startswith("stars.") and not hasattr(model, "pgh_tracked_model"):
            yield model


def test_each_key_to_a_person_is_handled() -> None:
    handled = {(reference.model, reference.column) for reference in REFERENCES}
    assert sorted(set(keys_to_persons()) - handled) == []


def test_nothing_is_handled_that_does_not_exist() -> None:
    existing = {*keys_to_persons(), *identities_without_key()}
    assert [ref for ref in REFERENCES if (ref.model, ref.column) not in existing] == []


def test_identities_without_a_key_say_who_acted_or_are_handled() -> None:
    handled = {(reference.model, reference.column) for reference in REFERENCES}
    others = {
        (model, column)
        for model, column in identities_without_key()
        if column not in ACTED and (model, column) not in handled
    }
    assert sorted(others) == []


def test_what_is_moved_once_is_told_by_the_columns_that_are_unique_with_the_person() -> None:
    for reference in REFERENCES:
        if reference.fate is not Fate.MOVED_ONCE:
            continue
        meta = apps.get_model(reference.model)._meta
        alike = {column.removesuffix("_id") for column in (*reference.alike, reference.column)}
        unique = [{*group} for group in meta.unique_together]
        unique += [set(constraint.fields) for constraint in meta.total_unique_constraints]
        assert alike in [{name.removesuffix("_id") for name in group} for group in unique], reference.model
