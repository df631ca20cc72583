"""All schemes by code."""

from stars.schemes.codes import SchemeCode
from stars.schemes.declarations.imk import IMK
from stars.schemes.declarations.mn import MN
from stars.schemes.declarations.varam import VARAM
from stars.schemes.types import Scheme

SCHEMES: dict[SchemeCode, Scheme] = {scheme.code: scheme for scheme in (IMK, MN, VARAM)}
