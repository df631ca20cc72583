"""Readiness."""

from django.db import connection
from django.http import HttpRequest, HttpResponse

from stars.workspaces.views import PublicView


class Health(PublicView):
    """200 when the process can answer with data."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask the database for nothing."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return HttpResponse("ok", content_type="text/plain")
