"""What banks and thresholds have in common: of several versions one is offered, and none comes back."""

from collections.abc import Iterable
from typing import TypeVar

from django.db import connection, models

from stars.assessments.models import ItemBank, LevelRules
from stars.common import clock


class AlreadyPublished(Exception):
    """The version was published before."""


class NotOffered(Exception):
    """The version is not the one that is offered: a draft, or retired already."""


class OfferChanged(Exception):
    """Another version is offered than the one that was looked at."""


class DraftGone(Exception):
    """The draft was discarded in the meantime."""


Version = TypeVar("Version", ItemBank, LevelRules)


def one_at_a_time(model: type[models.Model]) -> None:
    """Until the end of the transaction nobody else writes to the table: a first version has no row to be locked."""
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {model._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def publish(locked: Iterable[Version], *, key: int, instead_of: int | None = None) -> Version:
    """Offer the version of this key from now on and retire the one offered so far; all of them are locked.

    `instead_of` is the number of the version that was seen as the offered one, 0 when none was; None does not mind.
    Raises `DraftGone`, `AlreadyPublished`, `OfferChanged`.
    """
    versions = {each.pk: each for each in locked}
    wanted = versions.get(key)
    if wanted is None:
        raise DraftGone
    if wanted.published_at is not None:
        raise AlreadyPublished
    offered = [each for each in versions.values() if is_offered(each)]
    if instead_of is not None and instead_of != (offered[0].version if offered else 0):
        raise OfferChanged
    at = clock.now()
    for each in offered:
        each.retired_at = at
        each.save(update_fields=["retired_at"])
    wanted.published_at = at
    wanted.save(update_fields=["published_at"])
    return wanted


def retire(locked: Version) -> Version:
    """Offer the version no more, and no other in its place. Raises `NotOffered`."""
    if not is_offered(locked):
        raise NotOffered
    locked.retired_at = clock.now()
    locked.save(update_fields=["retired_at"])
    return locked


def is_offered(version: ItemBank | LevelRules) -> bool:
    """Published, and not retired."""
    return version.published_at is not None and version.retired_at is None
