"""Pages for what went wrong: clear words, the right status, and nothing typed is lost."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotFound
from django.shortcuts import render

from stars.actors.permissions import Permission
from stars.audit.operations import request_id
from stars.workspaces import roles
from stars.workspaces.redirects import way_back
from stars.workspaces.sessions import is_same_origin

# Enough for every form of ours; a page with more hidden fields is no form that somebody typed.
_MOST_FIELDS = 300


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return render(request, "400.html", status=HttpResponseBadRequest.status_code)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return render(request, "403.html", status=403)


def wrong_role(request: HttpRequest, permission: Permission, *, is_staff_page: bool) -> HttpResponse:
    """403 for a page of another role: the roles of the person that may see it, or how one gets such a role."""
    context = {
        "others": roles.choices_that_may(request, permission),
        "is_staff_page": is_staff_page,
        "back": way_back(request),
    }
    return render(request, "403_role.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return render(request, "404.html", status=HttpResponseNotFound.status_code)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, with the number under which the log knows it."""
    return render(request, "500.html", {"request_id": request_id.get()}, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is no longer good. If it stood on a page of ours, it can be sent once more as it is."""
    context = {"typed": _typed(request) if is_same_origin(request) else [], "path": request.get_full_path()}
    return render(request, "403_csrf.html", context, status=403)


def busy(request: HttpRequest) -> HttpResponse:
    """503 when others changed the same rows in the same moment; what was sent can be sent once more as it is."""
    context = {"typed": [] if request.FILES else _typed(request), "path": request.get_full_path()}
    response = render(request, "503.html", context, status=503)
    response["Retry-After"] = "5"
    return response


def _typed(request: HttpRequest) -> list[tuple[str, Any]]:
    """What was sent, unless it is more than anybody types."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    return typed if len(typed) <= _MOST_FIELDS else []
