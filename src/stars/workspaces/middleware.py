"""Request number, language, actor, access: what stands before every page."""

import logging
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pghistory
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from stars.actors.actor import ANONYMOUS, NotPermitted, OutOfScope, OwnAffair
from stars.audit import operations as audit
from stars.people import queries as people
from stars.people.models import Person
from stars.workspaces import roles
from stars.workspaces.errors import busy, forbidden, wrong_role
from stars.workspaces.redirects import way_back
from stars.workspaces.views import StaffView

# In the session: the versions of the texts that are known to be accepted.
ACCEPTED = "accepted"
# Deadlock, serialization failure, lock not available: whoever tries once more comes through.
_GAVE_UP = {"40P01", "40001", "55P03"}
_LOG = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestIdMiddleware:
    """Gives each request a number that the audit record and the answer carry."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = uuid.uuid4().hex[:16]
        token = audit.request_id.set(number)
        try:
            response = self.get_response(request)
        finally:
            audit.request_id.reset(token)
        response["X-Request-ID"] = number
        return response


class LanguageMiddleware:
    """Latvian, unless the visitor chose English here. The browser's own wish is not asked: the platform is Latvian,
    and a borrowed computer's settings say nothing of the person before it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            patch_vary_headers(response, ("Cookie",))
            response.headers.setdefault("Content-Language", language)
        return response


class ActorMiddleware:
    """Turns the sign-in into `request.actor` and names the actor in the history of tracked tables."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        if not person.is_authenticated:
            request.actor = ANONYMOUS  # type: ignore[attr-defined]  # StarsRequest says so to the views
            return self.get_response(request)
        actor = roles.actor_of(request, person)
        request.actor = actor  # type: ignore[attr-defined]
        with pghistory.context(actor=str(person.pk), role=actor.role.value, request=audit.request_id.get()):
            response = self.get_response(request)
        # Or the Back button would show the page to whoever sits down at this computer next.
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class RefusalMiddleware:
    """What is refused at the last moment, as a page: rights that ended while the page was open, and the database's word
    to whoever gives way among several who change the same rows."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """None for every other fault."""
        if isinstance(exception, NotPermitted | OutOfScope | OwnAffair):
            _LOG.warning("%s on %s", type(exception).__name__, _page_of(request))
            return forbidden(request)
        if getattr(exception.__cause__, "sqlstate", "") not in _GAVE_UP:
            return None
        _LOG.warning("%s on %s", type(exception.__cause__).__name__, _page_of(request))
        return busy(request)


def _page_of(request: HttpRequest) -> str:
    """Its name: an address may hold the token of a link."""
    return request.resolver_match.view_name if request.resolver_match else ""


class AccessMiddleware:
    """Closed unless opened: sign-in, accepted texts, permission of the role, registration, in this order."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Let the request through, or say where to go first."""
        page: Any = getattr(view, "view_class", view)
        if getattr(page, "is_public", False):
            return None
        if not request.user.is_authenticated:
            return _detour("public:sign-in", request)
        if page.needs_consent and not _has_accepted_texts(request, request.user):
            return _detour("public:consent", request)
        if not request.actor.may(page.permission):  # type: ignore[attr-defined]
            return wrong_role(request, page.permission, is_staff_page=issubclass(page, StaffView))
        if page.needs_registration and not people.is_registered(request.user):
            return _detour("citizen:registration", request)
        return None


def _has_accepted_texts(request: HttpRequest, person: Person) -> bool:
    """Acceptance is never taken back, so the session remembers a yes, with its versions: every page asks."""
    wanted = accepted_now()
    if request.session.get(ACCEPTED) == wanted:
        return True
    has_accepted = people.has_accepted_texts(person)
    if has_accepted:
        request.session[ACCEPTED] = wanted
    return has_accepted


def accepted_now() -> str:
    """What the session remembers of who accepted the versions of today."""
    return " ".join(f"{document}={version}" for document, version in sorted(people.texts_in_force().items()))


def _detour(name: str, request: HttpRequest) -> HttpResponse:
    """To the page that comes first, which brings the person back; a form that was sent comes back as a page."""
    back = way_back(request)
    return redirect(f"{reverse(name)}?{urlencode({'next': back})}" if back else reverse(name))
