"""Rounds, texts about the sources, synonyms."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stars.actors.actor import ANONYMOUS, SYSTEM, NotPermitted
from stars.audit.models import AuditEvent
from stars.catalogue.models import FundingSource, Round, SynonymGroup
from stars.catalogue.operations.funding_sources import UnknownText, load_funding_sources, set_funding_source
from stars.catalogue.operations.offering import BreaksRule
from stars.catalogue.operations.rounds import save_round
from stars.catalogue.operations.synonyms import add_synonyms, replace_synonyms
from stars.catalogue.types import RoundDraft
from stars.common import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    now, today = clock.now(), clock.today()
    return RoundDraft(
        scheme="MN",
        name="5. kārta",
        opens_at=now,
        closes_at=now + timedelta(days=30),
        learning_from=today,
        learning_until=today + timedelta(days=90),
    )


def test_a_round_is_made_once_and_may_be_open_longer(draft):
    made = save_round(draft, by=SYSTEM)
    assert save_round(draft, by=SYSTEM) == made
    later = draft.closes_at + timedelta(days=7)
    save_round(replace(draft, closes_at=later), by=SYSTEM)
    assert Round.objects.get().closes_at == later
    assert [event.details for event in AuditEvent.objects.order_by("pk")] == [{}, {"fields": ["closes_at"]}]


def test_a_round_of_the_same_name_under_another_source_is_another(draft):
    save_round(draft, by=SYSTEM)
    save_round(replace(draft, scheme="IMK"), by=SYSTEM)
    assert Round.objects.count() == 2


def test_a_round_that_closes_before_it_opens_is_refused(draft):
    with pytest.raises(BreaksRule, match="round_application_in_order"):
        save_round(replace(draft, closes_at=draft.opens_at), by=SYSTEM)


def test_the_sources_come_with_the_manual_s_lines():
    """Manual 3.4, the choice between two sources, word for word."""
    assert load_funding_sources(by=SYSTEM) == ["IMK", "MN", "VARAM"]
    assert {
        source.scheme: source.project_lv for source in FundingSource.objects.filter(scheme__in=("IMK", "MN"))
    } == {
        "IMK": (
            "Atveseļošanās fonda projekts Nr. 2.3.1.4.i.0/1/23/I/CFLA/001 "
            '"Individuālo mācību kontu pieejas attīstība"'
        ),
        "MN": (
            "Atveseļošanās fonda projekts Nr. 4.2.4.2/1/24/I/001 "
            '"Atbalsts pieaugušo individuālajās vajadzībās balstītai pieaugušo izglītībai"'
        ),
    }


def test_what_the_agency_corrected_stays():
    load_funding_sources(by=SYSTEM)
    assert set_funding_source(
        "MN", {"project_lv": "Projekts", "name_lv": "Mācības nodarbinātajiem"}, by=SYSTEM
    ) == ["project_lv"]
    assert load_funding_sources(by=SYSTEM) == []
    assert FundingSource.objects.get(scheme="MN").project_lv == "Projekts"


def test_there_are_no_other_texts():
    load_funding_sources(by=SYSTEM)
    with pytest.raises(UnknownText):
        set_funding_source("MN", {"scheme": "IMK"}, by=SYSTEM)


def test_synonyms_differ_by_their_words_alone():
    assert add_synonyms([("dators", "kompis"), ("Kompis", "Dators"), ("auto", "mašīna")], by=SYSTEM) == 2
    assert add_synonyms([("mašīna", "auto")], by=SYSTEM) == 0
    assert replace_synonyms([("auto", "mašīna")], by=SYSTEM) == 0
    assert [group.terms for group in SynonymGroup.objects.all()] == [["auto", "mašīna"]]


@pytest.mark.parametrize(
    "act",
    [
        lambda draft: save_round(draft, by=ANONYMOUS),
        lambda draft: load_funding_sources(by=ANONYMOUS),
        lambda draft: set_funding_source("MN", {}, by=ANONYMOUS),
        lambda draft: add_synonyms([], by=ANONYMOUS),
        lambda draft: replace_synonyms([], by=ANONYMOUS),
    ],
    ids=["save_round", "load_funding_sources", "set_funding_source", "add_synonyms", "replace_synonyms"],
)
def test_only_who_manages_the_catalogue_writes(draft, act):
    with pytest.raises(NotPermitted):
        act(draft)
