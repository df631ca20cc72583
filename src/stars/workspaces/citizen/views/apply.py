"""From “Pieteikties” to a draft: which source, and may I apply? (manual 3.4)"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.generic import View

from stars.actors.permissions import Permission
from stars.applications import operations, queries
from stars.applications.sources import SourceOption, sources_of
from stars.catalogue.models import Programme
from stars.catalogue.queries.offers import published_programmes
from stars.common import clock
from stars.schemes.declarations import SCHEMES
from stars.schemes.eligibility import LEVEL_FITS, LEVEL_TEST, is_refused, refusals
from stars.schemes.types import Finding, Gate
from stars.workspaces.views import WorkspaceView


class Apply(WorkspaceView, View):
    """One address for the whole way in: choose the source, read the rules, begin."""

    permission = Permission.APPLICATION_FILL

    def get(self, request: HttpRequest, programme_id: int) -> HttpResponse:
        """The choice between sources, or the check of the one source."""
        programme = self._programme(programme_id)
        options = sources_of(programme, at=clock.now())
        chosen = self._chosen(options, request.GET.get("finansejums", ""))
        if chosen is None:
            context = {"programme": programme, "options": options, "heading": programme.title}
            return render(request, "citizen/apply/sources.html", context)
        findings = self._findings(programme, chosen)
        if chosen.is_open and _needs_test(findings):
            return redirect(f"{reverse('citizen:level')}?programma={programme_id}")
        return self._check(request, programme, chosen, options, findings)

    def post(self, request: HttpRequest, programme_id: int) -> HttpResponse:
        """Begin the application, or find the one that was begun."""
        programme = self._programme(programme_id)
        options = sources_of(programme, at=clock.now())
        chosen = self._chosen(options, request.POST.get("finansejums", ""))
        if chosen is None:
            raise Http404
        findings = self._findings(programme, chosen)
        if is_refused(findings) or not chosen.is_open:
            return self._check(request, programme, chosen, options, findings, status=422)
        try:
            application = operations.start(self.person, programme, chosen.scheme, by=self.actor)
        except (
            operations.SourceClosed,
            operations.ProgrammeGone,
            operations.OutsideLevel,
            operations.DraftGone,
        ):
            return redirect("citizen:apply", programme_id)
        first = next(iter(application.answers.order_by("-saved_at").values_list("step", flat=True)), None)
        return redirect("citizen:application-step", application.public_id, first or "contact")

    def _programme(self, programme_id: int) -> Programme:
        programme = published_programmes().filter(pk=programme_id).first()
        if programme is None:
            raise Http404
        return programme

    def _chosen(self, options: list[SourceOption], wanted: str) -> SourceOption | None:
        """The source named in the address, or the only one."""
        if len(options) == 1:
            return options[0]
        return next((option for option in options if option.scheme == wanted.upper()), None)

    def _findings(self, programme: Programme, chosen: SourceOption) -> list[Finding]:
        """The rules of the source, judged by the offers that are known already."""
        now = clock.now()
        known = queries.read(self.person, programme, chosen.scheme, at=now, offers=list(chosen.offers))
        return queries.findings_for(self.person, programme, chosen.scheme, at=now, known=known)

    def _check(
        self,
        request: HttpRequest,
        programme: Programme,
        chosen: SourceOption,
        options: list[SourceOption],
        findings: list[Finding],
        *,
        status: int = 200,
    ) -> HttpResponse:
        """ "Vai varu pieteikties?": every rule, met or not, before anything is typed."""
        refused = refusals(findings)
        may_apply = chosen.is_open and not refused
        context: dict[str, Any] = {
            "programme": programme,
            "option": chosen,
            "has_choice": len(options) > 1,
            "findings": findings,
            "may_apply": may_apply,
            "draft": queries.own_draft(self.actor, programme.pk, chosen.scheme) if may_apply else None,
            "in_the_way": self._in_the_way(programme, chosen) if refused else [],
            "needs_other_level": LEVEL_FITS.code in refused,
            "needs_test": LEVEL_TEST.code in refused,
            "is_behind_test": SCHEMES[chosen.scheme].gate is Gate.LEVEL_TEST,
        }
        return render(request, "citizen/apply/check.html", context, status=status)

    def _in_the_way(self, programme: Programme, chosen: SourceOption) -> list[Any]:
        """Open applications of the same source or the same programme."""
        return [
            application
            for application in queries.open_applications_of(self.actor)
            if application.scheme == chosen.scheme or application.programme_id == programme.pk
        ]


def _needs_test(findings: list[Finding]) -> bool:
    """True when nothing but the level test stands in the way."""
    return refusals(findings) == {LEVEL_TEST.code}
