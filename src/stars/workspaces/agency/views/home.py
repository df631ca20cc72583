"""What waits for whoever works here."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from stars.actors.permissions import Permission
from stars.applications.enums import Status
from stars.applications.queries import queue
from stars.applications.queries.pages import COUNTED_UP_TO
from stars.applications.queries.queue import Mark, QueueFilter
from stars.assessments.queries import managing as assessments
from stars.assessments.scope import managed_by
from stars.catalogue.queries import approvals
from stars.funding import queries as funding
from stars.merging import queries as merging
from stars.workspaces.views import StaffView


class Home(StaffView):
    """The first page of the work place: its queues with counts."""

    permission = Permission.APPLICATION_CHECK

    def get(self, request: HttpRequest) -> HttpResponse:
        """What is empty stays in sight, so that one knows it was looked at."""
        queues = [
            {"count": _counted(count), "label": label % {"count": count}, "text": text, "url": url}
            for permission, (count, label, text, url) in self._queues()
            if self.actor.may(permission)
        ]
        return render(request, "agency/home.html", {"queues": queues})

    def _queues(self) -> list[tuple[Permission, tuple[int, Any, str, str]]]:
        schemes, applications = tuple(sorted(self.actor.schemes)), reverse("agency:applications")
        statuses, marks = queue.counts(QueueFilter(schemes=schemes))
        return [
            (
                Permission.APPLICATION_CHECK,
                (
                    statuses[Status.SUBMITTED],
                    ngettext_lazy("application to decide on", "applications to decide on", "count"),
                    _("The oldest first, with what the rules and the registers say."),
                    applications,
                ),
            ),
            (
                Permission.APPLICATION_CHECK,
                (
                    marks[Mark.MONEY_SHORT],
                    ngettext_lazy(
                        "application for which the money does not suffice",
                        "applications for which the money does not suffice",
                        "count",
                    ),
                    _("They keep their place; confirm them when there is money again."),
                    f"{applications}?pazime={Mark.MONEY_SHORT}",
                ),
            ),
            (
                Permission.PROGRAMME_APPROVE,
                (
                    approvals.filtered().count(),
                    ngettext_lazy(
                        "programme, group or change to approve",
                        "programmes, groups and changes to approve",
                        "count",
                    ),
                    _("Institutions publish what you approve."),
                    reverse("agency:approvals"),
                ),
            ),
            (
                Permission.ACCOUNT_CORRECT,
                (
                    funding.proposals(schemes, is_open=True).count(),
                    ngettext_lazy(
                        "correction of the ledger to settle", "corrections of the ledger to settle", "count"
                    ),
                    _("A second officer settles what the first proposed."),
                    reverse("agency:corrections"),
                ),
            ),
            (
                Permission.PERSON_MERGE,
                (
                    merging.proposals(is_open=True).count(),
                    ngettext_lazy("pair of persons who may be one", "persons who may be one", "count"),
                    _("A second officer merges what the first proposed."),
                    reverse("agency:merges"),
                ),
            ),
            (
                Permission.TEST_MANAGE,
                (
                    assessments.drafts_waiting(managed_by(self.actor)),
                    ngettext_lazy("bank of questions to publish", "banks of questions to publish", "count"),
                    _("Nobody is asked the questions of a draft."),
                    reverse("agency:tests"),
                ),
            ),
        ]


def _counted(count: int) -> int | str:
    return f"{COUNTED_UP_TO}+" if count > COUNTED_UP_TO else count
