"""Surveys go with their applications, whichever of two records they were asked of."""

import pytest
from tests.merging.conftest import Twins
from tests.surveys.made import invited, published, sent

from stars.merging import operations
from stars.people import operations as people
from stars.surveys.models import Invitation
from stars.surveys.queries import answers_of, invitations_of

pytestmark = pytest.mark.django_db


def test_open_and_sent_surveys_of_both_belong_to_the_one_who_is_kept(twins: Twins) -> None:
    published()
    mine = invited(twins.kept)
    begun = invited(twins.merged, scheme="IMK")
    answered = sent(invited(twins.merged), people.actor_of(twins.merged))
    operations.settle(twins.propose(), by=twins.second)
    kept = people.actor_of(twins.kept)
    assert set(invitations_of(kept)) == {mine, begun, answered}
    assert answers_of(answered) == {"works": ["yes"], "rate": ["3"]}
    assert sent(begun, kept).submitted_at is not None
    assert Invitation.objects.filter(application__applicant=twins.merged).count() == 0
