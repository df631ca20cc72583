"""Gates that can be passed on this installation.

The level test comes with the tests of the platform; until then nobody can pass it, and a source behind it takes no
applications.
"""

from stars.schemes.codes import SchemeCode
from stars.schemes.declarations import SCHEMES
from stars.schemes.types import Gate

PASSABLE_GATES: frozenset[Gate] = frozenset()


def is_passable(scheme: SchemeCode) -> bool:
    """False while nobody can get to the source's form."""
    gate = SCHEMES[scheme].gate
    return gate is None or gate in PASSABLE_GATES
