"""A person answers: page by page, and sends once."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.audit import operations as audit
from stars.common import clock
from stars.surveys import answering
from stars.surveys.models import Invitation, SurveyAnswer
from stars.surveys.queries.own import answers_of
from stars.surveys.types import Question


class NotTheirs(Exception):
    """There is no such invitation of this person."""


class AlreadySent(Exception):
    """The answers were sent and stay as they are."""


class Closed(Exception):
    """The version was retired and takes no more answers."""


class UnfitAnswer(ValueError):
    """A question that the survey does not ask, or a value that its question does not offer."""


class Unanswered(Exception):
    """Obligatory questions are left."""

    def __init__(self, questions: list[Question]) -> None:
        super().__init__(", ".join(question.code for question in questions))
        self.questions = questions


@transaction.atomic
def answer(invitation: Invitation, values: Mapping[str, Sequence[str]], *, by: Actor) -> None:
    """Keep answers by the question's code, one or a whole page; a later answer replaces the earlier, none removes it.

    Raises `NotTheirs`, `AlreadySent`, `Closed`, `UnfitAnswer`; then nothing is kept.
    """
    invitation = _locked(invitation, by=by)
    definition = invitation.version.definition
    try:
        unfit = [
            code for code, given in values.items() if not answering.fits(definition.question(code), given)
        ]
    except KeyError as unknown:
        raise UnfitAnswer(str(unknown)) from unknown
    if unfit:
        raise UnfitAnswer(", ".join(unfit))
    at = clock.now()
    SurveyAnswer.objects.bulk_create(
        [
            SurveyAnswer(invitation=invitation, question=code, values=list(given), answered_at=at)
            for code, given in values.items()
            if given
        ],
        update_conflicts=True,
        unique_fields=["invitation", "question"],
        update_fields=["values", "answered_at"],
    )
    if emptied := [code for code, given in values.items() if not given]:
        SurveyAnswer.objects.filter(invitation=invitation, question__in=emptied).delete()


@transaction.atomic
def submit(invitation: Invitation, *, by: Actor) -> Invitation:
    """Send the answers; those to questions that are not asked after all are dropped. After the term too.

    Sending again gives what was sent. Raises `NotTheirs`, `Closed`, `Unanswered`.
    """
    try:
        invitation = _locked(invitation, by=by)
    except AlreadySent:
        return Invitation.objects.get(pk=invitation.pk)
    definition, answers = invitation.version.definition, answers_of(invitation)
    if left := answering.missing(definition, answers):
        raise Unanswered(left)
    asked = [question.code for question in answering.visible(definition, answers)]
    SurveyAnswer.objects.filter(invitation=invitation).exclude(question__in=asked).delete()
    invitation.submitted_at = clock.now()
    invitation.save(update_fields=["submitted_at"])
    audit.record("survey.sent", by=by, subject="survey-invitation", subject_id=invitation.public_id)
    return invitation


def note_foreign_look(invitation_id: int, *, by: Actor) -> None:
    """Somebody tried the address of another person's survey."""
    audit.record("survey.foreign-look", by=by, subject="survey-invitation", subject_id=invitation_id)


def _locked(invitation: Invitation, *, by: Actor) -> Invitation:
    by.must(Permission.SURVEY_ANSWER)
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("version", "application")
    locked = rows.filter(pk=invitation.pk).first()
    if locked is None or locked.application.applicant_id != by.person_id:
        raise NotTheirs
    if locked.submitted_at is not None:
        raise AlreadySent
    if not locked.version.takes_answers:
        raise Closed
    return locked
