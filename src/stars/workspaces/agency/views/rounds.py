"""Rounds of applications: the list, one round with its groups, making and changing (manual 3.4.2)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from stars.actors.permissions import Permission
from stars.applications.queries.rounds import counts_by_status, offers_applied_for
from stars.catalogue.models import Round
from stars.catalogue.operations.offering import BreaksRule
from stars.catalogue.queries.offers import funding_sources
from stars.catalogue.queries.rounds import (
    Phase,
    group_counts,
    offers_in,
    round_by_id,
    rounds_of,
)
from stars.common import clock
from stars.common.seen import ChangedMeanwhile, in_short
from stars.funding import operations, queries
from stars.funding.forms import RoundForm
from stars.funding.types import Budget
from stars.ui.templatetags.ui import latvian, moment, money, period
from stars.workspaces.agency.rounds import PHASES, managed_schemes, round_line, status_lines
from stars.workspaces.kept import KeptFormView
from stars.workspaces.listing import page_of
from stars.workspaces.views import StaffView

_PAGE_SIZE = 20


class RoundBase(StaffView):
    """What pages about one round share: a round of another authority's source is not there."""

    permission = Permission.ROUND_MANAGE

    @cached_property
    def round(self) -> Round:
        """The round of the address."""
        found = round_by_id(self.kwargs["round_id"])
        if found is None or found.scheme not in managed_schemes(self.actor):
            raise Http404
        return found


class Rounds(StaffView, TemplateView):
    """All rounds of the sources that one manages, filtered by source and phase."""

    permission = Permission.ROUND_MANAGE
    template_name = "agency/rounds/list.html"
    extra_context = {"heading": gettext_lazy("Application rounds")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of rounds with budgets and counts."""
        schemes, now = managed_schemes(self.actor), clock.now()
        chosen, phase = self.request.GET.get("avots", ""), self.request.GET.get("posms", "")
        wanted = [chosen] if chosen in schemes else schemes
        page = page_of(rounds_of(wanted, phase=phase, at=now), self.request.GET, size=_PAGE_SIZE)
        ids = [round_.pk for round_ in page]
        budgets, groups, applied = queries.budgets_of(ids), group_counts(ids), counts_by_status(ids)
        lines = [
            round_line(
                round_,
                budget=budgets.get(round_.pk, Budget()),
                groups=groups.get(round_.pk, 0),
                applications=sum(applied.get(round_.pk, {}).values()),
                at=now,
            )
            for round_ in page
        ]
        return super().get_context_data(
            page=page,
            lines=lines,
            schemes=schemes,
            chosen=chosen if chosen in schemes else "",
            phases=PHASES,
            phase=phase if phase in list(Phase) else "",
            **kwargs,
        )


class RoundPage(RoundBase, TemplateView):
    """One round: dates, budget, how many applied, what it pays for."""

    template_name = "agency/rounds/page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The groups page by page."""
        page = page_of(offers_in(self.round), self.request.GET, size=_PAGE_SIZE)
        counts = counts_by_status([self.round.pk]).get(self.round.pk, {})
        return super().get_context_data(
            heading=f"{self.round.scheme} – {self.round.name}",
            crumbs=crumbs(latvian(self.round.name)),
            round=self.round,
            line=round_line(
                self.round,
                budget=queries.budget_of(self.round.pk),
                groups=page.paginator.count,
                applications=sum(counts.values()),
                at=clock.now(),
            ),
            statuses=status_lines(counts),
            page=page,
            applied_for=offers_applied_for([offer.pk for offer in page]),
            **kwargs,
        )


class RoundFormPage(KeptFormView[RoundForm]):
    """What making and changing share."""

    permission = Permission.ROUND_MANAGE
    template_name = "agency/rounds/form.html"
    form_class = RoundForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """The sources that one manages."""
        schemes, sources = managed_schemes(self.actor), funding_sources()
        known = [sources[scheme] for scheme in schemes if scheme in sources]
        return super().get_form_kwargs() | {"sources": known, "round_": self.existing()}

    def form_valid(self, form: RoundForm) -> HttpResponse:
        """Save, or say beside the field why not."""
        try:
            saved = self.keep(form)
        except operations.BudgetBelowCommitted as refused:
            form.add_error(
                "budget_cents",
                _("%(committed)s are held and paid already; the budget cannot be less.")
                % {"committed": money(refused.committed_cents)},
            )
            return self.form_invalid(form)
        except BreaksRule:
            form.add_error("name", _("There is a round of this name in the source already."))
            return self.form_invalid(form)
        return redirect("agency:round", saved.pk)

    def existing(self) -> Round | None:
        """The round that is changed; None for a new one."""
        return None

    def keep(self, form: RoundForm) -> Round:
        """The round that was saved."""
        raise NotImplementedError

    def form_invalid(self, form: RoundForm) -> HttpResponse:
        """The same page with what was typed and what is wrong."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class NewRound(RoundFormPage):
    """A round that is not there yet."""

    extra_context = {"heading": gettext_lazy("New application round")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the way back."""
        return super().get_context_data(
            crumbs=crumbs(_("New application round")), back_url=reverse("agency:rounds"), **kwargs
        )

    def keep(self, form: RoundForm) -> Round:
        """Made with its budget."""
        made = operations.open_round(
            form.draft(), budget_cents=form.cleaned_data["budget_cents"], by=self.actor
        )
        messages.success(self.request, _("The round is made. Now choose the groups that it pays for."))
        return made


class ChangeRound(RoundBase, RoundFormPage):
    """Dates, name and budget of a round that exists."""

    def existing(self) -> Round:
        """The round of the address."""
        return self.round

    def get_initial(self) -> dict[str, Any]:
        """The round as it is."""
        names = ("name", "opens_at", "closes_at", "learning_from", "learning_until")
        budget = queries.budget_of(self.round.pk)
        return {name: getattr(self.round, name) for name in names} | {"budget_cents": budget.budget_cents}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With how many have applied: they keep what they were promised."""
        counts = counts_by_status([self.round.pk]).get(self.round.pk, {})
        return super().get_context_data(
            heading=_("Change the round"),
            lead=latvian(f"{self.round.scheme} – {self.round.name}"),
            crumbs=crumbs(_("Change the round"), self.round),
            back_url=reverse("agency:round", args=[self.round.pk]),
            applied=sum(counts.values()),
            **{"seen": self._seen()} | kwargs,
        )

    def keep(self, form: RoundForm) -> Round:
        """Changed with its budget."""
        changed = operations.change_round(
            self.round,
            form.draft(),
            budget_cents=form.cleaned_data["budget_cents"],
            seen=self._seen(),
            by=self.actor,
        )
        messages.success(self.request, _("The round is changed."))
        return changed

    def form_valid(self, form: RoundForm) -> HttpResponse:
        """As for a new round; what a colleague changed meanwhile is not overwritten unseen."""
        try:
            return super().form_valid(form)
        except ChangedMeanwhile as meanwhile:
            form.add_error(None, self._changed_in_words())
            context = self.get_context_data(form=form, seen=meanwhile.seen)
            return self.render_to_response(context, status=422)

    def _seen(self) -> str:
        return self.seen(in_short(queries.round_standing(self.round)))

    def _changed_in_words(self) -> str:
        """With its values of now, so that one can decide whose shall stay."""
        now = self.round
        words = _(
            "Meanwhile a colleague changed the round. Now it is: %(name)s, applications %(opens)s – %(closes)s, "
            "learning %(learning)s, budget %(budget)s. If you save again, what stands in the form holds."
        )
        return words % {
            "name": now.name,
            "opens": moment(now.opens_at),
            "closes": moment(now.closes_at),
            "learning": period(now.learning_from, now.learning_until),
            "budget": money(queries.budget_of(now.pk).budget_cents),
        }


def crumbs(last: str, round_: Round | None = None) -> list[dict[str, str]]:
    """The way to a page about rounds."""
    way = [{"label": _("Application rounds"), "url": reverse("agency:rounds")}]
    if round_ is not None:
        way.append({"label": latvian(round_.name), "url": reverse("agency:round", args=[round_.pk])})
    return [*way, {"label": last, "url": ""}]
