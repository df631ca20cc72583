"""How a session finds its person again. Nobody is authenticated here: the national sign-in did that."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from stars.people.models import Person


class IdentityBackend:
    """Django's door to persons."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        """Nobody signs in with anything that they could type."""
        return

    def get_user(self, user_id: UUID) -> Person | None:
        """The person of a session; None when there is none, or was merged into another."""
        try:
            return Person.objects.select_related("profile").get(pk=user_id, merged_into=None)
        except Person.DoesNotExist:
            return None
