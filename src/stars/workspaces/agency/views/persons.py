"""Finding people, and proposing and settling that two records are one person. Codes and names travel in forms only."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from stars.actors.actor import OwnAffair
from stars.actors.permissions import Permission
from stars.merging import operations, queries
from stars.merging.forms import FindForm, ReasonForm
from stars.merging.models import MergeProposal
from stars.people.models import Person
from stars.workspaces.kept import KeptFormView
from stars.workspaces.listing import page_of
from stars.workspaces.views import StaffView


class PersonsView(StaffView):
    """What all pages about persons share."""

    permission = Permission.PERSON_MERGE

    def known(self, name: str) -> Person:
        """The person of the address."""
        found = queries.person(self.kwargs[name])
        if found is None:
            raise Http404
        return found


class FindPersons(PersonsView, FormView[FindForm]):
    """The search. Its answer is the page that the form comes back to: nothing of it stands in an address."""

    template_name = "agency/persons.html"
    form_class = FindForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The first of the two, when one was chosen already; that their name was shown is recorded."""
        chosen = self.known("kept_id") if "kept_id" in self.kwargs else None
        if chosen is not None:
            operations.note_view(chosen, by=self.actor)
        return super().get_context_data(
            heading=_("Persons"),
            lead=_("Find two records that are one person, and propose to merge them."),
            chosen=chosen,
            waiting=queries.proposals(is_open=True).count(),
            most=queries.MOST_FOUND,
            **kwargs,
        )

    def form_valid(self, form: FindForm) -> HttpResponse:
        """The people found, codes masked; the look is recorded."""
        found = form.found()
        operations.note_search(found, by=self.actor)
        codes = queries.masked_codes(found)
        rows = [(person, codes[person.pk]) for person in found]
        return self.render_to_response(self.get_context_data(form=form, rows=rows, was_asked=True))

    def form_invalid(self, form: FindForm) -> HttpResponse:
        """The same page with what is wrong."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ProposeMerge(PersonsView, KeptFormView[ReasonForm]):
    """Both records side by side, and the reason why they are one person."""

    template_name = "agency/merge_propose.html"
    form_class = ReasonForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What each has; the look is recorded."""
        if self.both is None:
            raise Http404
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A page that was open while another officer merged one of them leads back to the search."""
        if self.both is None:
            messages.warning(request, _("One of them was merged already."))
            return redirect("agency:persons")
        return super().post(request, *args, **kwargs)

    @cached_property
    def both(self) -> tuple[Person, Person] | None:
        """The persons of the address, when they are two."""
        return queries.pair(self.kwargs["kept_id"], self.kwargs["merged_id"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The preview, and the address with both exchanged; also beside a form that comes back it is a look."""
        kept, merged = cast(tuple[Person, Person], self.both)
        operations.note_view(kept, merged, by=self.actor)
        return super().get_context_data(
            heading=_("Propose a merge"),
            lead=_("Compare both records before you propose."),
            preview=queries.preview(kept, merged),
            exchanged_url=reverse("agency:merge-propose", args=[merged.pk, kept.pk]),
            crumbs=_crumbs(_("Propose a merge")),
            **kwargs,
        )

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        """Propose, or say why not."""
        kept, merged = cast(tuple[Person, Person], self.both)
        try:
            made = operations.propose(kept, merged, form.cleaned_data["reason"], by=self.actor)
        except operations.AlreadyProposed:
            if (earlier := queries.open_proposal(kept, merged)) is not None:
                messages.info(self.request, _("This is proposed already. Another officer has to confirm it."))
                return redirect("agency:merge", number=earlier.pk)
            form.add_error(None, _("Another proposal about one of them is open already."))
        except operations.MustBeSettledFirst:
            form.add_error(None, _("One of them was merged already."))
        except OwnAffair:
            form.add_error(None, _("You cannot decide about your own records."))
        else:
            messages.success(self.request, _("The merge is proposed. Another officer has to confirm it."))
            return redirect("agency:merge", number=made.pk)
        return self.form_invalid(form)

    def form_invalid(self, form: ReasonForm) -> HttpResponse:
        """The same page with what is wrong."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class MergeProposals(PersonsView, TemplateView):
    """The queue: what waits, or what was settled."""

    template_name = "agency/merges.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the address asks for; whose names were shown is recorded."""
        is_open = self.request.GET.get("stavoklis") != "izskatitie"
        page = page_of(queries.proposals(is_open=is_open), self.request.GET)
        operations.note_list([one for each in page for one in (each.kept, each.merged)], by=self.actor)
        return super().get_context_data(
            heading=_("Proposals to merge persons"),
            lead=_("One officer proposes, another confirms."),
            is_open=is_open,
            page=page,
            crumbs=_crumbs(_("Proposals to merge persons")),
            **kwargs,
        )


class SettleMerge(PersonsView):
    """One proposal: both records, what stands in the way, and the decision."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        """The look is recorded."""
        return self._page(request, self._proposal(number))

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        """Confirm or decline."""
        proposal = self._proposal(number)
        is_accepted = request.POST.get("decision") == "accept"
        try:
            if is_accepted:
                operations.settle(proposal, by=self.actor)
            elif request.POST.get("decision") == "decline":
                operations.decline(proposal, by=self.actor)
            else:
                return self._page(request, proposal, _("Please choose what to do."), status=422)
        except operations.MustBeSettledFirst:
            return self._page(request, proposal, _("Some things must be settled first."), status=409)
        except operations.SameOfficer:
            return self._page(
                request, proposal, _("You proposed it: another officer must confirm."), status=409
            )
        except OwnAffair:
            return self._page(request, proposal, _("You cannot decide about your own records."), status=409)
        except operations.AlreadySettled:
            return self._page(
                request, self._proposal(number), _("Another officer has settled this already."), status=409
            )
        messages.success(
            request, _("Both records are one person now.") if is_accepted else _("The proposal was declined.")
        )
        return redirect("agency:merges")

    def _proposal(self, number: int) -> MergeProposal:
        found = queries.proposal(number)
        if found is None:
            raise Http404
        return found

    def _page(
        self, request: HttpRequest, proposal: MergeProposal, problem: str = "", *, status: int = 200
    ) -> HttpResponse:
        operations.note_view(proposal.kept, proposal.merged, by=self.actor)
        is_open = proposal.settled_at is None
        context = {
            "heading": _("Merge two persons"),
            "proposal": proposal,
            "is_open": is_open,
            "is_mine": proposal.proposed_by is not None and proposal.proposed_by == self.actor.person_id,
            "preview": queries.preview(proposal.kept, proposal.merged, but=proposal) if is_open else None,
            "problem": problem,
            "crumbs": _crumbs(_("Merge two persons")),
        }
        return render(request, "agency/merge.html", context, status=status)


def _crumbs(label: str) -> list[dict[str, str]]:
    return [{"label": _("Persons"), "url": reverse("agency:persons")}, {"label": label, "url": ""}]
