"""The level test before an application: why, how long, what follows; and the programmes of the level that it found
(manual 3.4.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from stars.actors.actor import Actor
from stars.actors.permissions import Permission
from stars.assessments import operations, queries
from stars.assessments.enums import Instrument
from stars.assessments.level_words import LEVELS
from stars.assessments.levels import FoundLevel, latest_level
from stars.assessments.selection import NUMBER
from stars.assessments.words import ABOUT
from stars.catalogue import live
from stars.catalogue.cards import Card, card_of
from stars.catalogue.enums import VaramLevel
from stars.catalogue.names import names_of
from stars.catalogue.of_level import SOURCES, Home, of_level, open_groups
from stars.catalogue.queries import personal
from stars.catalogue.queries.programmes import programme_in_catalogue
from stars.catalogue.search.types import ProgrammeDocument
from stars.classifiers import queries as classifiers
from stars.common import clock
from stars.common.typed import whole_number
from stars.people import queries as people
from stars.people.models import Person
from stars.workspaces.citizen.views.assessments.base import earlier_results
from stars.workspaces.listing import page_of
from stars.workspaces.views import WorkspaceView

_PAGE_SIZE = 10


@dataclass(frozen=True, slots=True)
class Offered:
    """A programme of the level: its card, and where one applies for it."""

    card: Card
    apply_url: str


class LevelTest(WorkspaceView, View):
    """One address for the test: what it is about with earlier results, or what it found while that holds."""

    permission = Permission.TEST_TAKE

    def get(self, request: HttpRequest) -> HttpResponse:
        """The level with its programmes; without a valid result, or to take the test again, the way into it."""
        found = latest_level(self.person.pk)
        if found is None or not found.holds(clock.today()) or "atkartot" in request.GET:
            return self._intro(found)
        context = {
            "heading": _("Your level of learning"),
            "crumbs": _crumbs(),
            **level_values(self.person, self.actor, found, wanted=self._wanted_id(), page=request.GET),
        }
        return render(request, "citizen/level/found.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin, or go on with what was begun; pressing twice begins once."""
        wanted = self._wanted_id()
        programme = programme_in_catalogue(wanted) if wanted else None
        try:
            attempt = operations.start(Instrument.LEVEL, by=self.actor, programme=programme)
        except operations.NothingOffered:
            return self._intro(latest_level(self.person.pk), status=409)
        return redirect("citizen:test-attempt", attempt.public_id)

    def _wanted_id(self) -> int | None:
        """The programme from which "Pieteikties" was pressed, as the address or the form names it."""
        given = self.request.POST.get("programma") or self.request.GET.get("programma") or ""
        return whole_number(given)

    def _intro(self, found: FoundLevel | None, *, status: int = 200) -> HttpResponse:
        standing = queries.standings(self.actor)[Instrument.LEVEL]
        context = {
            "heading": Instrument.LEVEL.label,
            "crumbs": _crumbs(),
            "about": ABOUT[Instrument.LEVEL],
            "number": NUMBER,
            "found": found,
            "is_valid": found is not None and found.holds(clock.today()),
            "standing": standing,
            "programme": _document(self._wanted_id()),
            "page": earlier_results(self.request, self.actor, Instrument.LEVEL),
            "may_compare": False,
        }
        return render(self.request, "citizen/level/intro.html", context, status=status)


def level_values(
    person: Person,
    actor: Actor,
    found: FoundLevel,
    *,
    wanted: int | None = None,
    page: Mapping[str, Any] = {},
) -> dict[str, Any]:
    """The level in words with the programmes of that level, and the programme that was wanted: does it fit?"""
    snapshot, now = live.snapshot(), clock.now().timestamp()
    programme = _document(wanted or found.programme_id)
    programmes = of_level(
        [entry.document for entry in snapshot.entries.values()],
        found.level,
        home=_home(person),
        now=now,
        first=programme.id if programme else None,
    )
    shown: Page[ProgrammeDocument] = page_of(programmes, page, size=_PAGE_SIZE)
    names = names_of(snapshot)
    return {
        "found": found,
        "is_valid": found.holds(clock.today()),
        "is_latest": True,
        "level": VaramLevel(found.level),
        "words": LEVELS[found.level],
        "programme": programme,
        "programme_level": VaramLevel(programme.varam_level) if programme and programme.varam_level else None,
        "apply_url": _apply_url(programme, now) if programme in programmes else "",
        "page": shown,
        "offered": [Offered(card_of(each, names=names, now=now), _apply_url(each, now)) for each in shown],
        "total": len(programmes),
        "favourites": personal.favourite_ids(actor),
    }


def _document(programme_id: int | None) -> ProgrammeDocument | None:
    """The programme, if it is in the catalogue and has a level."""
    found = live.snapshot().index.programme(programme_id) if programme_id else None
    return found if found and found.varam_level else None


def _apply_url(programme: ProgrammeDocument | None, now: float) -> str:
    if programme is None:
        return ""
    schemes = (
        offer.scheme
        for group in open_groups(programme, now=now)
        for offer in group.offers
        if offer.scheme in SOURCES and offer.is_open(now)
    )
    address = reverse("citizen:apply", args=[programme.id])
    return f"{address}?finansejums={next(schemes, '').upper()}"


def _home(person: Person) -> Home:
    profile = people.profile_of(person)
    municipality = classifiers.by_code(profile.municipality_id) if profile else None
    return Home(municipality.slug, municipality.parent_id or "") if municipality else Home()


def _crumbs() -> list[dict[str, str]]:
    return [
        {"label": _("Tests"), "url": reverse("citizen:tests")},
        {"label": str(Instrument.LEVEL.label), "url": ""},
    ]
