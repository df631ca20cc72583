"""What institutions sent for approval: the queue, oldest first, and one thing as a whole."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stars.actors.permissions import Permission
from stars.applications.operations import offering as bound
from stars.catalogue import labels
from stars.catalogue.description import programme_rows
from stars.catalogue.enums import ApprovalOutcome
from stars.catalogue.forms import SendBackForm
from stars.catalogue.lifecycle import StepNotAllowed
from stars.catalogue.models import ApprovalRequest
from stars.catalogue.operations import approval, offering
from stars.catalogue.queries import approvals, managed
from stars.workspaces.listing import FilterForm, page_of
from stars.workspaces.views import StaffView

_KINDS = {
    "programma": gettext_lazy("Programmes"),
    "grupa": gettext_lazy("Groups"),
    "izmainas": gettext_lazy("Changes"),
}


class ApprovalFilters(FilterForm):
    """By what it is and who sent it."""

    kas = forms.ChoiceField(
        label=gettext_lazy("What"), choices=[("", gettext_lazy("Everything")), *_KINDS.items()]
    )
    q = forms.CharField(label=gettext_lazy("Institution or programme"), max_length=100)


class Approvals(StaffView):
    """The queue."""

    permission = Permission.PROGRAMME_APPROVE

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page that the address names."""
        filters = ApprovalFilters(request.GET)
        page = page_of(approvals.filtered(**filters.chosen), request.GET)
        rows = [(waiting, kind_of(waiting)) for waiting in page]
        context = {"heading": _("Approval of programmes"), "filters": filters, "page": page, "rows": rows}
        return render(request, "agency/approvals/list.html", context)


def kind_of(request: ApprovalRequest) -> str:
    """What it is, in words."""
    if request.values:
        return _("change of a group") if request.group else _("change of a programme")
    return _("new group") if request.group else _("new programme")


class ApprovalView(StaffView):
    """What pages of one request share."""

    permission = Permission.PROGRAMME_APPROVE
    kwargs: dict[str, Any]

    @cached_property
    def waiting(self) -> ApprovalRequest:
        """The request of the address."""
        found = approvals.approval_request(self.kwargs["request_id"])
        if found is None:
            raise Http404
        return found

    def page(self, form: SendBackForm, *, status: int = 200, **context: Any) -> HttpResponse:
        """The thing as a whole, what would change, and both answers."""
        request = self.waiting
        programme = request.programme
        before, after = approvals.neighbours(request)
        context |= {
            "heading": programme.title if request.group is None else request.group.name,
            "waiting": request,
            "kind": kind_of(request),
            "is_open": request.outcome == ApprovalOutcome.WAITING,
            "differences": labels.differences(request) if request.values else [],
            "rows": programme_rows(programme),
            "group": request.group,
            "only_group": [request.group],
            "groups": managed.groups_under(programme),
            "form": form,
            "before": before,
            "after": after,
        }
        return render(self.request, "agency/approvals/page.html", context, status=status)

    def onward(self) -> HttpResponse:
        """To the next in the queue, or to the queue when there is none."""
        _before, after = approvals.neighbours(self.waiting)
        return redirect("agency:approval", after.pk) if after else redirect("agency:approvals")

    def stale(self) -> HttpResponse:
        """Somebody was faster."""
        messages.info(self.request, _("Meanwhile this was settled, or taken back by the institution."))
        return redirect("agency:approval", self.waiting.pk)


class Approval(ApprovalView):
    """One request; a POST approves it."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """To look at."""
        return self.page(SendBackForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Approved, and on to the next."""
        try:
            bound.approve(self.waiting, by=self.actor)
        except (approval.AlreadySettled, StepNotAllowed):
            return self.stale()
        except approval.ProgrammeFirst:
            return self._refused(_("The programme goes first: approve it, then its groups."))
        except offering.FixedByApplications as fixed:
            words = _(
                "Meanwhile people have applied, so this stays as it is: %(fields)s. Send the change back."
            )
            return self._refused(words % {"fields": labels.labels(fixed.columns)})
        except offering.BelowTaken:
            return self._refused(_("Meanwhile more seats are taken than the change leaves. Send it back."))
        except offering.BreaksRule:
            return self._refused(_("This breaks a rule of the catalogue. Send it back."))
        messages.success(request, _("Approved: %(what)s.") % {"what": self.waiting.programme.title})
        return self.onward()

    def _refused(self, words: str) -> HttpResponse:
        return self.page(SendBackForm(), status=409, refusal=words)


class SendBack(ApprovalView):
    """Sends a request back with what has to be mended."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form stands on the page of the request."""
        return redirect("agency:approval", self.waiting.pk)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Sent back, and on to the next."""
        form = SendBackForm(request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            approval.send_back(self.waiting, note=form.cleaned_data["note"], by=self.actor)
        except (approval.AlreadySettled, StepNotAllowed):
            return self.stale()
        messages.success(request, _("Sent back to the institution."))
        return self.onward()
