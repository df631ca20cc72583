"""Corrections of the ledger: found by an application's number, proposed by one officer, settled by another."""

from itertools import chain
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from stars.actors.actor import OutOfScope, OwnAffair
from stars.actors.permissions import Permission
from stars.applications.queries import staff
from stars.funding import operations, queries
from stars.funding.forms import LookUpForm, ReasonForm
from stars.funding.types import CorrectableEntry
from stars.workspaces.agency.views.decisions import account_in_words, short_in_words
from stars.workspaces.kept import KeptFormView
from stars.workspaces.listing import page_of
from stars.workspaces.views import StaffView

_PAGE_SIZE = 20


class Corrections(StaffView, TemplateView):
    """Looking for an entry, what waits for a second officer, what was settled."""

    permission = Permission.ACCOUNT_CORRECT
    template_name = "agency/corrections/list.html"
    extra_context = {"heading": gettext_lazy("Corrections")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The entries of the number that was asked for, if any."""
        asked = "numurs" in self.request.GET
        form = LookUpForm(self.request.GET) if asked else LookUpForm()
        number = form.cleaned_data["numurs"] if asked and form.is_valid() else ""
        settled = queries.proposals(self.actor.schemes, is_open=False)
        waiting = queries.proposals(self.actor.schemes, is_open=True)
        pages = [
            page_of(waiting, self.request.GET, size=_PAGE_SIZE, parameter="gaida"),
            page_of(settled, self.request.GET, size=_PAGE_SIZE),
        ]
        entries = operations.look_up(number, by=self.actor) if number else []
        operations.note_proposals([proposal for page in pages for proposal in page], by=self.actor)
        clients = staff.clients_of_money(
            [*map(_whose_proposal, chain(*pages)), *((each.application, each.owner_id) for each in entries)]
        )
        return super().get_context_data(
            form=form,
            number=number,
            entries=entries,
            client=next((clients.get((each.application, each.owner_id)) for each in entries), None),
            waiting=pages[0],
            page=pages[1],
            waiting_rows=[(each, clients.get(_whose_proposal(each))) for each in pages[0]],
            settled_rows=[(each, clients.get(_whose_proposal(each))) for each in pages[1]],
            own_id=self.actor.person_id,
            **kwargs,
        )


class ProposeCorrection(KeptFormView[ReasonForm]):
    """One entry, and why it shall be reversed."""

    permission = Permission.ACCOUNT_CORRECT
    template_name = "agency/corrections/propose.html"
    form_class = ReasonForm

    @cached_property
    def entry(self) -> CorrectableEntry:
        """The entry of the address, if the officer's sources hold it."""
        found = operations.look_at(self.kwargs["entry_id"], by=self.actor)
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the entry, and whose money it is."""
        whose = (self.entry.application, self.entry.owner_id)
        return super().get_context_data(
            heading=_("Propose a correction"),
            entry=self.entry,
            client=staff.clients_of_money([whose]).get(whose),
            crumbs=[
                {"label": _("Corrections"), "url": reverse("agency:corrections")},
                {"label": _("Propose a correction"), "url": ""},
            ],
            back_url=f"{reverse('agency:corrections')}?numurs={self.entry.application}",
            **kwargs,
        )

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        """It waits for a second officer."""
        try:
            operations.propose_correction(self.entry.pk, reason=form.cleaned_data["reason"], by=self.actor)
        except operations.NotCorrectable:
            form.add_error(None, _("This entry is corrected already, or a proposal about it waits."))
            return self.form_invalid(form)
        except OwnAffair:
            form.add_error(None, _("Nobody corrects their own account."))
            return self.form_invalid(form)
        messages.success(self.request, _("The proposal waits for a second officer."))
        return redirect("agency:corrections")

    def form_invalid(self, form: ReasonForm) -> HttpResponse:
        """The same page with what was typed and what is wrong."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class SettleCorrection(StaffView):
    """The second officer's word."""

    permission = Permission.ACCOUNT_CORRECT

    def get(self, request: HttpRequest, proposal_id: int) -> HttpResponse:
        """The buttons stand in the list."""
        return redirect("agency:corrections")

    def post(self, request: HttpRequest, proposal_id: int) -> HttpResponse:
        """Back to the list, saying what happened."""
        accept = request.POST.get("accept") == "1"
        try:
            settled = operations.settle_correction(proposal_id, accept=accept, by=self.actor)
        except operations.SameOfficer:
            messages.error(request, _("Another officer has to settle this."))
        except operations.NotCorrectable:
            messages.error(request, _("This entry cannot be corrected any more."))
        except operations.FundsExceeded as refused:
            messages.error(request, account_in_words(refused.available_cents, refused.needed_cents))
        except operations.BudgetExceeded as refused:
            messages.error(request, short_in_words(refused.left_cents, refused.needed_cents))
        except OwnAffair:
            messages.error(request, _("Nobody corrects their own account."))
        except OutOfScope as stranger:
            raise Http404 from stranger
        else:
            if settled.is_accepted:
                messages.success(request, _("The correction is carried out."))
            else:
                messages.success(request, _("The proposal is declined."))
        return redirect("agency:corrections")


def _whose_proposal(proposal: Any) -> tuple[str, UUID | None]:
    entry = proposal.entry
    return entry.application, entry.account.person_id if entry.account else None
