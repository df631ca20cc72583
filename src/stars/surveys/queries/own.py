"""A person's own surveys: the only door for their pages."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Case, IntegerField, QuerySet, Value, When

from stars.actors.actor import Actor
from stars.surveys.enums import Ending
from stars.surveys.models import Invitation, SurveyAnswer


class NotYours(Exception):
    """The invitation exists and is somebody else's: the page answers 404, the audit remembers."""

    def __init__(self, invitation_id: int) -> None:
        super().__init__(invitation_id)
        self.invitation_id = invitation_id


def has_section(sent: Mapping[str, set[str]]) -> bool:
    """Whether the person ever completed learning or was expelled (manual 3.1 and 3.7).

    `sent` is what `applications.queries.money.sent_in` says of the person.
    """
    return any(standing & set(Ending.values) for standing in sent.values())


def invitations_of(actor: Actor) -> QuerySet[Invitation]:
    """What the person is asked: to be answered, the earliest term first; then answered and closed, the latest first."""
    place = Case(
        When(submitted_at__isnull=True, version__retired_at__isnull=True, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return (
        Invitation.objects.filter(application__applicant_id=actor.person_id)
        .select_related("version", "application__programme__institution")
        .annotate(place=place)
        .order_by(
            "place",
            Case(When(submitted_at=None, version__retired_at=None, then="due_on")),
            "-opened_at",
            "-pk",
        )
    )


def obligatory_unanswered(actor: Actor) -> list[Invitation]:
    """Obligatory surveys that the person can still answer, the earliest term first."""
    rows = invitations_of(actor).filter(submitted_at=None, version__retired_at=None)
    return list(rows.filter(version__content__obligatory=True))


def own_invitation(actor: Actor, public_id: UUID) -> Invitation | None:
    """The person's invitation with this address; None when there is none. Raises `NotYours`."""
    found = (
        Invitation.objects.filter(public_id=public_id)
        .select_related("version", "application__programme__institution")
        .first()
    )
    if found is not None and found.application.applicant_id != actor.person_id:
        raise NotYours(found.pk)
    return found


def answers_of(invitation: Invitation) -> dict[str, list[str]]:
    """What was answered so far, by the question's code."""
    return dict(SurveyAnswer.objects.filter(invitation=invitation).values_list("question", "values"))
