"""The rules of the sources: versions, differences, and setting the next one."""

from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from stars.actors.permissions import Permission
from stars.catalogue.queries.offers import funding_sources
from stars.common import clock
from stars.funding import operations, queries
from stars.funding.forms import RulesForm
from stars.funding.words import GROUPS, LABELS, difference, in_words
from stars.schemes.codes import SchemeCode
from stars.schemes.parameters import Parameters
from stars.workspaces.kept import KeptFormView
from stars.workspaces.listing import page_of
from stars.workspaces.views import StaffView

_PAGE_SIZE = 10


class Rules(StaffView, TemplateView):
    """What is in force in each source today, and what comes."""

    permission = Permission.RULES_SET
    template_name = "agency/rules/list.html"
    extra_context = {"heading": gettext_lazy("Rules of the funding sources")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A source by a source."""
        today, sources = clock.today(), funding_sources()
        return super().get_context_data(
            sources=[
                {
                    "source": sources.get(scheme.value),
                    "scheme": scheme.value,
                    "parameters": (rules := queries.rules_for(scheme, today)),
                    "version": queries.rules_version(scheme, rules),
                    "coming": queries.rules_coming(scheme, today),
                }
                for scheme in SchemeCode
            ],
            **kwargs,
        )


class SourceBase(StaffView):
    """What pages about one source share."""

    permission = Permission.RULES_SET

    @cached_property
    def scheme(self) -> str:
        """The source of the address."""
        wanted = str(self.kwargs["scheme"]).upper()
        if wanted not in list(SchemeCode):
            raise Http404
        return wanted


class SourceRules(SourceBase, TemplateView):
    """One source: every parameter today, and each version with what it changed."""

    template_name = "agency/rules/source.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Versions page by page, the newest first."""
        rules = queries.rules_for(self.scheme, clock.today())
        history = queries.rules_history(self.scheme)
        page = page_of(history, self.request.GET, size=_PAGE_SIZE)
        rows = list(page)
        oldest = rows[-1].version - 1 if rows else 0
        known = {row.version: queries.parameters_of(row) for row in rows}
        known[oldest] = queries.version_of(self.scheme, oldest) or rules
        return super().get_context_data(
            heading=_("Rules of %(scheme)s") % {"scheme": self.scheme},
            crumbs=_crumbs(self.scheme),
            scheme=self.scheme,
            version=queries.rules_version(self.scheme, rules),
            parameters=rules,
            groups=_in_groups(rules),
            page=page,
            versions=[
                {"row": row, "changes": difference(known[row.version - 1], known[row.version])}
                for row in rows
            ],
            **{name: value for name, value in kwargs.items() if name != "scheme"},
        )


class NewRules(SourceBase, KeptFormView[RulesForm]):
    """The next version: filled in, looked over with its differences, set."""

    template_name = "agency/rules/form.html"
    form_class = RulesForm

    @cached_property
    def coming(self) -> list[Any]:
        """Versions that were set already and begin later."""
        return queries.rules_coming(self.scheme, clock.today())

    def get_form_kwargs(self) -> dict[str, Any]:
        """Prefilled with the last version that begins: the next one usually goes on from there."""
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial", None)
        newest = queries.rules_history(self.scheme).first()
        in_force = queries.rules_for(self.scheme, clock.today())
        before = queries.parameters_of(self.coming[-1]) if self.coming else in_force
        return kwargs | {"before": before, "newest": 0 if newest is None else newest.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what comes already, and the way back."""
        return super().get_context_data(
            coming=self.coming,
            heading=_("New version of the rules of %(scheme)s") % {"scheme": self.scheme},
            crumbs=[*_crumbs(self.scheme), {"label": _("New version"), "url": ""}],
            back_url=reverse("agency:source-rules", args=[self.scheme.lower()]),
            **kwargs,
        )

    def form_valid(self, form: RulesForm) -> HttpResponse:
        """First show what changes from the version of that day; set it when exactly that was seen."""
        wanted, begins = form.parameters(), form.cleaned_data["valid_from"]
        changes = difference(queries.rules_for(self.scheme, begins), wanted)
        if not changes:
            form.add_error(None, _("Nothing differs from the version that is in force on that day."))
            return self.form_invalid(form)
        seen = sha256(repr((begins, wanted)).encode()).hexdigest()
        if "set" not in self.request.POST or self.request.POST.get("seen") != seen:
            return self.render_to_response(self.get_context_data(form=form, changes=changes, seen=seen))
        try:
            made = operations.set_rules(
                self.scheme,
                wanted,
                valid_from=form.cleaned_data["valid_from"],
                basis=form.cleaned_data["basis"],
                after_version=form.cleaned_data["after_version"],
                by=self.actor,
            )
        except operations.RulesChanged:
            form.add_error(
                None,
                _("Somebody has set another version in the meantime. Look at it, then begin anew."),
            )
            return self.form_invalid(form)
        except operations.InvalidRules:
            form.add_error(None, _("The parameters contradict themselves. Nothing was set."))
            return self.form_invalid(form)
        messages.success(self.request, _("Version %(number)s is set.") % {"number": made.version})
        return redirect("agency:source-rules", self.scheme.lower())

    def form_invalid(self, form: RulesForm) -> HttpResponse:
        """The same page with what was typed and what is wrong."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


def _in_groups(parameters: Parameters) -> list[tuple[Any, list[tuple[Any, str]]]]:
    return [
        (heading, [(LABELS[name], in_words(parameters, name)) for name in names]) for heading, names in GROUPS
    ]


def _crumbs(scheme: str) -> list[dict[str, str]]:
    return [
        {"label": _("Rules of the funding sources"), "url": reverse("agency:rules")},
        {"label": scheme, "url": reverse("agency:source-rules", args=[scheme.lower()])},
    ]
