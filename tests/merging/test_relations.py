"""Every table that refers to a person says what a merge does to it."""

from django.apps import apps

from stars.merging.relations import (
    ACTED,
    REFERENCES,
    Fate,
    identities_without_key,
    keys_to_persons,
)


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
