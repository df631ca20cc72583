"""Forms whose typing is never lost: kept by the browser's script as one goes, by a session that ended, by an error."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from stars.actors.permissions import Permission
from stars.people import operations as people
from stars.workspaces.views import WorkspaceView

KEPT_FORMS = ("citizen:registration", "citizen:profile")


class KeepTyped(WorkspaceView):
    """Where a form's script puts what is typed."""

    permission = Permission.PROFILE_EDIT
    needs_registration = False

    def post(self, request: HttpRequest, form: str) -> HttpResponse:
        """204, whether it was worth keeping or not."""
        name = f"citizen:{form}"
        if name not in KEPT_FORMS:
            raise Http404
        people.keep_typed(self.person.pk, reverse(name), request.POST)
        return HttpResponse(status=204)


def autosave_url(form: str) -> str:
    """Address for a form's script."""
    return reverse("citizen:keep-typed", args=[form])
