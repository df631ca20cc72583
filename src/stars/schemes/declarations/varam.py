"""VARAM: “Digitālās pamatprasmes”, basic digital skills behind a level test (manual 3.4.3)."""

from django.utils.translation import gettext_lazy as _

from stars.schemes.codes import SchemeCode
from stars.schemes.eligibility import ADULT, EARLIER_LEARNING, LEVEL, SHARED
from stars.schemes.types import Authority, Gate, Scheme, StepKey, step

VARAM = Scheme(
    code=SchemeCode.VARAM,
    title=_("Basic digital skills"),
    rules_version="VARAM-2026-2",
    steps=(
        step(StepKey.CONTACT, required="email phone"),
        step(StepKey.PLACE, required="place", heading=_("PLEASE ADMIT ME")),
        step(StepKey.PROGRAMME, required="knows_contents"),
    ),
    criteria=(ADULT, *LEVEL, *SHARED, *EARLIER_LEARNING),
    authority=Authority.MINISTRY,
    gate=Gate.LEVEL_TEST,
)
