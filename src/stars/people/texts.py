"""The texts that are accepted at the first sign-in, as versioned Markdown files (manual 2)."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from stars.common.markdown import body_html, title_of
from stars.people.enums import Document

_FOLDER = Path(__file__).parent / "texts"
_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})\.(lv|en)\.md")


@dataclass(frozen=True, slots=True)
class Text:
    """One version of a text in one language; the Latvian one binds."""

    document: Document
    version: date
    language: str
    title: str
    html: str


def current_version(document: Document, *, on: date) -> date:
    """The version in force on the day; raises LookupError when there is none yet."""
    versions = [version for version in _versions(document) if version <= on]
    if not versions:
        raise LookupError(document)
    return max(versions)


@cache
def text(document: Document, version: date, language: str) -> Text:
    """The text; raises LookupError when the version does not exist."""
    path = _FOLDER / document.value / f"{version.isoformat()}.{language}.md"
    if version not in _versions(document) or not path.is_file():
        raise LookupError(f"{document} {version} {language}")
    source = path.read_text(encoding="utf-8")
    return Text(document, version, language, title_of(source), body_html(source))


@cache
def _versions(document: Document) -> frozenset[date]:
    names = (_NAME.fullmatch(path.name) for path in (_FOLDER / document.value).iterdir())
    return frozenset(date.fromisoformat(name[1]) for name in names if name)
