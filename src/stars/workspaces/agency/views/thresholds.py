"""The thresholds of the level test (facts 1.4): versions, the next one tried on results, published, retired."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from stars.assessments import operations
from stars.assessments.enums import Instrument
from stars.assessments.forms.managing import ThresholdsForm
from stars.assessments.models import LevelRules
from stars.assessments.queries import managing
from stars.workspaces.agency.views.bank_steps import seen_version, tell_why_not
from stars.workspaces.agency.views.item_banks import TestBase
from stars.workspaces.kept import KeptFormView
from stars.workspaces.listing import page_of

_VERSIONS = 20


class ThresholdsBase(TestBase):
    """What these pages share: the thresholds are those of the level test, and only its managers find them."""

    def trail(self, *last: str) -> list[dict[str, str]]:
        """From the list of tests to here."""
        thresholds = {"label": _("Thresholds"), "url": reverse("agency:thresholds")}
        return [*self.crumbs, thresholds, *({"label": label, "url": ""} for label in last)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the version that holds; whoever does not manage the test finds no page."""
        values = {name: value for name, value in kwargs.items() if name != "version"}
        context: dict[str, Any] = super().get_context_data(  # type: ignore[misc]  # of the view beside this base
            test=self.instrument, offered=managing.rules_offered(), **values
        )
        return context


class Thresholds(ThresholdsBase, TemplateView):
    """Every version there was."""

    template_name = "agency/thresholds/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Newest first."""
        return super().get_context_data(
            heading=_("Thresholds of the level test"),
            lead=_("From which result which level of learning begins, and how long a result holds."),
            crumbs=self.trail(),
            page=page_of(managing.rules_versions(), self.request.GET, size=_VERSIONS),
            **kwargs,
        )


class NewThresholds(ThresholdsBase, KeptFormView[ThresholdsForm]):
    """The next version, kept as a draft."""

    template_name = "agency/thresholds/form.html"
    form_class = ThresholdsForm

    def get_initial(self) -> dict[str, Any]:
        """What holds today."""
        offered = managing.rules_offered()
        return {name: getattr(offered, name) for name in ThresholdsForm.base_fields} if offered else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the way back."""
        return super().get_context_data(
            heading=_("New version of the thresholds"),
            crumbs=self.trail(_("New version")),
            back_url=reverse("agency:thresholds"),
            **kwargs,
        )

    def form_valid(self, form: ThresholdsForm) -> HttpResponse:
        """Keep the draft, and show what it would change."""
        made = operations.draft_rules(**form.cleaned_data, by=self.actor)
        messages.success(self.request, _("The draft is kept. Look what it would change, then publish it."))
        return redirect("agency:threshold", made.version)

    def form_invalid(self, form: ThresholdsForm) -> HttpResponse:
        """The same page with what was typed and what is wrong."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class Threshold(ThresholdsBase, TemplateView):
    """One version, tried on the results of the last year."""

    template_name = "agency/thresholds/page.html"

    @cached_property
    def rules(self) -> LevelRules:
        """The version of the address."""
        found = (
            managing.rules_version(self.kwargs["version"]) if self.instrument is Instrument.LEVEL else None
        )
        if found is None:
            raise Http404
        return found

    @property
    def rules_url(self) -> str:
        """Its page."""
        return reverse("agency:threshold", args=[self.rules.version])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Level by level."""
        label = _("Version %(number)s") % {"number": self.rules.version}
        return super().get_context_data(
            **{
                "heading": _("Thresholds, version %(number)s") % {"number": self.rules.version},
                "crumbs": self.trail(label),
                "rules": self.rules,
                "trial": managing.trial(self.rules),
                "going_on": managing.open_level_tests(),
                "back_url": self.rules_url,
                **kwargs,
            }
        )


class PublishThresholds(Threshold):
    """Judge by a draft from now on."""

    template_name = "agency/thresholds/publish.html"
    extra_context = {"lead": gettext_lazy("Tests that end from now on are judged by these thresholds.")}

    @property
    def is_possible(self) -> bool:
        """Of a draft."""
        return self.rules.published_at is None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What will happen, if it can."""
        return super().get_context_data(is_possible=self.is_possible, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Only over what was seen."""
        try:
            operations.publish_rules(self.rules, instead_of=seen_version(request), by=self.actor)
        except (operations.AlreadyPublished, operations.OfferChanged) as refusal:
            tell_why_not(request, refusal)
        else:
            messages.success(request, _("The thresholds hold for every test that ends from now on."))
        return redirect(self.rules_url)


class RetireThresholds(PublishThresholds):
    """Judge by none any more."""

    template_name = "agency/thresholds/retire.html"
    extra_context = {"lead": gettext_lazy("Nobody can begin the level test without thresholds.")}

    @property
    def is_possible(self) -> bool:
        """Of those that hold."""
        return self.rules.published_at is not None and self.rules.retired_at is None

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Without a successor."""
        try:
            operations.retire_rules(self.rules, by=self.actor)
        except operations.NotOffered:
            messages.warning(request, _("This version does not hold any more."))
        else:
            messages.success(request, _("The thresholds are retired. Nobody can begin the level test now."))
        return redirect(self.rules_url)
