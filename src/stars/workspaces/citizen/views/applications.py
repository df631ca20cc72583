"""A sent application: where it stands, and its copy; a draft is thrown away (manual 3.4.2)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from stars.applications import operations, progress
from stars.applications import queries as applications
from stars.applications.display import sections
from stars.applications.document import decision_document
from stars.applications.events import events
from stars.applications.models import Application
from stars.applications.promise import withdrawal_until
from stars.applications.promised import promise_rows
from stars.common import clock
from stars.ui.pdf import render_pdf
from stars.workspaces.citizen.views.application_base import ApplicationView
from stars.workspaces.citizen.views.place_rows import place_rows
from stars.workspaces.citizen.views.rows import person_rows
from stars.workspaces.downloads import download


class ApplicationPage(ApplicationView):
    """Receipt, status in words, timeline, answers, what was promised."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """A draft goes on where it was left."""
        application = self.application
        if application.is_draft:
            return redirect("citizen:application-review", application.public_id)
        context = _shown(application) | place_rows(application)
        return render(request, "citizen/applications/page.html", context)


class ApplicationPdf(ApplicationView):
    """The submitted application as a document."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Only of what was submitted."""
        application = self.application
        if application.is_draft:
            return redirect("citizen:application-review", application.public_id)
        context = _shown(application) | {
            "heading": _("Application for learning"),
            "locked_person": person_rows(self.person),
        }
        content = render_pdf("citizen/applications/document.html", context)
        return download(content, f"{application.number}.pdf")


class DecisionPdf(ApplicationView):
    """A decision of the authority as a document, with how it can be contested."""

    def get(self, request: HttpRequest, *, decision_id: int, **kwargs: Any) -> HttpResponse:
        """Only of this application."""
        content = decision_document(self.application, decision_id)
        if content is None:
            raise Http404
        return download(content, f"{self.application.number}-{decision_id}.pdf")


class Discard(ApplicationView):
    """Throws a draft away."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Back to Sākums."""
        try:
            operations.discard(self.application, by=self.actor)
        except operations.NotADraft:
            messages.info(
                request, _("This application has already been sent; it cannot be changed any more.")
            )
            return redirect("citizen:application", self.application.public_id)
        except operations.DraftGone:
            # A second click: what it asks for is done.
            return redirect("citizen:home")
        messages.success(request, _("The draft is deleted."))
        return redirect("citizen:home")


def may_withdraw(application: Application) -> bool:
    """Whether the round is still open, so that withdrawing has no consequence."""
    until = withdrawal_until(application)
    return application.is_open and until is not None and clock.now() < until


def _shown(application: Application) -> dict[str, Any]:
    applications.with_story(application)
    return {
        "application": application,
        "promised": application.promised or {},
        "promise_rows": promise_rows(application.promised or {}),
        "sections": sections(application, groups=applications.named_groups(application)),
        "stages": progress.stages(application),
        "events": events(application),
        "sentence": progress.status_sentence(application),
        "colour": progress.colour(application.status),
        "may_withdraw": may_withdraw(application),
    }
