"""Versions: drafts, one after another published, retired; and what the database holds whoever writes."""

import pytest
from django.db import DatabaseError, transaction
from tests.applications.test_races import together
from tests.factories.people import PersonFactory
from tests.surveys.made import invited, published, sent, survey_file, table

from stars.actors.actor import SYSTEM, Actor, NotPermitted
from stars.audit.models import AuditEvent
from stars.people import operations as people
from stars.surveys import operations, queries
from stars.surveys.enums import State
from stars.surveys.models import Invitation, SurveyAnswer, SurveyVersion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue_lists")]


def second(**more: object) -> dict[str, object]:
    return table(title_lv="Otrā", **more)


def states() -> list[State]:
    return [each.state(newest=each.newest or 0) for each in queries.versions()]


def test_the_same_file_is_one_version() -> None:
    first, again = (operations.load(survey_file(), by=SYSTEM) for _ in range(2))
    other = operations.load(survey_file(second()), by=SYSTEM)
    assert (again, other.version) == (first, 2)


def test_the_newest_published_version_is_asked_and_the_earlier_still_takes_answers() -> None:
    first, later = published(), published(second())
    assert [each.pk for each in queries.offered()] == [later.pk]
    assert states() == [State.PUBLISHED, State.REPLACED]
    assert SurveyVersion.objects.get(pk=first.pk).takes_answers is True


def test_retiring_closes_a_version_and_all_before_it() -> None:
    published()
    later = published(second())
    draft = operations.load(survey_file(table(title_lv="Trešā")), by=SYSTEM)
    operations.retire(later, by=SYSTEM)
    assert states() == [State.DRAFT, State.RETIRED, State.RETIRED]
    assert queries.offered() == []
    operations.publish(draft, by=SYSTEM)
    assert [each.pk for each in queries.offered()] == [draft.pk]


def test_retiring_an_earlier_version_leaves_the_newest() -> None:
    first, later = published(), published(second())
    operations.retire(first, by=SYSTEM)
    assert states() == [State.PUBLISHED, State.RETIRED]
    assert [each.pk for each in queries.offered()] == [later.pk]


def test_what_cannot_be_is_refused() -> None:
    draft = operations.load(survey_file(), by=SYSTEM)
    with pytest.raises(operations.NotPublished):
        operations.retire(draft, by=SYSTEM)
    later = published(second())
    with pytest.raises(operations.Outdated):
        operations.publish(draft, by=SYSTEM)
    with pytest.raises(operations.AlreadyPublished):
        operations.publish(later, by=SYSTEM)


def test_a_draft_is_discarded_once_and_what_was_published_never() -> None:
    draft = operations.load(survey_file(), by=SYSTEM)
    for _twice in range(2):
        operations.discard(draft.pk, by=SYSTEM)
    assert AuditEvent.objects.filter(kind="survey.discarded", subject_id=str(draft.pk)).count() == 1
    with pytest.raises(operations.DraftGone):
        operations.publish(draft, by=SYSTEM)
    kept = published()
    with pytest.raises(operations.AlreadyPublished):
        operations.discard(kept.pk, by=SYSTEM)
    operations.retire(kept, by=SYSTEM)
    with pytest.raises(operations.AlreadyPublished):
        operations.discard(kept.pk, by=SYSTEM)
    assert SurveyVersion.objects.get() == kept


def test_only_who_manages_surveys_does(by: Actor) -> None:
    version = operations.load(survey_file(), by=SYSTEM)
    for deed in (
        lambda: operations.load(survey_file(), by=by),
        lambda: operations.publish(version, by=by),
        lambda: operations.retire(version, by=by),
        lambda: operations.note_report(version, {}, by=by),
    ):
        with pytest.raises(NotPermitted):
            deed()


def test_each_step_stands_in_the_audit() -> None:
    operations.retire(published(), by=SYSTEM)
    kinds = AuditEvent.objects.filter(subject="survey-version").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["survey.loaded", "survey.published", "survey.retired"]


def refused(deed: object) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        deed()


def test_a_published_version_stays_whoever_writes() -> None:
    version = published()
    rows = SurveyVersion.objects.filter(pk=version.pk)
    refused(lambda: rows.update(content={}))
    refused(lambda: rows.update(survey="other"))
    refused(lambda: rows.update(published_at=None))
    refused(rows.delete)
    operations.retire(version, by=SYSTEM)
    refused(lambda: rows.update(retired_at=None))


def test_what_was_sent_stays_whoever_writes() -> None:
    published()
    person = PersonFactory()
    invitation = sent(invited(person), people.actor_of(person))
    refused(lambda: Invitation.objects.filter(pk=invitation.pk).update(submitted_at=None))
    refused(lambda: Invitation.objects.filter(pk=invitation.pk).update(age_group=""))
    refused(lambda: Invitation.objects.filter(pk=invitation.pk).delete())
    answers = SurveyAnswer.objects.filter(invitation=invitation)
    refused(lambda: answers.update(values=["no"]))
    refused(answers.delete)
    fields = {"question": "note", "values": ["x"], "answered_at": invitation.submitted_at}
    refused(lambda: SurveyAnswer.objects.create(invitation=invitation, **fields))


def test_nobody_is_asked_with_a_draft_or_with_another_surveys_version() -> None:
    version = published()
    invitation = invited(PersonFactory())
    draft = operations.load(survey_file(second()), by=SYSTEM)
    refused(lambda: Invitation.objects.filter(pk=invitation.pk).update(version=draft))
    refused(lambda: Invitation.objects.filter(pk=invitation.pk).update(survey="other"))
    assert Invitation.objects.get().version_id == version.pk


@pytest.mark.django_db(transaction=True)
def test_two_files_loaded_at_once_become_two_versions_and_one_file_one() -> None:
    files = [survey_file(), survey_file(second()), survey_file()]
    made = together(*[lambda file=file: operations.load(file, by=SYSTEM) for file in files])
    assert sorted(each.version for each in set(made)) == [1, 2]
