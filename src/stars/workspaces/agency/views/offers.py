"""One group of a round: at what price, and taking it out."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView

from stars.applications.operations.offers import OfferInUse, remove_offer
from stars.catalogue.models import GroupOffer
from stars.catalogue.operations.offering import BreaksRule
from stars.catalogue.operations.rounds import change_offer
from stars.catalogue.queries.rounds import offer_in
from stars.funding.forms import OfferForm
from stars.funding.queries.offers import usual_offer
from stars.ui.templatetags.ui import latvian
from stars.workspaces.agency.views.rounds import RoundBase


class OfferBase(RoundBase):
    """What both pages share."""

    @cached_property
    def offer(self) -> GroupOffer:
        """The offer of the address."""
        found = offer_in(self.round, self.kwargs["offer_id"])
        if found is None:
            raise Http404
        return found


class ChangeOffer(OfferBase, FormView[OfferForm]):
    """Price and co-payments, which the rules reckon unless somebody says otherwise."""

    template_name = "agency/rounds/offer.html"
    form_class = OfferForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """The offer as it is."""
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial", None)
        return kwargs | {"offer": self.offer}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what the rules say."""
        group = self.offer.group
        return super().get_context_data(
            heading=group.programme.title,
            lead=latvian(f"{group.programme.institution.name} · {group.name}"),
            usual=usual_offer(self.round, group, price_cents=self.offer.price_cents),
            crumbs=[
                {"label": _("Application rounds"), "url": reverse("agency:rounds")},
                {"label": latvian(self.round.name), "url": reverse("agency:round", args=[self.round.pk])},
                {"label": _("Price and co-payment"), "url": ""},
            ],
            back_url=reverse("agency:round", args=[self.round.pk]),
            **kwargs,
        )

    def form_valid(self, form: OfferForm) -> HttpResponse:
        """Whoever applied keeps the price that they were promised."""
        usual = usual_offer(self.round, self.offer.group, price_cents=form.cleaned_data["price_cents"])
        try:
            change_offer(self.offer, form.draft(usual), by=self.actor)
        except BreaksRule:
            form.add_error("copayment_cents", _("The co-payment is not more than the price."))
            return self.form_invalid(form)
        messages.success(self.request, _("The price is changed."))
        return redirect("agency:round", self.round.pk)

    def form_invalid(self, form: OfferForm) -> HttpResponse:
        """The same page with what was typed and what is wrong."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class RemoveOffer(OfferBase):
    """Takes the group out of the round."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The button stands on the page of the round."""
        return redirect("agency:round", self.round.pk)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Back to the round."""
        try:
            remove_offer(self.offer, by=self.actor)
            messages.success(request, _("The round pays for the group no longer."))
        except OfferInUse:
            messages.error(request, _("People have applied for this group, so it stays in the round."))
        return redirect("agency:round", self.round.pk)
