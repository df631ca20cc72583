"""IMK: “Digitālās prasmes lietpratējiem”, paid from a learning account (manual 3.4.1)."""

from django.utils.translation import gettext_lazy as _

from stars.schemes.codes import SchemeCode
from stars.schemes.eligibility import ADULT, EARLIER_LEARNING, NOT_LEARNED_BEFORE, SHARED
from stars.schemes.parameters import Parameters
from stars.schemes.types import Scheme, StepKey, step

IMK = Scheme(
    code=SchemeCode.IMK,
    title=_("Digital skills for experts"),
    rules_version="IMK-2026-1",
    steps=(
        step(StepKey.CONTACT, required="email phone region"),
        step(StepKey.PLACE, required="place"),
        step(StepKey.PROGRAMME, required="knows_contents not_learned_before choice_reasons"),
        step(
            StepKey.BACKGROUND,
            required="economic_status occupation education",
            with_none="occupation",
            labels={"occupation": _("Please name your profession, position at the workplace")},
        ),
    ),
    criteria=(ADULT, *SHARED, NOT_LEARNED_BEFORE, *EARLIER_LEARNING),
    # Amount, validity and the event that pays are unknown (facts 1.2, 12.1).
    parameters=Parameters(account_cents=120_000, account_months=24),
    recommendation=_("Because IMK pays, whether you work or not"),
)
