"""What waits for whoever works here."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from stars.actors.permissions import Permission
from stars.applications.queries import institution
from stars.applications.queries.places import groups_below_minimum
from stars.catalogue.queries import managed
from stars.common import clock
from stars.workspaces.views import StaffView

# Offers that run out so soon are counted.
OFFER_DAYS = 2


class Home(StaffView):
    """The first page of the work place: its queues with counts."""

    permission = Permission.APPLICATION_ADMIT

    def get(self, request: HttpRequest) -> HttpResponse:
        """What is empty stays in sight, so that one knows it was looked at."""
        return render(request, "institution/home.html", {"queues": self._queues()})

    def _queues(self) -> list[dict[str, Any]]:
        by, now = self.actor, clock.now()
        applicants, groups = reverse("institution:applicants"), reverse("institution:groups")
        rows = [
            (
                institution.to_admit(by).count(),
                ngettext_lazy("confirmed applicant to admit", "confirmed applicants to admit", "count"),
                _("Admit them into a group, put them on the waiting list, or say why not."),
                f"{applicants}?statuss=eligible",
            ),
            (
                institution.live_offers(by, until=now + timedelta(days=OFFER_DAYS)).count(),
                ngettext_lazy(
                    "offer that runs out within two days", "offers that run out within two days", "count"
                ),
                _("When nobody accepts, the seat goes to the next on the list by itself."),
                f"{applicants}?statuss=offered",
            ),
            (
                groups_below_minimum(by.organisation_id or 0).count(),
                ngettext_lazy(
                    "group that begins soon with too few learners",
                    "groups that begin soon with too few learners",
                    "count",
                ),
                _(
                    "Put applicants of other groups on its waiting list: they are offered a seat. Or cancel it in time."
                ),
                f"{groups}?kadas=maz",
            ),
            (
                institution.ended_without_outcome(by).count(),
                ngettext_lazy(
                    "group that ended and has learners without an outcome",
                    "groups that ended and have learners without an outcome",
                    "count",
                ),
                _("Note who completed, one by one or from a table."),
                f"{groups}?kadas=bez-rezultata",
            ),
            (
                managed.with_something_sent_back(managed.programmes_of(by)).count(),
                ngettext_lazy(
                    "programme with something that the agency sent back",
                    "programmes with something that the agency sent back",
                    "count",
                ),
                _("Read the note, mend it, and send it again."),
                f"{reverse('institution:programmes')}?stavoklis=atpakal",
            ),
        ]
        return [
            {"count": count, "label": label % {"count": count}, "text": text, "url": url}
            for count, label, text, url in rows
        ]
