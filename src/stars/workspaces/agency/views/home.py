"""What waits for whoever works here."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from stars.actors.permissions import Permission
from stars.applications.enums import Status
from stars.applications.queries import queue
from stars.applications.queries.queue import COUNTED_UP_TO, Mark, QueueFilter
from stars.catalogue.queries import approvals
from stars.funding import queries as funding
from stars.merging import queries as merging
from stars.workspaces.views import StaffView


class Home(StaffView):
    """The first page of the work place: its queues with counts."""

    permission = Permission.APPLICATION_CHECK

    def get(self, request: HttpRequest) -> HttpResponse:
        """What is empty stays in sight, so that one knows it was looked at."""
        rows = [row for permission, row in self._queues() if self.actor.may(permission)]
        names = ("count", "label", "text", "url")
        queues = [dict(zip(names, row, strict=True)) for row in rows]
        return render(request, "agency/home.html", {"queues": queues})

    def _queues(self) -> list[tuple[Permission, tuple[Any, str, str, str]]]:
        schemes, applications = tuple(sorted(self.actor.schemes)), reverse("agency:applications")
        statuses, marks = queue.counts(QueueFilter(schemes=schemes))
        return [
            (
                Permission.APPLICATION_CHECK,
                (
                    _counted(statuses[Status.SUBMITTED]),
                    _("applications to decide on"),
                    _("The oldest first, with what the rules and the registers say."),
                    applications,
                ),
            ),
            (
                Permission.APPLICATION_CHECK,
                (
                    _counted(marks[Mark.MONEY_SHORT]),
                    _("applications for which the money does not suffice"),
                    _("They keep their place; confirm them when the round's budget grows."),
                    f"{applications}?pazime={Mark.MONEY_SHORT}",
                ),
            ),
            (
                Permission.PROGRAMME_APPROVE,
                (
                    approvals.filtered().count(),
                    _("programmes, groups and changes to approve"),
                    _("Institutions publish what you approve."),
                    reverse("agency:approvals"),
                ),
            ),
            (
                Permission.ACCOUNT_CORRECT,
                (
                    funding.proposals(schemes, is_open=True).count(),
                    _("corrections of the ledger to settle"),
                    _("A second officer settles what the first proposed."),
                    reverse("agency:corrections"),
                ),
            ),
            (
                Permission.PERSON_MERGE,
                (
                    merging.proposals(is_open=True).count(),
                    _("persons who may be one"),
                    _("A second officer merges what the first proposed."),
                    reverse("agency:merges"),
                ),
            ),
        ]


def _counted(count: int) -> str:
    return f"{COUNTED_UP_TO}+" if count > COUNTED_UP_TO else str(count)
