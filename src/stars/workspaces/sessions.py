"""Sessions end after a quarter of an hour without a request; what was being typed is kept for its owner."""

import time
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from stars.actors.actor import Actor
from stars.actors.permissions import Role
from stars.audit import operations as audit
from stars.people import operations as people
from stars.workspaces.redirects import way_back

LAST_SEEN = "last_seen"
# Writing the session at every click would double the work of a page; ten seconds do not matter in fifteen minutes.
GRANULARITY = 10


class IdleSessionMiddleware:
    """Ends idle sessions and keeps what was sent with the request that came too late."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        owner = request.session.get(SESSION_KEY) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
        if owner is None:
            return self.get_response(request)
        now = time.time()
        idle = now - request.session.get(LAST_SEEN, now)
        if idle > settings.SESSION_IDLE_SECONDS + GRANULARITY and request.path != reverse("public:sign-out"):
            return _end(request, owner)
        if idle > GRANULARITY or LAST_SEEN not in request.session:
            request.session[LAST_SEEN] = now
        return self.get_response(request)


def begin(request: HttpRequest) -> None:
    """Count from now: nobody knows whether another request will follow the sign-in."""
    request.session[LAST_SEEN] = time.time()


def _end(request: HttpRequest, owner: str) -> HttpResponse:
    """Close the session; a typed form waits for its owner, and only for them."""
    kept = (
        request.method == "POST"
        and is_same_origin(request)
        and people.keep_typed(owner, _form_of(request), request.POST)
    )
    request.session.flush()
    audit.record("session.ended-idle", by=Actor(Role.CITIZEN), subject="person", subject_id=owner)
    query = {"next": way_back(request), "reason": "kept" if kept else "idle"}
    given = {name: value for name, value in query.items() if value}
    return redirect(f"{reverse('public:sign-in')}?{urlencode(given)}")


def _form_of(request: HttpRequest) -> str:
    """The path of the page that the form stands on: the script that saves as one types sends it elsewhere."""
    if "X-Autosave" in request.headers:
        return urlsplit(request.headers.get("Referer", "")).path
    return request.path


def is_same_origin(request: HttpRequest) -> bool:
    """True when the browser says that the form stood on a page of ours."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(origin).netloc == request.get_host()
