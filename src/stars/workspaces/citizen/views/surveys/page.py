"""A survey's own page: what it is about and until when; once sent, the answers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from stars.common import clock
from stars.surveys.display import answered_rows
from stars.surveys.types import Question
from stars.workspaces.citizen.views.surveys.base import SurveyView
from stars.workspaces.citizen.views.surveys.listed import survey_card


class SurveyPage(SurveyView):
    """What it is about and until when; once sent, the answers."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The way in, or what was answered."""
        begins = self.url_of(next(iter(self.pages)))
        todo = self.unfinished()
        context = {
            "card": survey_card(self.invitation, clock.today()),
            "intro": self.definition.intro.said(self.language),
            "crumbs": _crumbs(),
            "is_begun": bool(self.answers),
            "continue_url": begins if not self.answers else self.url_of(todo) if todo else self.review_url,
            "rows": answered_rows(_asked(self.pages), self.answers, self.language),
        }
        return render(request, "citizen/surveys/page.html", context)


def _asked(pages: dict[int, list[Question]]) -> list[Question]:
    return [question for page in pages.values() for question in page]


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Surveys"), "url": reverse("citizen:surveys")}, {"label": _("Survey"), "url": ""}]
