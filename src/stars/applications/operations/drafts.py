"""Before the submission: begin, keep what is typed, throw away."""

from django.db import IntegrityError, transaction
from django.utils.datastructures import MultiValueDict

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.applications.corrections import LONGEST_STEP
from stars.applications.enums import Action, Status
from stars.applications.models import Application, StepAnswers
from stars.applications.operations.access import must_be_applicant
from stars.applications.sources import SourceOption, is_open, sources_of
from stars.assessments.levels import valid_level
from stars.audit import operations as audit
from stars.catalogue.enums import ProgrammeStatus
from stars.catalogue.models import GroupOffer, Programme
from stars.catalogue.queries.offers import offers_of
from stars.common import clock
from stars.common.typed import length_of, texts_of
from stars.people.models import Person
from stars.schemes.codes import SchemeCode
from stars.schemes.declarations import SCHEMES
from stars.schemes.types import Gate


class ProgrammeGone(Exception):
    """The programme is not in the catalogue any more."""


class SourceClosed(Exception):
    """The source does not pay for the programme, or takes no applications now; `option` says why when it is known."""

    def __init__(self, option: SourceOption | None) -> None:
        super().__init__()
        self.option = option


class OutsideLevel(Exception):
    """The source stands behind the level test: no valid result, or one of another level than the programme's."""


class NotADraft(Exception):
    """A submitted application is not edited."""


class DraftGone(Exception):
    """The draft was deleted in another tab."""


@transaction.atomic
def start(person: Person, programme: Programme, scheme: SchemeCode, *, by: Actor) -> Application:
    """Begin an application, or find the draft that was begun.

    Raises `ProgrammeGone`, `SourceClosed`, `OutsideLevel`, and `DraftGone` when the person was merged into another
    meanwhile.
    """
    by.must(Permission.APPLICATION_FILL)
    must_be_open(programme, scheme)
    if SCHEMES[scheme].gate is Gate.LEVEL_TEST:
        found = valid_level(person.pk, on=clock.today())
        if found is None or found.level != programme.varam_level:
            raise OutsideLevel
    try:
        with transaction.atomic():
            application, is_new = Application.objects.get_or_create(
                applicant=person, programme=programme, scheme=scheme, status=Status.DRAFT
            )
    except IntegrityError as refusal:
        # Two tabs began at once, and the constraint kept one; or it was a merge, which leaves none.
        drafts = Application.objects.filter(applicant=person, programme=programme, status=Status.DRAFT)
        begun = drafts.filter(scheme=scheme).first()
        if begun is None:
            raise DraftGone from refusal
        return begun
    if is_new:
        audit.record(f"application.{Action.START}", by=by, subject="application", subject_id=application.pk)
    return application


def must_be_open(programme: Programme, scheme: SchemeCode) -> list[GroupOffer]:
    """The offers of the source, of which at least one can be chosen now.

    Raises `ProgrammeGone`, or `SourceClosed` when the source takes no applications.
    """
    if programme.status != ProgrammeStatus.PUBLISHED:
        raise ProgrammeGone
    now = clock.now()
    offers = offers_of(programme, schemes=[scheme])
    if not any(is_open(offer.round, at=now) for offer in offers):
        options = {option.scheme: option for option in sources_of(programme, at=now)}
        raise SourceClosed(options.get(scheme))
    return offers


@transaction.atomic
def keep_step(application: Application, step: str, data: MultiValueDict[str, str], *, by: Actor) -> None:
    """Keep what stands in a step, finished or not.

    Raises `NotADraft`, `DraftGone`, `NotPermitted`, KeyError for a step the scheme lacks.
    """
    locked = _locked_draft(application, by=by)
    declared = SCHEMES[SchemeCode(locked.scheme)].step(step)
    names = {*declared.fields, "not_working"} if declared.with_none else set(declared.fields)
    kept = texts_of(data, names)
    if length_of(kept) > LONGEST_STEP:
        return
    StepAnswers.objects.update_or_create(application=locked, step=declared.key, defaults={"data": kept})
    locked.save(update_fields=["saved_at"])


@transaction.atomic
def discard(application: Application, *, by: Actor) -> None:
    """Throw a draft away. Raises `NotADraft`, `DraftGone`, `NotPermitted`."""
    locked = _locked_draft(application, by=by)
    audit.record("application.discard", by=by, subject="application", subject_id=locked.pk)
    locked.delete()


def _locked_draft(application: Application, *, by: Actor) -> Application:
    locked = Application.objects.select_for_update().filter(pk=application.pk).first()
    if locked is None:
        raise DraftGone
    must_be_applicant(locked, by=by)
    if not locked.is_draft:
        raise NotADraft
    return locked


def note_foreign_look(application_id: int, *, by: Actor) -> None:
    """Somebody asked for an application that is not theirs."""
    audit.record("application.refused-look", by=by, subject="application", subject_id=application_id)


def note_strange_group(application: Application, group_id: int, *, by: Actor) -> None:
    """Somebody asked, under their own application, for a group that has nothing to do with it."""
    audit.record(
        "application.strange-group",
        by=by,
        subject="application",
        subject_id=application.pk,
        details={"group_id": str(group_id)[:20]},
    )
