"""Confirmed applicants of own programmes: the list, its file, and one of them with what can be done."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stars.actors.permissions import Permission
from stars.applications.applicants import Applicant, applicant_of, applicants
from stars.applications.enums import Status
from stars.applications.models import Application
from stars.applications.operations.looks import note_list, note_look
from stars.applications.queries import institution
from stars.applications.queries.pages import COUNTED_UP_TO
from stars.applications.queries.places import live_places
from stars.applications.words import day_of, reasons_in_words
from stars.enrolments.enums import Act
from stars.enrolments.operations.bulk import SOURCES
from stars.enrolments.queries import enrolment_of
from stars.schemes.codes import SchemeCode
from stars.ui.templatetags.ui import latvian, money
from stars.ui.xlsx import workbook
from stars.workspaces import listing
from stars.workspaces.institution.views.base import ApplicantView
from stars.workspaces.listing import FilterForm, place_in, query_without_place, spreadsheet
from stars.workspaces.views import StaffView

_SEATING = {Act.ADMIT, Act.WAIT, Act.NOT_ADMIT}
_LATER = (Status.COMPLETED, Status.EXPELLED, Status.REFUSED, Status.WITHDRAWN)


class ApplicantFilters(FilterForm):
    """By programme, place, source, state, and by name or number."""

    q = forms.CharField(label=gettext_lazy("Name or number"), max_length=100)
    programma = forms.ChoiceField(label=gettext_lazy("Programme"))
    vieta = forms.ChoiceField(label=gettext_lazy("Place of learning"))
    avots = forms.ChoiceField(
        label=gettext_lazy("Funding source"),
        choices=[("", gettext_lazy("All sources")), *((code.value, code.value) for code in SchemeCode)],
    )
    statuss = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[
            ("", gettext_lazy("To be admitted or waiting")),
            (Status.ELIGIBLE.value, gettext_lazy("To be admitted")),
            (Status.WAITING.value, Status.WAITING.label),
            (institution.OFFERED, gettext_lazy("A seat is offered")),
            (Status.ADMITTED.value, Status.ADMITTED.label),
            *((status.value, status.label) for status in _LATER),
            (institution.EVERYBODY, gettext_lazy("Everybody")),
        ],
    )

    def __init__(self, *args: Any, programmes: list[Any], places: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offers = {
            "programma": [("", _("All programmes")), *programmes],
            "vieta": [("", _("All places")), ("attalinati", _("Remotely")), *places],
        }
        for name, choices in offers.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices


class Filtered(StaffView):
    """What the list, its file and a page reached from it share."""

    permission = Permission.APPLICATION_ADMIT

    def filters(self) -> ApplicantFilters:
        """The filters of the address."""
        programmes, places = institution.filter_choices(self.actor)
        return ApplicantFilters(self.request.GET, programmes=programmes, places=places)

    def filtered(self) -> Any:
        """The rows that they leave."""
        return institution.filtered(institution.applicants_of(self.actor), **self.filters().chosen)


class Applicants(Filtered):
    """The list, page by page; whoever was shown stands in the audit."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page that the address names."""
        filters = self.filters()
        listed = institution.listed(self.actor, **filters.chosen)
        page = institution.shown(listed, **place_in(request.GET))
        note_list(page.rows, by=self.actor)
        count = institution.how_many(listed)
        context = {
            "heading": _("Applicants"),
            "filters": filters,
            "page": page,
            "count": min(count, COUNTED_UP_TO),
            "is_more": count > COUNTED_UP_TO,
            "rows": applicants(page.rows),
            "query": query_without_place(request.GET),
        }
        return render(request, "institution/applicants/list.html", context)


class ApplicantsFile(Filtered):
    """The list as a spreadsheet, all pages of what is filtered."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The file; back to the list with a word when there are too many for one."""
        found = list(self.filtered()[: listing.MOST_IN_TABLE + 1])
        if len(found) > listing.MOST_IN_TABLE:
            return listing.too_many(request, "institution:applicants")
        note_list(found, by=self.actor, what="exported")
        return spreadsheet(applicants_table(applicants(found)), "pieteikumi")


def applicants_table(rows: list[Applicant]) -> bytes:
    """Applicants as they stand in lists; a masked code stays masked."""
    return workbook(_("Applicants"), applicant_headings(), [applicant_cells(row) for row in rows])


def applicant_headings() -> list[str]:
    """Headings of the columns about an applicant."""
    return [
        _("Application"), _("Name"), _("Year of birth"), _("Personal code"), _("E-mail address"),
        _("Telephone"), _("Education"), _("Programme"), _("Place of learning"), _("Period"),
        _("Funding source"), _("Co-payment, €"), _("State"), _("Submitted"),
    ]  # fmt: skip


def applicant_cells(row: Applicant) -> list[object]:
    """What stands in them."""
    application = row.application
    submitted = application.submitted_at
    return [
        application.number, row.name, row.born, row.code, row.email,
        row.phone, row.education, application.programme.title, row.place, row.period,
        application.scheme, (application.copayment_cents or 0) / 100, application.get_status_display(),
        localdate(submitted) if submitted else None,
    ]  # fmt: skip


class ApplicantPage(Filtered, ApplicantView):
    """One applicant: who, what was chosen, and what can be done next."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """With the neighbours of the list from which one came; the look is recorded."""
        application = self.application
        note_look(application, by=self.actor)
        row = applicant_of(application)
        before, after = institution.neighbours(self.filtered(), application)
        to_seat = application.status in institution.TO_SEAT
        places = live_places(application).select_related("group") if to_seat else ()
        groups = institution.where_to_seat(application) if to_seat else []
        note_list([place.application for row in groups for place in row.offers], by=self.actor)
        context = {
            "heading": row.name,
            "row": row,
            "application": application,
            "rows": applicant_rows(row),
            "places": list(places),
            "groups": groups,
            "anchor": institution.group_to_answer_in(application) if to_seat else None,
            "to_seat": to_seat,
            "ending": _ending_rows(application),
            "enrolment": None if to_seat else enrolment_of(application),
            "acts": acts_for(application),
            "before": before,
            "after": after,
            "query": request.GET.urlencode(),
        }
        return render(request, "institution/applicants/page.html", context)

    def filters(self) -> ApplicantFilters:
        """They are not shown here, so what there is to choose from is asked only when something was chosen of it."""
        if {"programma", "vieta"} & self.request.GET.keys():
            return super().filters()
        return ApplicantFilters(self.request.GET, programmes=[], places=[])


def acts_for(application: Application) -> list[Act]:
    """What can be done to a learner; seating asks for a group first."""
    return [act for act, sources in SOURCES.items() if application.status in sources and act not in _SEATING]


def _ending_rows(application: Application) -> list[tuple[str, str]]:
    """How it ended without learning; why somebody left is their own affair."""
    if application.status not in (Status.REFUSED, Status.WITHDRAWN):
        return []
    rows = [(_("State"), f"{application.get_status_display()}, {day_of(application.ended_at)}")]
    decision = institution.ending_of(application)
    if decision is not None:
        rows.append((_("Reasons"), "; ".join(reasons_in_words(decision.reasons))))
        if decision.note:
            rows.append((_("Note"), decision.note))
    return rows


def applicant_rows(row: Applicant) -> list[tuple[str, Any]]:
    """Everything that the institution may know."""
    application = row.application
    return [
        (_("Year of birth"), row.born),
        (_("Personal code"), row.code),
        (_("E-mail address"), row.email),
        (_("Telephone"), row.phone),
        (_("Education"), row.education),
        (_("Programme"), latvian(application.programme.title)),
        (_("Place of learning"), row.place),
        (_("Learning period"), row.period),
        (_("Funding source"), application.scheme),
        (_("Co-payment"), money(application.copayment_cents or 0)),
    ]
