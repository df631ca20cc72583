"""How a session finds its person again. Nobody is authenticated here: the national sign-in did that."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from stars.common.fixed_queries import A_UUID, FixedQuery
from stars.people.models import Person

_person = FixedQuery(
    lambda pk: Person.objects.select_related("profile").filter(pk=pk, merged_into=None), pk=A_UUID
)


class IdentityBackend:
    """Django's door to persons."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        """Nobody signs in with anything that they could type."""
        return

    def get_user(self, user_id: UUID) -> Person | None:
        """The person of a session; None when there is none, or was merged into another."""
        return next(iter(_person(pk=user_id)), None)
