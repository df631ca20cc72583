"""What the pages of tests share: the attempt of the address, only for its owner; the test of the address."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from stars.actors.permissions import Permission
from stars.assessments import operations, queries
from stars.assessments.enums import Instrument
from stars.assessments.models import Attempt
from stars.workspaces.views import WorkspaceView

Crumbs = list[dict[str, str]]


class TestsView(WorkspaceView):
    """A page of the section."""

    permission = Permission.TEST_TAKE
    kwargs: dict[str, Any]
    request: HttpRequest

    def crumbs(self, *last: dict[str, str]) -> Crumbs:
        """Where the page stands."""
        return [{"label": _("Tests"), "url": reverse("citizen:tests")}, *last]


class InstrumentView(TestsView):
    """A page about one test."""

    @cached_property
    def instrument(self) -> Instrument:
        """The test of the address."""
        try:
            return Instrument(self.kwargs["instrument"])
        except ValueError as unknown:
            raise Http404 from unknown

    @property
    def test_url(self) -> str:
        """Address of the test."""
        return reverse("citizen:test", args=[self.instrument.value])


class AttemptView(TestsView):
    """A page of one's own attempt; somebody else's is a 404 that the audit remembers."""

    @cached_property
    def attempt(self) -> Attempt:
        """The attempt of the address."""
        return self.find()

    def find(self) -> Attempt:
        """Look it up, or answer 404."""
        public_id: UUID = self.kwargs["public_id"]
        try:
            found = queries.own_attempt(self.actor, public_id)
        except queries.NotYours as foreign:
            operations.note_foreign_look(public_id, by=self.actor)
            raise Http404 from foreign
        if found is None:
            raise Http404
        return found

    @property
    def instrument(self) -> Instrument:
        """The attempt's test."""
        return Instrument(self.attempt.bank.instrument)

    def instrument_crumb(self) -> dict[str, str]:
        """The way back to the attempt's test."""
        return {
            "label": str(self.instrument.label),
            "url": reverse("citizen:test", args=[self.instrument.value]),
        }
