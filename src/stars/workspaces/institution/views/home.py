"""What waits for whoever works here."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from stars.actors.permissions import Permission
from stars.applications.queries import institution
from stars.catalogue.queries import managed
from stars.common import clock
from stars.workspaces.views import StaffView

# Groups that begin so soon are counted when they lack learners; offers, when they run out so soon.
SOON_DAYS = 21
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
        short = managed.short_groups(by, until=clock.today() + timedelta(days=SOON_DAYS)).count()
        rows = [
            (
                institution.to_admit(by).count(),
                _("confirmed applicants to admit"),
                _("Admit them into a group, put them on the waiting list, or say why not."),
                f"{applicants}?statuss=eligible",
            ),
            (
                institution.live_offers(by, until=now + timedelta(days=OFFER_DAYS)).count(),
                _("offers that run out within two days"),
                _("When nobody accepts, the seat goes to the next on the list by itself."),
                f"{applicants}?statuss=offered",
            ),
            (
                short,
                _("groups that begin soon with too few learners"),
                _("Admit from other groups' lists, or cancel the group in time."),
                f"{groups}?kadas=maz",
            ),
            (
                institution.ended_without_outcome(by).count(),
                _("groups that ended and have learners without an outcome"),
                _("Note who completed, one by one or from a table."),
                f"{groups}?kadas=bez-rezultata",
            ),
            (
                managed.with_something_sent_back(managed.programmes_of(by)).count(),
                _("programmes with something that the agency sent back"),
                _("Read the note, mend it, and send it again."),
                f"{reverse('institution:programmes')}?stavoklis=atpakal",
            ),
        ]
        return [
            {"count": count, "label": label, "text": text, "url": url} for count, label, text, url in rows
        ]
