"""A person's own applications: the only door for their pages."""

from uuid import UUID

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from stars.actors.actor import Actor
from stars.applications.enums import OPEN, Status
from stars.applications.models import Application, Decision, WaitingPlace
from stars.common.fixed_queries import A_UUID, FixedQuery


class NotYours(Exception):
    """The application exists and is somebody else's: the page answers 404, the audit remembers."""

    def __init__(self, application_id: int) -> None:
        super().__init__(application_id)
        self.application_id = application_id


_bare = FixedQuery(lambda public_id: Application.objects.filter(public_id=public_id), public_id=A_UUID)
_whole = FixedQuery(
    lambda public_id: Application.objects.filter(public_id=public_id).select_related(
        "programme__institution", "round", "group", "municipality", "region", "applicant"
    ),
    public_id=A_UUID,
)


def applications_of(actor: Actor) -> QuerySet[Application]:
    """All applications and drafts of the person, newest first, with what their lists name."""
    return (
        Application.objects.filter(applicant_id=actor.person_id)
        .select_related("programme__institution", "round", "group", "municipality")
        .order_by("-submitted_at", "-saved_at", "-pk")
    )


def open_applications_of(actor: Actor) -> list[Application]:
    """Open ones with what their progress is told by."""
    return list(applications_of(actor).filter(status__in=OPEN).prefetch_related("timeline", "places__group"))


def with_story(application: Application) -> Application:
    """The application with its timeline, answers, places and decisions read, the decisions in order."""
    decided = Prefetch("decisions", queryset=Decision.objects.order_by("at", "pk"))
    places = Prefetch("places", queryset=WaitingPlace.objects.select_related("group"))
    prefetch_related_objects([application], "timeline", "answers", places, decided)
    return application


def drafts_of(actor: Actor) -> list[Application]:
    """What was begun and not sent, the latest first."""
    return list(applications_of(actor).filter(status=Status.DRAFT).order_by("-saved_at"))


def own_application(actor: Actor, public_id: UUID, *, whole: bool = True) -> Application | None:
    """The person's application with this address; None when there is none. Raises `NotYours`.

    With `whole` what its pages name is read too; an operation reads that anew.
    """
    found = next(iter((_whole if whole else _bare)(public_id=public_id)), None)
    if found is None:
        return None
    if found.applicant_id != actor.person_id:
        raise NotYours(found.pk)
    return found


def own_draft(actor: Actor, programme_id: int, scheme: str) -> Application | None:
    """The draft of this programme and source, if it was begun."""
    return (
        applications_of(actor).filter(status=Status.DRAFT, programme_id=programme_id, scheme=scheme).first()
    )
