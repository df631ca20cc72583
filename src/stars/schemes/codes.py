"""The funding sources. Everything else about a source is in its declaration."""

from enum import StrEnum


class SchemeCode(StrEnum):
    """Code of a funding source (finansējuma avots), as the manual abbreviates it."""

    IMK = "IMK"
    MN = "MN"
    VARAM = "VARAM"
