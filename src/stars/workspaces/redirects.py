"""Where to go next, never off the platform."""

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

# The sign-in's own addresses: to come back into the middle of one is to fail at once, or to begin again for ever.
_SIGN_IN = "/provider/"


def safe_next(request: HttpRequest, given: str | None, *, default: str) -> str:
    """The address given if it is a path of ours, else the default. A bare word would be read as a route's name."""
    is_ours = url_has_allowed_host_and_scheme(given, {request.get_host()}, require_https=request.is_secure())
    return given if given and given.startswith("/") and is_ours else default


def way_back(request: HttpRequest) -> str:
    """The address that brings the person back to this page; "" when it is none that can be looked at.

    A form that was sent comes back as its page, without what stood behind the question mark.
    """
    if request.path.startswith(_SIGN_IN):
        return ""
    if request.method == "GET":
        return request.get_full_path()
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return ""
    return request.path if hasattr(getattr(view, "view_class", view), "get") else ""
