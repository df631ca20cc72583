"""Forms about money."""

from stars.funding.forms.corrections import LookUpForm, ReasonForm
from stars.funding.forms.rounds import OfferForm, RoundForm
from stars.funding.forms.rules import RulesForm

__all__ = ["LookUpForm", "OfferForm", "ReasonForm", "RoundForm", "RulesForm"]
