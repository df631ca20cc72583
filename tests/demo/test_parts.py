"""The parts of the demonstration that need no database: texts, places, groups."""

from collections import Counter
from datetime import date, timedelta
from itertools import product
from random import Random

import pytest

from stars.demo import texts
from stars.demo.groups import Course, Setting, make_groups
from stars.demo.placement import place
from stars.demo.rounds import Phase

TODAY = date(2026, 11, 23)
ROUNDS = {key: number for number, key in enumerate(product(("IMK", "MN", "VARAM"), Phase))}


def test_texts_are_distinct():
    """Item 4 asks for at least 200 programmes with titles and contents of their own."""
    programmes = texts.programmes()
    assert len(programmes) >= 200
    for name in ("slug", "title", "contents", "summary"):
        assert max(Counter(getattr(programme, name) for programme in programmes).values()) == 1, name


def test_each_text_is_taught_once_before_any_is_taught_twice():
    placed = place(texts.programmes(), texts.institutions(), 420, Random(1))
    first = placed[: len(texts.programmes())]
    assert [placement.programme for placement in first] == [*texts.programmes()]
    assert {placement.copy for placement in first} == {0}
    assert min(placement.copy for placement in placed[len(first) :]) == 1


def test_programmes_are_where_their_kind_and_field_are_taught():
    for placement in place(texts.programmes(), texts.institutions(), 420, Random(1)):
        assert placement.institution.kind == placement.programme.institution
        assert placement.programme.field in placement.institution.fields


def test_no_institution_has_a_title_twice_however_many_are_wanted():
    placed = place(texts.programmes(), texts.institutions(), 5_000, Random(1))
    pairs = Counter((placement.institution.slug, placement.programme.title) for placement in placed)
    assert max(pairs.values()) == 1
    assert len(placed) > 1_000


def test_programmes_are_spread_over_all_institutions():
    placed = place(texts.programmes(), texts.institutions(), 420, Random(1))
    load = Counter(placement.institution.slug for placement in placed)
    assert set(load) == {institution.slug for institution in texts.institutions()}
    assert max(load.values()) <= 15


@pytest.mark.parametrize("programme", texts.programmes()[::9], ids=lambda programme: programme.slug)
@pytest.mark.parametrize("today", [TODAY, date(2027, 6, 28), date(2027, 12, 15), date(2028, 2, 29)], ids=str)
def test_groups_are_believable(programme, today):
    institution = next(one for one in texts.institutions() if one.kind == programme.institution)
    course, setting = Course(institution, programme, programme.price_eur), Setting(today, ROUNDS)
    for seed in range(20):
        groups = make_groups(course, setting, Random(seed))
        assert 1 <= len(groups) <= 5
        assert groups[0].status == "published"
        assert {offer.round_id for offer in groups[0].offers} == {
            ROUNDS[scheme, Phase.OPEN] for scheme in programme.schemes
        }
        for group in groups:
            assert (group.municipality is None) == (programme.study_form == "online")
            assert group.starts_on <= group.ends_on
            assert group.ends_on - group.starts_on < timedelta(days=500)
            assert group.starts_on.month != 7
            assert (group.starts_on.month, group.starts_on.day) < (12, 20)
            assert group.seats_taken is None
            assert group.offers
