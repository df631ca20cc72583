"""The bases of every page. A view says whom it is for; `AccessMiddleware` holds it to that."""

from typing import ClassVar, cast

from django.http import HttpRequest
from django.views.generic import View

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.people.models import Person


class StarsRequest(HttpRequest):
    """What the middleware adds to a request."""

    actor: Actor
    user: Person


class PublicView(View):
    """A page for anybody, signed in or not."""

    is_public: ClassVar[bool] = True

    @property
    def actor(self) -> Actor:
        """Who is looking; may be anonymous."""
        return cast(StarsRequest, self.request).actor


class WorkspaceView(View):
    """A page behind the sign-in, the accepted terms and, unless it says otherwise, the registration."""

    is_public: ClassVar[bool] = False
    needs_consent: ClassVar[bool] = True
    needs_registration: ClassVar[bool] = True
    permission: ClassVar[Permission]

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return cast(StarsRequest, self.request).actor

    @property
    def person(self) -> Person:
        """Whose session it is."""
        return cast(StarsRequest, self.request).user


class StaffView(WorkspaceView):
    """A page for somebody who acts for an organisation. Staff accept the texts and are not asked to register."""

    needs_registration: ClassVar[bool] = False
