"""What pages of one programme or group do first: find it, and only for its own institution."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.functional import cached_property

from stars.actors.permissions import Permission
from stars.applications import operations as applications
from stars.applications.models import Application
from stars.applications.queries import institution
from stars.catalogue.models import Group, Programme
from stars.catalogue.operations import approval
from stars.catalogue.queries import managed
from stars.workspaces.views import StaffView


class ProgrammeView(StaffView):
    """A page of an own programme; another institution's is a 404 that the audit remembers."""

    kwargs: dict[str, Any]
    request: HttpRequest

    @cached_property
    def programme(self) -> Programme:
        """The programme of the address."""
        number: int = self.kwargs["programme_id"]
        try:
            found = managed.own_programme(self.actor, number)
        except managed.NotOurs as foreign:
            approval.note_foreign_look("programme", number, by=self.actor)
            raise Http404 from foreign
        if found is None:
            raise Http404
        return found


class GroupView(StaffView):
    """A page of a group of an own programme; another institution's is a 404 that the audit remembers."""

    kwargs: dict[str, Any]
    request: HttpRequest

    @cached_property
    def group(self) -> Group:
        """The group of the address; one of another programme than the address names is not found."""
        number: int = self.kwargs["group_id"]
        try:
            found = managed.own_group(self.actor, number)
        except managed.NotOurs as foreign:
            approval.note_foreign_look("group", number, by=self.actor)
            raise Http404 from foreign
        if found is None or self.kwargs.get("programme_id", found.programme_id) != found.programme_id:
            raise Http404
        return found


class ApplicantView(StaffView):
    """A page of a confirmed application for an own programme; any other is a 404 that the audit remembers."""

    permission = Permission.APPLICATION_ADMIT
    kwargs: dict[str, Any]
    request: HttpRequest

    @cached_property
    def application(self) -> Application:
        """The application of the address."""
        public_id: UUID = self.kwargs["public_id"]
        try:
            found = institution.applicant(self.actor, public_id)
        except institution.NotOurs as foreign:
            applications.note_foreign_look(foreign.application_id, by=self.actor)
            raise Http404 from foreign
        if found is None:
            raise Http404
        return found
