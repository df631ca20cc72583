"""Own groups: the list, one group with its people, its files, and cancelling it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stars.actors.permissions import Permission
from stars.applications import operations as applications
from stars.applications.applicants import Applicant, applicants
from stars.applications.enums import OPEN, Status
from stars.applications.operations.looks import note_list
from stars.applications.queries import institution
from stars.applications.queries.places import waiting_list
from stars.catalogue.enums import GroupStatus
from stars.catalogue.queries import managed
from stars.common import clock
from stars.common.rows import RowsFailed
from stars.enrolments import operations as enrolments
from stars.enrolments.enums import Act
from stars.enrolments.forms import CancelGroupForm
from stars.enrolments.models import Enrolment
from stars.enrolments.queries import belonging_to, enrolments_by_application
from stars.ui.xlsx import workbook
from stars.workspaces.institution.views.applicants import applicant_cells, applicant_headings
from stars.workspaces.institution.views.base import GroupView
from stars.workspaces.institution.views.programmes import COLOURS
from stars.workspaces.kept import KeptView
from stars.workspaces.listing import FilterForm, page_of, spreadsheet
from stars.workspaces.views import StaffView

APPLIED, LINE, SEATED = "pieteikusies", "rinda", "uznemti"
_TABS = {
    APPLIED: gettext_lazy("Applied"),
    LINE: gettext_lazy("Waiting list"),
    SEATED: gettext_lazy("Admitted and learning"),
}
# What can be done to people in each of the tabs, to several at once.
_ACTS = {
    APPLIED: (Act.ADMIT, Act.WAIT, Act.NOT_ADMIT),
    LINE: (Act.ADMIT, Act.NOT_ADMIT),
    SEATED: (Act.CONTRACT, Act.ATTENDANCE, Act.COMPLETE, Act.EXPEL),
}
_SIZE = 50


class GroupFilters(FilterForm):
    """Which groups, and words in the programme's title or the group's name."""

    kadas = forms.ChoiceField(
        label=gettext_lazy("Which"),
        choices=[
            ("", gettext_lazy("Not ended yet")),
            ("maz", gettext_lazy("Begin soon with too few learners")),
            ("bez-rezultata", gettext_lazy("Ended, learners without an outcome")),
            ("visas", gettext_lazy("All groups")),
        ],
    )
    q = forms.CharField(label=gettext_lazy("Programme or group"), max_length=100)


class Groups(StaffView):
    """The institution's groups."""

    permission = Permission.APPLICATION_ADMIT

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page that the address names."""
        filters = GroupFilters(request.GET)
        page = page_of(institution.groups_listed(self.actor, **filters.chosen), request.GET)
        groups = list(page.object_list)
        applied, waiting = institution.applied_counts(groups), institution.waiting_counts(groups)
        rows = [
            {
                "group": group,
                "colour": COLOURS.get(group.status, "neutral"),
                "applied": applied[group.pk],
                "waiting": waiting.get(group.pk, 0),
                "lacking": managed.missing(group),
            }
            for group in groups
        ]
        context = {"heading": _("Groups"), "filters": filters, "page": page, "rows": rows}
        return render(request, "institution/groups/list.html", context)


class GroupPage(GroupView):
    """A group with its people, a tab for each of the ways in which they belong to it."""

    permission = Permission.APPLICATION_ADMIT

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The tab that the address names; whoever was shown stands in the audit."""
        group, by = self.group, self.actor
        counts = {
            APPLIED: institution.for_group(by, group).count(),
            LINE: institution.waiting_counts([group]).get(group.pk, 0),
            SEATED: institution.seated_in(by, group).count(),
        }
        tab = request.GET.get("cilne", "")
        if tab not in _TABS:
            tab = next((name for name in _TABS if counts[name]), APPLIED)
        page = page_of(self._people(tab), request.GET, size=_SIZE, total=counts[tab])
        shown = [row.application if tab == LINE else row for row in page.object_list]
        note_list(shown, by=by)
        learning = enrolments_by_application(group, shown) if tab == SEATED else {}
        places = page.object_list if tab == LINE else [None] * len(shown)
        rows = [
            {
                "person": person,
                "place": place,
                "enrolment": learning.get(person.application.pk),
                "may_tick": person.application.status in OPEN,
            }
            for person, place in zip(applicants(shown), places, strict=True)
        ]
        is_over = group.ends_on < clock.today() or group.status == GroupStatus.CANCELLED
        context = {
            "heading": group.name,
            "group": group,
            "colour": COLOURS.get(group.status, "neutral"),
            "tab": tab,
            "tabs": [(name, label, counts[name]) for name, label in _TABS.items()],
            "page": page,
            "rows": rows,
            "may_tick": any(row["may_tick"] for row in rows),
            "are_ticked": request.GET.get("atzimet") == "visi",
            "acts": [Act.NOT_ADMIT] if is_over and tab != SEATED else _ACTS[tab],
            "is_over": is_over,
            "lacking": managed.missing(group),
            "unsettled": belonging_to(group).count() if group.status == GroupStatus.CANCELLED else 0,
        }
        return render(request, "institution/groups/page.html", context)

    def _people(self, tab: str) -> Any:
        if tab == LINE:
            return institution.in_line_of(waiting_list(self.group))
        if tab == SEATED:
            return institution.seated_in(self.actor, self.group)
        return institution.for_group(self.actor, self.group)


class GroupFile(GroupView):
    """Everybody who is admitted to the group or learned in it, with their learning, as a spreadsheet."""

    permission = Permission.APPLICATION_ADMIT

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The file."""
        found = list(institution.seated_in(self.actor, self.group))
        note_list(found, by=self.actor, what="exported")
        learning = enrolments_by_application(self.group, found)
        return spreadsheet(learners_table(applicants(found), learning), f"grupa-{self.group.pk}")


def learners_table(people: list[Applicant], learning: dict[int, Enrolment]) -> bytes:
    """People of a group as they stand in lists, and beside each what is noted of their learning."""
    headings = [
        *applicant_headings(), _("Contract"), _("Day of the contract"), _("Co-payment paid, €"),
        _("Day of the co-payment"), _("Hours attended"), _("Hours planned"), _("Number of the document"),
        _("Day of the document"), _("Grade"), _("Ended on"), _("Reason of the expulsion"),
    ]  # fmt: skip
    rows = [
        [*applicant_cells(person), *_learning_cells(learning.get(person.application.pk))] for person in people
    ]
    return workbook(_("Learners"), headings, rows)


def _learning_cells(enrolment: Enrolment | None) -> list[object]:
    if enrolment is None:
        return []
    return [
        enrolment.contract_number, enrolment.contract_on,
        enrolment.copayment_paid_cents / 100, enrolment.copayment_paid_on,
        enrolment.hours_attended, enrolment.hours_planned,
        enrolment.document_number, enrolment.document_on,
        _("passed") if enrolment.passed else enrolment.grade, enrolment.ended_on,
        str(enrolment.get_expulsion_reason_display()),
    ]  # fmt: skip


class CancelGroup(GroupView, KeptView):
    """A group does not take place, or stops."""

    permission = Permission.APPLICATION_CONCLUDE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """What it means, and for how many."""
        return self._page(self.filled(CancelGroupForm()))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Cancelled, and everybody told; a second click finds it done."""
        form = CancelGroupForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            enrolments.cancel_group(
                self.group,
                reason=form.cleaned_data["reason"],
                not_formed=form.cleaned_data["not_formed"],
                by=self.actor,
            )
        except enrolments.GroupOver:
            messages.info(request, _("The group has ended, so there is nothing to cancel."))
        except applications.ReasonOwed:
            form.add_error("reason", _("Please say why the group is cancelled."))
            return self._page(form, status=422)
        except RowsFailed:
            # The group's page tells of how many.
            messages.warning(
                request,
                _(
                    "The group is cancelled. Everybody gets a message but those whose application is still being "
                    "worked on."
                ),
            )
        else:
            messages.success(request, _("The group is cancelled. Everybody in it gets a message."))
        return redirect("institution:group", self.group.pk)

    def _page(self, form: CancelGroupForm, *, status: int = 200) -> HttpResponse:
        group, by = self.group, self.actor
        seated = institution.seated_in(by, group).filter(status=Status.ADMITTED).count()
        applied = institution.for_group(by, group).filter(group=group).count()
        context = {
            "heading": _("Cancel the group"),
            "group": group,
            "form": form,
            "seated": seated,
            "applied": applied,
            "waiting": institution.waiting_counts([group]).get(group.pk, 0),
            "has_begun": group.starts_on <= clock.today(),
        }
        return render(self.request, "institution/groups/cancel.html", context, status=status)
