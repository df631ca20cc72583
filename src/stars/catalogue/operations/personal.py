"""What a person keeps of the catalogue: favourites, and reasons that they want to hear no more."""

import re
from uuid import UUID

from django.db import transaction

from stars.actors.actor import Actor, NotPermitted
from stars.actors.permissions import Permission
from stars.audit import operations as audit
from stars.catalogue.enums import ProgrammeStatus
from stars.catalogue.models import Favourite, MutedReason, Programme

_REASON = re.compile(r"[a-z-]{3,20}(:[a-z0-9-]{1,50})?")


class NoSuchProgramme(LookupError):
    """The programme does not stand in the catalogue."""


class NoSuchReason(ValueError):
    """The text is no code of a reason."""


@transaction.atomic
def keep_favourite(programme_id: int, *, by: Actor) -> None:
    """Keep a programme; a second time changes nothing. Raises `NoSuchProgramme`."""
    by.must(Permission.PROFILE_EDIT)
    if not Programme.objects.filter(pk=programme_id, status=ProgrammeStatus.PUBLISHED).exists():
        raise NoSuchProgramme(programme_id)
    _, is_new = Favourite.objects.get_or_create(person_id=_person(by), programme_id=programme_id)
    if is_new:
        audit.record("favourite.kept", by=by, subject="programme", subject_id=programme_id)


@transaction.atomic
def drop_favourite(programme_id: int, *, by: Actor) -> None:
    """Keep it no more; what was not kept is no mistake."""
    by.must(Permission.PROFILE_EDIT)
    dropped, _ = Favourite.objects.filter(person_id=_person(by), programme_id=programme_id).delete()
    if dropped:
        audit.record("favourite.dropped", by=by, subject="programme", subject_id=programme_id)


@transaction.atomic
def mute_reason(code: str, *, by: Actor) -> None:
    """Recommend nothing any more for this reason. Raises `NoSuchReason`."""
    by.must(Permission.PROFILE_EDIT)
    if not _REASON.fullmatch(code):
        raise NoSuchReason
    _, is_new = MutedReason.objects.get_or_create(person_id=_person(by), reason=code)
    if is_new:
        audit.record("reason.muted", by=by, subject="reason", subject_id=code)


@transaction.atomic
def restore_reason(code: str, *, by: Actor) -> None:
    """Recommend for this reason again; what was not muted is no mistake."""
    by.must(Permission.PROFILE_EDIT)
    restored, _ = MutedReason.objects.filter(person_id=_person(by), reason=code).delete()
    if restored:
        audit.record("reason.restored", by=by, subject="reason", subject_id=code)


def _person(actor: Actor) -> UUID:
    """Who keeps; a favourite is always somebody's own."""
    if actor.person_id is None:
        raise NotPermitted(Permission.PROFILE_EDIT)
    return actor.person_id
