"""What the pages of tests share: the attempt of the address, only for its owner; the test of the address."""

from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.assessments import operations, queries
from stars.assessments.enums import Instrument
from stars.assessments.models import Attempt
from stars.workspaces.listing import page_of
from stars.workspaces.views import WorkspaceView

Crumbs = list[dict[str, str]]
_EARLIER = 10


def test_address(instrument: Instrument) -> str:
    """The page from which a test is begun. The level test has its own: it is begun for a programme, too."""
    if instrument is Instrument.LEVEL:
        return f"{reverse('citizen:level')}?atkartot=1"
    return reverse("citizen:test", args=[instrument.value])


def earlier_results(request: HttpRequest, actor: Actor, instrument: Instrument) -> Page[Attempt]:
    """The person's finished attempts at a test, the page that the address asks for."""
    return page_of(queries.finished_attempts(actor, instrument), request.GET, size=_EARLIER)


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
        return test_address(self.instrument)


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
            "url": test_address(self.instrument),
        }
