"""Long texts: terms, privacy policy, help, accessibility, contacts; and the choice of language."""

from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.generic import TemplateView

from stars.common import clock
from stars.common.markdown import body_html, title_of
from stars.people.enums import Document
from stars.people.texts import Text, current_version, text
from stars.ui.pdf import render_pdf
from stars.workspaces.downloads import download
from stars.workspaces.redirects import safe_next
from stars.workspaces.views import PublicView

_FOLDER = Path(__file__).resolve().parents[1] / "texts"
_YEAR = 365 * 24 * 60 * 60


@cache
def _prose(name: str, language: str) -> tuple[str, str]:
    source = (_FOLDER / f"{name}.{language}.md").read_text(encoding="utf-8")
    return title_of(source), body_html(source)


def _text_now(document: Document) -> Text:
    return text(document, current_version(document, on=clock.today()), get_language() or "lv")


@cache
def _as_pdf(found: Text) -> bytes:
    """A version never changes, so that each process draws it once for each language."""
    context = {"heading": found.title, "body": found.html, "version": found.version}
    return render_pdf("public/pdf/text.html", context)


class Prose(PublicView, TemplateView):
    """A page of prose from a Markdown file."""

    template_name = "public/prose.html"
    name: ClassVar[str]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Heading and body."""
        heading, body = _prose(self.name, get_language() or "lv")
        return super().get_context_data(heading=heading, body=body, section=self.name, **kwargs)


class Help(Prose):
    """How things are done."""

    name = "help"


class Accessibility(Prose):
    """Piekļūstamības paziņojums."""

    name = "accessibility"


class Contacts(Prose):
    """Who answers."""

    name = "contacts"


class VersionedText(PublicView, TemplateView):
    """A text that is accepted, in the version of today."""

    template_name = "public/versioned_text.html"
    document: ClassVar[Document]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Heading, body, version."""
        found = _text_now(self.document)
        return super().get_context_data(heading=found.title, body=found.html, version=found.version, **kwargs)


class Terms(VersionedText):
    """Platformas lietošanas noteikumi."""

    document = Document.TERMS


class Privacy(VersionedText):
    """Privātuma politika."""

    document = Document.PRIVACY


class PrivacyPdf(PublicView):
    """The privacy policy to download (manual 2)."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """A PDF as an attachment."""
        found = _text_now(Document.PRIVACY)
        return download(_as_pdf(found), f"privātuma-politika-{found.version.isoformat()}.pdf")


class ChooseLanguage(PublicView):
    """A link that remembers the language in a cookie; it changes nothing else, so that it may be a GET."""

    def get(self, request: HttpRequest, language: str) -> HttpResponse:
        """Back to the page that was open, in the other language."""
        if language not in dict(settings.LANGUAGES):
            raise Http404
        answer = redirect(safe_next(request, request.GET.get("next"), default="/"))
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=_YEAR,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
        return answer
