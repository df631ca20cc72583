"""Where to go next, never off the platform."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def safe_next(request: HttpRequest, given: str | None, *, default: str) -> str:
    """The address given if it is ours, else the default."""
    if given and url_has_allowed_host_and_scheme(
        given, {request.get_host()}, require_https=request.is_secure()
    ):
        return given
    return default
