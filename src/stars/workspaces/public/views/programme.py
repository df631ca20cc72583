"""The page of one programme (manual 3.4, facts 2.1)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from stars.applications.queries.money import remaining_after
from stars.applications.sources import SourceOption, sources_of
from stars.catalogue import live
from stars.catalogue.cards import Card, card_of
from stars.catalogue.course_data import course_json
from stars.catalogue.description import digital_skills_of, facts_of, group_lines, lines, requirements_of
from stars.catalogue.models import Programme
from stars.catalogue.names import names_of
from stars.catalogue.overview import overview_of
from stars.catalogue.queries import personal
from stars.catalogue.queries.programmes import groups_by_programme, programme_in_catalogue, was_withdrawn
from stars.common import clock
from stars.people.contact import readable_phone
from stars.ui.templatetags.ui import latvian
from stars.workspaces.caching import kept_for_everybody
from stars.workspaces.views import PublicView


@method_decorator(kept_for_everybody(live.version), name="dispatch")
class ProgrammePage(PublicView, TemplateView):
    """Everything about a programme, and the way to apply."""

    template_name = "public/catalogue/programme.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; 410 for what was withdrawn, 404 for what never was there."""
        programme = programme_in_catalogue(kwargs["programme_id"])
        if programme is None:
            is_gone = was_withdrawn(kwargs["programme_id"])
            context = {"is_gone": is_gone, "section": "catalogue"}
            return render(
                request, "public/catalogue/no_programme.html", context, status=410 if is_gone else 404
            )
        return self.render_to_response(self.get_context_data(**self._page(programme)))

    def _page(self, programme: Programme) -> dict[str, Any]:
        now = clock.now()
        sources = sources_of(programme, at=now)
        groups = groups_by_programme([programme]).get(programme.pk, [])
        return {
            "heading": programme.title,
            "section": "catalogue",
            "crumbs": _crumbs(programme),
            "programme": programme,
            "card": _card(programme.pk, now.timestamp()),
            "overview": overview_of(programme, groups, at=now),
            "facts": facts_of(programme),
            "requirements": requirements_of(programme),
            "digital_skills": digital_skills_of(programme),
            "topics": lines(programme.contents),
            "outcomes": lines(programme.outcomes),
            "contact_phone": readable_phone(programme.contact_phone) if programme.contact_phone else "",
            "groups": group_lines(groups, at=now),
            "course_json": course_json(
                programme, groups, url=self.request.build_absolute_uri(self.request.path)
            ),
            "is_favourite": programme.pk in personal.favourite_ids(self.actor),
            "remaining": remaining_after(self.actor, programme.pk, sources),
            **_ways_in(sources),
        }


def _card(programme_id: int, now: float) -> Card | None:
    """Price and labels of the result card; None in the moment before the catalogue in memory knows a new programme."""
    snapshot = live.snapshot()
    document = snapshot.index.programme(programme_id)
    return None if document is None else card_of(document, names=names_of(snapshot), now=now)


def _ways_in(sources: list[SourceOption]) -> dict[str, Any]:
    """The sources, whether any is open, and the choice that the pop-up offers when there are several (manual 3.4)."""
    return {
        "sources": sources,
        "can_apply": any(option.is_open for option in sources),
        "source_choice": sources if len(sources) > 1 else None,
        "publicity": list(dict.fromkeys(option.source.publicity for option in sources)),
    }


def _crumbs(programme: Programme) -> list[dict[str, str]]:
    return [
        {"label": _("Programme catalogue"), "url": reverse("public:catalogue")},
        {
            "label": programme.field.name,
            "url": f"{reverse('public:catalogue')}?nozare={programme.field.slug}",
        },
        {"label": latvian(programme.title), "url": ""},
    ]
