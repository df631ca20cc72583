"""What they answered when they were asked about their learning; some did not answer."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from django.utils.timezone import localdate, make_aware

from stars.applications.enums import Status
from stars.common import clock
from stars.demo.many.learned import Learned
from stars.people.ages import age_group
from stars.surveys import answering, dates
from stars.surveys.enums import QuestionKind
from stars.surveys.models import Invitation, SurveyAnswer, SurveyVersion
from stars.surveys.queries.versions import offered
from stars.surveys.types import Definition, Question

# Of a hundred so many answer, within so many days.
_ANSWER, _DAYS = 84, 20
# How often each answer is chosen, where not the first ones most.
_OFTEN: Final = {
    QuestionKind.SCALE: (1, 2, 5, 9, 8),
    "qualification": (0, 7, 1, 3),
    "employment": (9, 2, 1, 2, 2, 4),
    "situation": (5, 6, 1),
}
_COMMENT_EVERY: Final = 6
_COMMENTS: Final = (
    "Gribētos vairāk laika vingrinājumiem.",
    "Paldies pasniedzējai, viss bija saprotami.",
    "Labāk vakaros, pa dienu jāstrādā.",
    "Tagad pati varu pieteikties pie ārsta internetā.",
)


def answer(learned: Sequence[Learned], chance: Random) -> None:
    """Each survey that is offered, for everybody about whom its day has come; most have sent it."""
    for version in offered():
        asked = [
            (each, _invitation(version, each))
            for each in learned
            if dates.opens_on(version.definition, _ended(each)) <= clock.today()
        ]
        Invitation.objects.bulk_create(invitation for _, invitation in asked)
        sent = [pair for pair in asked if _will_answer(pair[1], chance)]
        SurveyAnswer.objects.bulk_create(
            row for each, invitation in sent for row in _rows(version.definition, each, invitation, chance)
        )
        Invitation.objects.bulk_update([invitation for _, invitation in sent], ["submitted_at"])


def _ended(learned: Learned) -> date:
    assert learned.application.ended_at
    return localdate(learned.application.ended_at)


def _invitation(version: SurveyVersion, learned: Learned) -> Invitation:
    opened = dates.opens_on(version.definition, _ended(learned))
    return Invitation(
        application=learned.application,
        survey=version.survey,
        version=version,
        opened_at=make_aware(datetime.combine(opened, time(0, 10))),
        due_on=dates.due_on(version.definition, _ended(learned)),
        municipality_id=learned.who.municipality,
        age_group=age_group(learned.who.birth_date, opened) or "",
    )


def _will_answer(invitation: Invitation, chance: Random) -> bool:
    """Whether the answers were sent by now; then it also says when."""
    at = invitation.opened_at + timedelta(days=chance.randrange(_DAYS), minutes=chance.randrange(1, 1_000))
    if chance.randrange(100) >= _ANSWER or at > clock.now():
        return False
    invitation.submitted_at = at
    return True


def _rows(
    definition: Definition, learned: Learned, invitation: Invitation, chance: Random
) -> Iterator[SurveyAnswer]:
    assert invitation.submitted_at
    given: dict[str, list[str]] = {}
    for question in definition.questions:
        if question in answering.visible(definition, given):
            given[question.code] = _given(question, learned, chance)
    for code, values in given.items():
        if values:
            yield SurveyAnswer(
                invitation=invitation, question=code, values=values, answered_at=invitation.submitted_at
            )


def _given(question: Question, learned: Learned, chance: Random) -> list[str]:
    if question.kind is QuestionKind.TEXT:
        return [chance.choice(_COMMENTS)] if chance.randrange(_COMMENT_EVERY) == 0 else []
    codes = [option.code for option in question.options]
    if question.code == "finished":
        return [codes[learned.application.status != Status.COMPLETED]]
    if question.kind is QuestionKind.MULTIPLE:
        # The last one is that of none of the others.
        return sorted(chance.sample(codes[:-1], chance.randint(1, 2)), key=codes.index)
    usual = [1 / place for place in range(1, len(codes) + 1)]
    weights = _OFTEN.get(question.code) or _OFTEN.get(question.kind) or usual
    return chance.choices(codes, weights=weights if len(weights) == len(codes) else usual)
