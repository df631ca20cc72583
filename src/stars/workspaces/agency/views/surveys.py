"""Surveys and their versions: what is asked, a look at it, a new version, publishing, retiring (manual 3.7)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from stars.actors.permissions import Permission
from stars.surveys import operations, queries
from stars.surveys.answering import steps
from stars.surveys.display import COLOURS, conditions, titled
from stars.surveys.enums import State
from stars.surveys.forms import SurveyForm, SurveyUpload
from stars.surveys.models import SurveyVersion
from stars.workspaces.listing import page_of
from stars.workspaces.views import StaffView


class SurveyVersions(StaffView, TemplateView):
    """All surveys with their versions, the newest first."""

    permission = Permission.SURVEY_MANAGE
    template_name = "agency/surveys/list.html"
    extra_context = {"heading": gettext_lazy("Surveys")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of versions."""
        page = page_of(queries.versions(), self.request.GET)
        return super().get_context_data(page=page, lines=[line(version) for version in page], **kwargs)


def line(version: SurveyVersion) -> dict[str, Any]:
    """A version as its pages show it; it carries the figures of `queries.versions`."""
    state = version.state(newest=getattr(version, "newest", None) or 0)
    return {
        "version": version,
        "title": titled(version),
        "state": state.label,
        "colour": COLOURS[state],
        "is_draft": state is State.DRAFT,
        "takes_answers": version.takes_answers,
        "asked": getattr(version, "asked", None) or 0,
        "url": reverse("agency:survey", args=[version.pk]),
    }


class VersionView(StaffView):
    """A page about one version."""

    permission = Permission.SURVEY_MANAGE
    kwargs: dict[str, Any]

    @cached_property
    def version(self) -> SurveyVersion:
        """The version of the address."""
        found = queries.known_version(self.kwargs["version_id"])
        if found is None:
            raise Http404
        return found


class SurveyPreview(VersionView, TemplateView):
    """The version as people see it, page by page, with what it depends on whether a question is asked."""

    template_name = "agency/surveys/preview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything at once: the preview asks nothing and keeps nothing."""
        definition, language = self.version.definition, get_language() or ""
        asked_when = conditions(definition, language)
        shown = line(self.version)
        pages = [
            [
                {
                    "field": SurveyForm([question], language)[question.code],
                    "when": asked_when.get(question.code),
                }
                for question in page
            ]
            for page in steps(definition)
        ]
        return super().get_context_data(
            heading=shown["title"],
            crumbs=crumbs(self.version),
            line=shown,
            definition=definition,
            intro=definition.intro.said(language),
            pages=pages,
            **kwargs,
        )


class NewSurveyVersion(StaffView, FormView[SurveyUpload]):
    """Takes a file in as the next version, a draft; a faulty file is refused with every reason."""

    permission = Permission.SURVEY_MANAGE
    template_name = "agency/surveys/upload.html"
    form_class = SurveyUpload

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the way back."""
        return super().get_context_data(
            heading=_("New version of a survey"), back_url=reverse("agency:surveys"), **kwargs
        )

    def form_valid(self, form: SurveyUpload) -> HttpResponse:
        """On to the preview."""
        version = operations.load(form.survey_file, by=self.actor)
        messages.success(
            self.request, _("The file was read. Look at the survey as people will see it, then publish it.")
        )
        return redirect("agency:survey", version.pk)

    def form_invalid(self, form: SurveyUpload) -> HttpResponse:
        """The same page with what is wrong with the file."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class _Deed(VersionView):
    """What is done with a version."""

    def done(self, deed: Callable[[], SurveyVersion], said: str) -> HttpResponse:
        """Back to the version with a word, also when somebody else was faster."""
        try:
            deed()
        except operations.DraftGone:
            messages.warning(self.request, _("The draft was deleted in the meantime."))
            return redirect("agency:surveys")
        except operations.AlreadyPublished:
            messages.info(self.request, _("The version was published already."))
        except operations.Outdated:
            messages.warning(self.request, _("A newer version is published; this draft cannot follow it."))
        except operations.NotPublished:
            messages.info(self.request, _("The version takes no answers; there is nothing to retire."))
        else:
            messages.success(self.request, said)
        return redirect("agency:survey", self.version.pk)


class PublishSurvey(_Deed):
    """Ask with the version from now on."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Publish."""
        return self.done(
            lambda: operations.publish(self.version, by=self.actor),
            _("The version is published. From now on people are asked with it."),
        )


class SurveyStep(_Deed):
    """A step that is asked about first: a page that says what will happen, and then the deed."""

    template: str
    heading: Promise
    # What the line of the version says where the step can be taken.
    possible_where: str

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """What will happen."""
        shown = line(self.version)
        context = {
            "heading": self.heading,
            "lead": shown["title"],
            "crumbs": crumbs(self.version, str(self.heading)),
            "is_possible": shown[self.possible_where],
            "back_url": shown["url"],
        }
        return render(request, self.template, context)


class RetireSurvey(SurveyStep):
    """Take no more answers."""

    template = "agency/surveys/retire.html"
    heading = gettext_lazy("Retire the survey")
    possible_where = "takes_answers"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Retire."""
        return self.done(
            lambda: operations.retire(self.version, by=self.actor),
            _("The version is retired and takes no more answers."),
        )


class DiscardSurvey(SurveyStep):
    """Delete a draft that nobody wants."""

    template = "agency/parts/discard.html"
    heading = gettext_lazy("Delete the draft")
    possible_where = "is_draft"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Pressing twice deletes once."""
        try:
            operations.discard(self.kwargs["version_id"], by=self.actor)
        except operations.AlreadyPublished:
            messages.warning(request, _("A published version cannot be deleted."))
            return redirect("agency:survey", self.kwargs["version_id"])
        messages.success(request, _("The draft is deleted."))
        return redirect("agency:surveys")


def crumbs(version: SurveyVersion, last: str = "") -> list[dict[str, str]]:
    """The way to a page of the version."""
    way = [{"label": _("Surveys"), "url": reverse("agency:surveys")}]
    url = reverse("agency:survey", args=[version.pk]) if last else ""
    way.append({"label": titled(version), "url": url})
    return [*way, {"label": last, "url": ""}] if last else way
