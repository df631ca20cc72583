"""MN: “Mācības nodarbinātajiem”, learning for the employed (manual 3.4.2)."""

from django.utils.translation import gettext_lazy as _

from stars.schemes.codes import SchemeCode
from stars.schemes.eligibility import ADULT, EARLIER_LEARNING, EMPLOYED, NOT_LEARNED_BEFORE, SHARED
from stars.schemes.parameters import Parameters
from stars.schemes.types import Scheme, StepKey, step

MN = Scheme(
    code=SchemeCode.MN,
    title=_("Learning for the employed"),
    rules_version="MN-2026-1",
    steps=(
        step(StepKey.CONTACT, required="email phone"),
        step(StepKey.PLACE, required="place period"),
        step(StepKey.PROGRAMME, required="knows_contents not_learned_before choice_reasons"),
        step(
            StepKey.BACKGROUND,
            required="employed_adult occupation education",
            optional="workplace low_income",
        ),
    ),
    criteria=(ADULT, EMPLOYED, *SHARED, NOT_LEARNED_BEFORE, *EARLIER_LEARNING),
    # Of the predecessor (facts 1.3): two learnings, a month after completing, half a year after interrupting; 5 % of the
    # price for non-formal programmes and 10 % for others, nothing for low-income households. Not known for 2024–2029.
    parameters=Parameters(
        learnings_allowed=2,
        months_after_completion=1,
        months_after_interruption=6,
        copayment_percent=10,
        copayment_percent_by_kind={"kind-neformala": 5, "kind-talmaciba": 5, "kind-pasvaditas": 5},
    ),
    group_from_period=True,
    recommendation=_("Because you are employed, and MN pays for the employed"),
)
