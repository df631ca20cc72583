"""The simulator's pages: plain templates; words and values are escaped, finished markup is not."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from pathlib import Path
from string import Template

from stars.integrations.identity.simulator.people import SimulatedPerson
from stars.integrations.identity.simulator.texts import TEXTS
from stars.integrations.identity.simulator.tools import DEFAULT_TOOL, TOOLS, Tool

_ASSETS = Path(__file__).parent / "assets"


def choice_page(
    people: Iterable[SimulatedPerson], *, language: str, request_key: str, other_language_url: str
) -> str:
    """Return the page where tool and person are chosen."""
    texts = TEXTS[language]
    markup = {
        "tools_markup": "".join(_tool(tool, language) for tool in TOOLS),
        "people_markup": "".join(_person(person, language) for person in people),
    }
    content = _render("choose.template", {**texts, "request_key": request_key}, markup)
    switch = _render("language.template", {**texts, "other_language_url": other_language_url})
    return _page(content, language=language, page_title=texts["title"], switch=switch)


def message_page(name: str, *, language: str = "lv") -> str:
    """Return a page that only says something; `name` is the name of its text."""
    texts = TEXTS[language]
    content = _render("message.template", {"heading": texts[name], "note": texts[f"{name}_note"]})
    return _page(content, language=language, page_title=f"{texts[name]} – {texts['title']}")


@lru_cache
def asset(name: str) -> bytes:
    """Return a file that pages refer to."""
    return (_ASSETS / name).read_bytes()


def _page(content: str, *, language: str, page_title: str, switch: str = "") -> str:
    words = {**TEXTS[language], "language": language, "page_title": page_title}
    return _render("layout.template", words, {"content": content, "language_switch": switch})


def _tool(tool: Tool, language: str) -> str:
    name = tool.name_en if language == "en" else tool.name_lv
    checked = "checked" if tool is DEFAULT_TOOL else ""
    return _render("tool.template", {"slug": tool.slug, "name": name, "checked": checked})


def _person(person: SimulatedPerson, language: str) -> str:
    words = {
        "slug": person.slug,
        "name": f"{person.given_name} {person.family_name}",
        "initials": person.given_name[0] + person.family_name[0],
        "description": person.description_en if language == "en" else person.description_lv,
    }
    return _render("person.template", words)


def _render(name: str, words: Mapping[str, str], markup: Mapping[str, str] | None = None) -> str:
    escaped = {key: escape(word) for key, word in words.items()}
    return _template(name).substitute(escaped, **(markup or {}))


@lru_cache
def _template(name: str) -> Template:
    return Template((_ASSETS / name).read_text(encoding="utf-8"))
