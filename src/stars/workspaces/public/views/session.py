"""Staying signed in."""

from django.http import HttpRequest, HttpResponse

from stars.workspaces.views import PublicView


class Ping(PublicView):
    """“Continue working”: the request itself moves the end of the session."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """204 while somebody is signed in, 401 when the session has ended."""
        return HttpResponse(status=204 if request.user.is_authenticated else 401)
