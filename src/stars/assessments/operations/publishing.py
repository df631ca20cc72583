"""What banks and thresholds have in common: of several versions one is offered, and none comes back."""

from collections.abc import Iterable
from typing import TypeVar

from stars.assessments.models import ItemBank, LevelRules
from stars.common import clock


class AlreadyPublished(Exception):
    """The version was published before."""


Version = TypeVar("Version", ItemBank, LevelRules)


def publish(locked: Iterable[Version], *, key: int) -> Version:
    """Offer the version of this key from now on and retire the one offered so far; all of them are locked.

    Raises `AlreadyPublished`.
    """
    versions = {each.pk: each for each in locked}
    wanted = versions[key]
    if wanted.published_at is not None:
        raise AlreadyPublished
    at = clock.now()
    for each in versions.values():
        if each.published_at is not None and each.retired_at is None:
            each.retired_at = at
            each.save(update_fields=["retired_at"])
    wanted.published_at = at
    wanted.save(update_fields=["published_at"])
    return wanted
