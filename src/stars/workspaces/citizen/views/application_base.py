"""What every page of one application does first: find it, and only for its owner."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.functional import cached_property

from stars.actors.permissions import Permission
from stars.applications import operations, queries
from stars.applications.models import Application
from stars.workspaces.views import WorkspaceView


class ApplicationView(WorkspaceView):
    """A page of one's own application; somebody else's is a 404 that the audit remembers."""

    permission = Permission.APPLICATION_FILL
    kwargs: dict[str, Any]
    request: HttpRequest

    @property
    def is_handed_on(self) -> bool:
        """True when the request only hands the application to an operation, which reads it anew."""
        return False

    @cached_property
    def application(self) -> Application:
        """The application of the address."""
        public_id: UUID = self.kwargs["public_id"]
        try:
            found = queries.own_application(self.actor, public_id, whole=not self.is_handed_on)
        except queries.NotYours as foreign:
            operations.note_foreign_look(foreign.application_id, by=self.actor)
            raise Http404 from foreign
        if found is None:
            raise Http404
        return found
