"""The catalogue in memory follows the database."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings
from tests.factories.catalogue import GroupFactory, GroupOfferFactory, ProgrammeFactory, RoundFactory

from stars.catalogue import live
from stars.catalogue.enums import GroupStatus, ProgrammeStatus
from stars.catalogue.models import CatalogueChange, Programme, SynonymGroup
from stars.catalogue.names import names_of
from stars.catalogue.search.types import CatalogueQuery, Facet
from stars.classifiers.models import ClassifierValue


def found(q: str = "") -> list[int]:
    result = live.current().search(CatalogueQuery(now=timezone.now().timestamp(), q=q))
    return sorted(hit.programme.id for hit in result.hits)


@pytest.mark.django_db
def test_only_published_programmes_with_groups_to_come() -> None:
    offer = GroupOfferFactory()
    today = timezone.localdate()
    programme = offer.group.programme
    GroupFactory(programme=programme, starts_on=today - timedelta(days=1), ends_on=today)
    GroupFactory(programme=programme, status=GroupStatus.CANCELLED)
    ProgrammeFactory(draft=True)
    ProgrammeFactory(withdrawn=True)
    document = live.current().programme(programme.pk)
    assert found() == [programme.pk]
    assert document is not None
    assert [group.id for group in document.groups] == [offer.group_id]
    assert document.groups[0].places == ("0001000", "region-riga")
    assert [(each.scheme, each.copayment_cents) for each in document.groups[0].offers] == [("mn", 4_000)]


@pytest.mark.django_db
def test_a_change_is_seen_at_the_next_look_and_only_then_is_the_version_another() -> None:
    programme = ProgrammeFactory()
    assert found() == [programme.pk]
    version = live.version()
    assert live.version() == version
    programme.title = "Siltumsūkņu apkope"
    programme.save()
    assert found("siltumsuknis") == [programme.pk]
    assert live.version() != version
    programme.status = ProgrammeStatus.WITHDRAWN
    programme.save()
    assert found() == []


@pytest.mark.django_db
def test_unchanged_programmes_are_not_read_again() -> None:
    kept, changed = ProgrammeFactory(), ProgrammeFactory()
    before = live.current().programme(kept.pk)
    Programme.objects.filter(pk=changed.pk).update(title="Cits")
    assert live.current().programme(kept.pk) is before


@pytest.mark.django_db
def test_a_round_or_a_synonym_changes_everything() -> None:
    offer = GroupOfferFactory()
    programme = offer.group.programme
    live.current()
    offer.round.closes_at = timezone.now() - timedelta(minutes=1)
    offer.round.save()
    document = live.current().programme(programme.pk)
    assert document is not None
    assert document.groups[0].offers[0].closes_at == offer.round.closes_at.timestamp()
    assert found("grāmatvedis") == []
    SynonymGroup.objects.create(terms=["grāmatvedis", "analīze"])
    assert found("grāmatvedis") == [programme.pk]


@pytest.mark.django_db
def test_a_new_name_of_an_institution_or_of_a_field_is_seen() -> None:
    programme = ProgrammeFactory()
    assert (
        names_of(live.snapshot()).of(Facet.INSTITUTION, programme.institution.slug)
        == programme.institution.name
    )
    programme.institution.name = "Mežotnes tehnikums"
    programme.institution.save()
    ClassifierValue.objects.filter(pk="field-ikt").update(name_lv="Datori un tīkli")
    names = names_of(live.snapshot())
    assert names.of(Facet.INSTITUTION, programme.institution.slug) == "Mežotnes tehnikums"
    assert names.of(Facet.FIELD, "ikt") == "Datori un tīkli"
    assert found("mezotne") == [programme.pk]


@pytest.mark.django_db
def test_at_midnight_the_groups_that_begin_are_left_out() -> None:
    group = GroupFactory(starts_on=timezone.localdate(), ends_on=timezone.localdate())
    document = live.current().programme(group.programme_id)
    assert document is not None
    assert len(document.groups) == 1
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        document = live.current().programme(group.programme_id)
    assert document is not None
    assert document.groups == ()


@pytest.mark.django_db
def test_the_number_of_statements_does_not_grow(query_counter: Callable[[], list[str]]) -> None:
    def statements() -> int:
        live.reset()
        with query_counter() as queries:  # type: ignore[attr-defined]
            live.current()
        return len(queries)

    GroupOfferFactory()
    with_one = statements()
    for _ in range(5):
        GroupOfferFactory()
    assert statements() == with_one


def wait_for(is_done: Callable[[], bool]) -> bool:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if is_done():
            return True
        time.sleep(0.02)
    return False


@pytest.mark.django_db(transaction=True)
def test_the_thread_follows_what_others_commit(settings: Settings) -> None:
    settings.CATALOGUE_REFRESH_SECONDS = 0.02
    first = ProgrammeFactory()
    assert found() == [first.pk]
    second = ProgrammeFactory()
    try:
        assert wait_for(lambda: found() == [first.pk, second.pk])
        with transaction.atomic():
            Programme.objects.filter(pk=first.pk).update(status=ProgrammeStatus.WITHDRAWN)
            time.sleep(0.1)
            assert found() == [first.pk, second.pk]
        assert wait_for(lambda: found() == [second.pk])
    finally:
        live.reset()


def connections() -> set[int]:
    """The server's processes for this database; a new one is somebody's new connection."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = current_database() AND backend_type = 'client backend'"
        )
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
def test_an_outage_leaves_the_catalogue_as_it_was(settings: Settings) -> None:
    settings.CATALOGUE_REFRESH_SECONDS = 0.02
    first = ProgrammeFactory()
    before = connections()
    assert found() == [first.pk]
    try:
        # Of those before, some may just be ending.
        assert wait_for(lambda: bool(connections() - before))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM unnest(%s) AS pid", [list(connections() - before)]
            )
        assert found() == [first.pk]
        second = ProgrammeFactory()
        assert wait_for(lambda: found() == [first.pk, second.pk])
    finally:
        live.reset()


@pytest.mark.django_db
def test_a_late_commit_is_not_passed_over() -> None:
    """What a look saw is known by its number, so the same rows do not make a new catalogue again and again."""
    ProgrammeFactory()
    live.current()
    RoundFactory()
    version = live.version()
    assert CatalogueChange.objects.exists()
    assert live.version() == version
