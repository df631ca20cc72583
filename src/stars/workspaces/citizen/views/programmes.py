"""The personalised catalogue: "Izglītības programmas" of the profile (manual 3.4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from stars.actors.permissions import Permission
from stars.catalogue import live
from stars.catalogue.cards import Card, card_of, without_copayment
from stars.catalogue.names import Names, names_of
from stars.catalogue.operations import personal as operations
from stars.catalogue.queries import personal
from stars.catalogue.reason_words import in_words, reason_of
from stars.catalogue.recommendations import Learner, ReasonKind, Recommendation, recommend
from stars.catalogue.search.types import CatalogueQuery, Facet
from stars.common import clock
from stars.workspaces.citizen.learners import learner_of
from stars.workspaces.listing import page_of
from stars.workspaces.views import WorkspaceView

_PAGE_SIZE = 10
_NEAREST_FIELDS = 4


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """A reason in words and the code by which it is muted."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """A card with its reasons, and what is required and not given in the profile."""

    card: Card
    reasons: list[ReasonLine]
    warning: str


class Programmes(WorkspaceView, TemplateView):
    """Programmes of the chosen field, ranked by what else is known, each with its reasons; then the full catalogue."""

    permission = Permission.PROFILE_EDIT
    template_name = "citizen/programmes.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Every page number is answered."""
        snapshot = live.snapshot()
        names = names_of(snapshot)
        favourites = personal.favourite_ids(self.actor)
        muted = personal.muted_reasons(self.actor)
        now = clock.now().timestamp()
        learner = learner_of(self.person, snapshot, favourites, muted, by=self.actor)
        found = recommend(snapshot.entries.values(), learner, now=now)
        page = page_of(found, request.GET, size=_PAGE_SIZE)
        return self.render_to_response(
            self.get_context_data(
                heading=_("Education programmes"),
                total=len(found),
                page=page,
                beyond_fields=bool(learner.gaps or learner.level or learner.learned),
                fields=[names.of(Facet.FIELD, code) for code in learner.fields],
                suggested=[_suggested(each, names, snapshot, now) for each in page],
                muted=_lines(muted, names, snapshot),
                favourites=favourites,
                other_fields=[] if found else _other_fields(snapshot, names, learner, now),
            )
        )


class MuteReason(WorkspaceView):
    """Muting a reason, and hearing it again."""

    permission = Permission.PROFILE_EDIT

    def post(self, request: HttpRequest) -> HttpResponse:
        """Back to the programmes, which say what changed and offer the way back."""
        code, is_restored = request.POST.get("iemesls", "")[:80], request.POST.get("atjaunot") == "1"
        try:
            if is_restored:
                operations.restore_reason(code, by=self.actor)
            else:
                operations.mute_reason(code, by=self.actor)
        except operations.NoSuchReason:
            messages.error(request, _("This reason is not known. Nothing was changed."))
        else:
            said = (
                _("The reason counts again.")
                if is_restored
                else _("The reason no longer counts. You can bring it back at the end of the page.")
            )
            messages.success(request, said)
        return redirect("citizen:programmes")


def _suggested(found: Recommendation, names: Names, snapshot: live.Snapshot, now: float) -> Suggested:
    warnings = {
        "0-2": _("Basic education is required; check it before you apply."),
        "3-4": _("Secondary education is required; check it before you apply."),
        "5-8": _("Higher education is required; check it before you apply."),
    }
    card = card_of(found.programme, names=names, now=now)
    pays_nothing = any(reason.kind is ReasonKind.LOW_INCOME for reason in found.reasons)
    return Suggested(
        card=without_copayment(card) if pays_nothing else card,
        reasons=[ReasonLine(reason.code, in_words(reason, names, snapshot)) for reason in found.reasons],
        warning=warnings.get(found.lacks_education, ""),
    )


def _lines(codes: Iterable[str], names: Names, snapshot: live.Snapshot) -> list[ReasonLine]:
    known = [(code, reason_of(code)) for code in codes]
    return [
        ReasonLine(code, in_words(reason, names, snapshot)) for code, reason in known if reason is not None
    ]


def _other_fields(
    snapshot: live.Snapshot, names: Names, learner: Learner, now: float
) -> list[dict[str, Any]]:
    """When nothing is there: the fields with the most programmes, near home if it is known where that is."""
    near = {Facet.PLACE: (learner.region,)} if learner.region else {}
    result = snapshot.index.search(CatalogueQuery(now=now, chosen=near, page_size=1))
    values = sorted(result.facets[Facet.FIELD], key=lambda value: (-value.count, value.value))
    return [
        {
            "label": names.of(Facet.FIELD, value.value) or value.value,
            "count": value.count,
            "url": f"{reverse('public:catalogue')}?{Facet.FIELD.value}={value.value}",
        }
        for value in values
        if value.value not in learner.fields
    ][:_NEAREST_FIELDS]
