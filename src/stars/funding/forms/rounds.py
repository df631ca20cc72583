"""A round of applications and the prices of what it pays for."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stars.catalogue.models import FundingSource, GroupOffer, Round
from stars.catalogue.types import OfferDraft, RoundDraft
from stars.ui.forms import DayField, LockedField, MomentField, MoneyField

_HIGHEST_BUDGET = 100_000_000


class RoundForm(forms.Form):
    """Dates and budget. The source of a round that exists is shown and stays."""

    scheme = forms.ChoiceField(
        label=gettext_lazy("Funding source"),
        error_messages={"required": gettext_lazy("Please choose the funding source.")},
    )
    name = forms.CharField(
        label=gettext_lazy("Name of the round"),
        help_text=gettext_lazy("For example: 5th round"),
        max_length=120,
        error_messages={"required": gettext_lazy("Please name the round.")},
    )
    opens_at = MomentField(
        label=gettext_lazy("Applications open"),
        error_messages={"required": gettext_lazy("Please give day and time.")},
    )
    closes_at = MomentField(
        label=gettext_lazy("Applications close"),
        error_messages={"required": gettext_lazy("Please give day and time.")},
    )
    learning_from = DayField(
        label=gettext_lazy("Learning from"),
        error_messages={"required": gettext_lazy("Please give the first day.")},
    )
    learning_until = DayField(
        label=gettext_lazy("Learning until"),
        error_messages={"required": gettext_lazy("Please give the last day.")},
    )
    budget_cents = MoneyField(
        label=gettext_lazy("Budget"),
        help_text=gettext_lazy("What open holds and payments of the round may sum up to, in euros."),
        highest=_HIGHEST_BUDGET,
        error_messages={"required": gettext_lazy("Please give the budget.")},
    )

    def __init__(
        self, *args: Any, sources: list[FundingSource], round_: Round | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.round = round_
        choices = [(source.scheme, f"{source.scheme} – {source.name}") for source in sources]
        if round_ is None:
            self.fields["scheme"].choices = [("", "–"), *choices]  # type: ignore[attr-defined]
        else:
            self.fields["scheme"] = LockedField(
                label=gettext_lazy("Funding source"),
                initial=dict(choices).get(round_.scheme, round_.scheme),
                source=gettext_lazy("A round stays in its source."),
            )

    def clean(self) -> dict[str, Any]:
        """Periods in order."""
        cleaned: dict[str, Any] = super().clean() or {}
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if isinstance(opens, datetime) and isinstance(closes, datetime) and closes <= opens:
            self.add_error("closes_at", _("Applications close after they open."))
        begins, ends = cleaned.get("learning_from"), cleaned.get("learning_until")
        if begins and ends and ends < begins:
            self.add_error("learning_until", _("The last day is not before the first."))
        elif isinstance(opens, datetime) and ends and ends < localdate(opens):
            self.add_error("learning_until", _("Learning does not end before applications open."))
        return cleaned

    def draft(self) -> RoundDraft:
        """The round as it was filled in."""
        values = {name: self.cleaned_data[name] for name in RoundDraft.__slots__ if name != "scheme"}
        scheme = self.cleaned_data["scheme"] if self.round is None else self.round.scheme
        return RoundDraft(scheme=scheme, **values)


class OfferForm(forms.Form):
    """Price and co-payments of one group."""

    price_cents = MoneyField(
        label=gettext_lazy("Price of the programme"),
        error_messages={"required": gettext_lazy("Please give the price.")},
    )
    copayment_cents = MoneyField(
        label=gettext_lazy("Co-payment of the learner"),
        required=False,
        help_text=gettext_lazy("Leave it empty to have it reckoned by the rules."),
    )
    low_income_copayment_cents = MoneyField(
        label=gettext_lazy("Co-payment for a low-income household"),
        required=False,
        help_text=gettext_lazy("Leave it empty to have it reckoned by the rules."),
    )

    def __init__(self, *args: Any, offer: GroupOffer, **kwargs: Any) -> None:
        names = ("price_cents", "copayment_cents", "low_income_copayment_cents")
        kwargs["initial"] = {name: getattr(offer, name) for name in names}
        super().__init__(*args, **kwargs)
        self.round_id = offer.round_id

    def clean(self) -> dict[str, Any]:
        """Nobody pays more than the price, and low-income households not more than others."""
        cleaned: dict[str, Any] = super().clean() or {}
        price, own = cleaned.get("price_cents"), cleaned.get("copayment_cents")
        low = cleaned.get("low_income_copayment_cents")
        if price is not None and own is not None and own > price:
            self.add_error("copayment_cents", _("The co-payment is not more than the price."))
        if own is not None and low is not None and low > own:
            self.add_error("low_income_copayment_cents", _("Low-income households pay no more than others."))
        return cleaned

    def draft(self, usual: OfferDraft) -> OfferDraft:
        """What was filled in; what was left empty as the rules reckon it, `usual`."""
        price, own = self.cleaned_data["price_cents"], self.cleaned_data["copayment_cents"]
        own = usual.copayment_cents if own is None else own
        low = self.cleaned_data["low_income_copayment_cents"]
        low = min(own, usual.low_income_copayment_cents) if low is None else low
        return OfferDraft(
            round_id=self.round_id,
            price_cents=price,
            copayment_cents=own,
            low_income_copayment_cents=min(own, low),
        )
