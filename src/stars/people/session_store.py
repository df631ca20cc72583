"""Sessions in the database, as Django keeps them; every page of everybody reads one."""

from datetime import UTC, datetime
from typing import Any, Final

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session

from stars.common import clock
from stars.common.fixed_queries import A_CODE, FixedQuery

_THE_FIRST_MOMENT: Final = datetime.min.replace(tzinfo=UTC)

_live = FixedQuery(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now),
    key=A_CODE,
    now=_THE_FIRST_MOMENT,
)


class SessionStore(DatabaseSessions):
    """Reads a session by a query that is composed once."""

    def _get_session_from_db(self) -> Any:
        found = next(iter(_live(key=self.session_key, now=clock.now())), None)
        if found is None:
            self._session_key = None
        return found
