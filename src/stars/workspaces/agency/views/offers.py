"""The groups that a round pays for: choosing them, at what price, and taking one out."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from stars.applications.operations.offers import OfferInUse, remove_offer
from stars.catalogue.models import GroupOffer
from stars.catalogue.operations.offering import BreaksRule
from stars.catalogue.operations.rounds import change_offer
from stars.catalogue.queries.rounds import groups_to_offer, offer_in
from stars.catalogue.queries.standing import prices_of
from stars.common.seen import ChangedMeanwhile, in_short
from stars.common.typed import whole_numbers, words
from stars.funding import operations
from stars.funding.forms import OfferForm
from stars.funding.queries.offers import usual_offer
from stars.ui.templatetags.ui import latvian, money
from stars.workspaces.agency.views.rounds import RoundBase, crumbs
from stars.workspaces.kept import KeptFormView
from stars.workspaces.listing import page_of

_PAGE_SIZE = 20
_LONGEST_SEARCH = 200


class ChooseGroups(RoundBase, TemplateView):
    """Groups that the round could pay for, to be ticked."""

    template_name = "agency/rounds/groups.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Approved and published groups of the learning period, filtered by words."""
        wanted = words(self.request.GET.get("q", ""), longest=_LONGEST_SEARCH)
        page = page_of(groups_to_offer(self.round, words=wanted), self.request.GET, size=_PAGE_SIZE)
        return super().get_context_data(
            heading=_("Choose groups"),
            lead=latvian(f"{self.round.scheme} – {self.round.name}"),
            crumbs=crumbs(_("Choose groups"), self.round),
            round=self.round,
            page=page,
            q=wanted,
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Add what was ticked; what cannot be offered any more is left out."""
        ticked = whole_numbers(request.POST.getlist("grupa"))
        groups = list(groups_to_offer(self.round).filter(pk__in=ticked)) if ticked else []
        if not groups:
            messages.error(request, _("Tick at least one group."))
            return redirect(request.get_full_path())
        try:
            added = operations.offer_groups(self.round, groups, by=self.actor)
        except BreaksRule:
            messages.error(request, _("The source cannot pay for one of these groups. Nothing was added."))
            return redirect(request.get_full_path())
        said = ngettext("%(count)s group was added.", "%(count)s groups were added.", added)
        messages.success(request, said % {"count": added})
        return redirect("agency:round", self.round.pk)


class OfferBase(RoundBase):
    """What both pages share."""

    @cached_property
    def offer(self) -> GroupOffer:
        """The offer of the address."""
        found = offer_in(self.round, self.kwargs["offer_id"])
        if found is None:
            raise Http404
        return found


class ChangeOffer(OfferBase, KeptFormView[OfferForm]):
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
            crumbs=crumbs(_("Price and co-payment"), self.round),
            back_url=reverse("agency:round", args=[self.round.pk]),
            **{"seen": self._seen()} | kwargs,
        )

    def form_valid(self, form: OfferForm) -> HttpResponse:
        """Whoever applied keeps the price that they were promised; a colleague's change is not overwritten unseen."""
        usual = usual_offer(self.round, self.offer.group, price_cents=form.cleaned_data["price_cents"])
        try:
            change_offer(self.offer, form.draft(usual), seen=self._seen(), by=self.actor)
        except ChangedMeanwhile as meanwhile:
            form.add_error(None, self._changed_in_words())
            return self.form_invalid(form, seen=meanwhile.seen)
        except BreaksRule:
            form.add_error("copayment_cents", _("The co-payment is not more than the price."))
            return self.form_invalid(form)
        except GroupOffer.DoesNotExist as gone:
            raise Http404 from gone
        messages.success(self.request, _("The price is changed."))
        return redirect("agency:round", self.round.pk)

    def form_invalid(self, form: OfferForm, **context: Any) -> HttpResponse:
        """The same page with what was typed and what is wrong."""
        return self.render_to_response(self.get_context_data(form=form, **context), status=422)

    def _seen(self) -> str:
        return self.seen(in_short(prices_of(self.offer)))

    def _changed_in_words(self) -> str:
        """With the prices of now, so that one can decide whose shall stay."""
        self.offer.refresh_from_db()
        said = _(
            "Meanwhile a colleague changed the prices. Now they are: price %(price)s, co-payment %(own)s, for a "
            "low-income household %(low)s. If you save again, what stands in the form holds."
        )
        return said % {
            "price": money(self.offer.price_cents),
            "own": money(self.offer.copayment_cents),
            "low": money(self.offer.low_income_copayment_cents),
        }


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
