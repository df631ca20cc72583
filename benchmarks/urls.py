"""All addresses of the platform, and an empty page behind the same middleware."""

import os

from django.http import HttpRequest, HttpResponse
from django.urls import path

from stars.config import urls
from stars.workspaces.views import PublicView


class Empty(PublicView):
    """What a page costs that does nothing: the measure of the others."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The number of the process that answers: a connection stays with its process."""
        return HttpResponse(str(os.getpid()), content_type="text/plain")


urlpatterns = [path("measure/empty", Empty.as_view()), *urls.urlpatterns]
handler400 = urls.handler400
handler403 = urls.handler403
handler404 = urls.handler404
handler500 = urls.handler500
