"""Who manages which test: the agency all of them, a source's authority the level test before its form (facts 1.4)."""

from stars.actors.actor import Actor, OutOfScope
from stars.actors.permissions import Permission
from stars.assessments.enums import Instrument
from stars.schemes.declarations import SCHEMES
from stars.schemes.types import Gate

_BEHIND_THE_LEVEL_TEST = frozenset(
    scheme.code.value for scheme in SCHEMES.values() if scheme.gate is Gate.LEVEL_TEST
)


def managed_by(actor: Actor) -> tuple[Instrument, ...]:
    """The tests whose banks the actor may see, publish and retire."""
    if actor.may(Permission.TEST_MANAGE_ALL):
        return tuple(Instrument)
    if actor.may(Permission.TEST_MANAGE) and _BEHIND_THE_LEVEL_TEST & actor.schemes:
        return (Instrument.LEVEL,)
    return ()


def must_manage(instrument: str, *, by: Actor) -> None:
    """Raise `NotPermitted` or `OutOfScope` unless the actor manages the test."""
    by.must(Permission.TEST_MANAGE)
    if instrument not in managed_by(by):
        raise OutOfScope
