"""The measure of saving answers sends what the page sends, finds what is lost, and counts the questions."""

import pytest
from django.test import Client

from benchmarks import answers
from stars.assessments.models import Answer, Attempt
from stars.assessments.own_bank import load_own_bank

pytestmark = pytest.mark.django_db


@pytest.fixture
def savings() -> list[answers.Saving]:
    """Three answers of each of two people."""
    load_own_bank()
    return answers.make_ready(2, 3)


def test_everybody_answers_a_question_before_anybody_answers_the_next(savings: list[answers.Saving]) -> None:
    asked = Attempt.objects.earliest("pk").asked
    assert [each.field for each in savings] == [f"q{key}" for key in asked[:3] for _ in range(2)]
    assert [each.value for each in savings] == ["0", "0", "1", "1", "2", "2"]
    assert len({each.session for each in savings}) == len({each.path for each in savings}) == 2


def test_what_is_sent_is_kept_and_what_is_not_kept_is_lost(
    savings: list[answers.Saving], client: Client
) -> None:
    for each in savings[:-1]:
        client.cookies["sessionid"] = each.session
        assert client.post(each.path, {each.field: each.value}).status_code == 204
    assert answers.lost(savings) == 1
    Answer.objects.filter(value=1).update(value=3)
    assert answers.lost(savings) == 3


def test_one_answer_asks_at_most_six_questions(savings: list[answers.Saving]) -> None:
    assert answers.queries_of(savings[0]) == 5
    assert Answer.objects.count() == 1
