"""Templates: each is used, none holds what the content security policy forbids."""

import ast
import re
from functools import cache
from pathlib import Path

from django.conf import settings
from tests.architecture.sources import SOURCE, faults, python_files, templates, text, tree

INLINE = re.compile(
    r"""<script(?![^>]*\ssrc=)(?![^>]*type="application/ld\+json")"""
    r"""|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*["']|javascript:|\shx-on""",
    re.IGNORECASE,
)
# Found by their names: Django's pages of errors, and fields and widgets by the renderer of forms.
BY_NAME = {"400.html", "403.html", "404.html", "500.html"}
BY_DJANGO = "ui/forms/widgets/"
# A message is named without its ending: subject, text and HTML belong together.
MESSAGE = re.compile(r"(.+/emails/[^/.]+)(\.subject\.txt|\.txt|\.html)")
QUERY = re.compile(r"{[{%][^}]*(?:\.objects\b|_set\.)[^}]*[%}]}")
ABROAD = re.compile(r"""(?:src|href)="https?://""")


def template_name(path: Path) -> str:
    parts = path.parts
    return "/".join(parts[parts.index("templates") + 1 :])


@cache
def mentioned() -> frozenset[str]:
    """Every text between quotes in templates and code that may be a template's name."""
    quoted = {name for path in templates() for name in re.findall(r"""["']([\w./-]+)["']""", text(path))}
    constants = {
        node.value
        for path in python_files(under=SOURCE)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return frozenset(quoted | constants)


def is_used(path: Path) -> bool:
    name = template_name(path)
    message = MESSAGE.fullmatch(name)
    return (
        name in mentioned()
        or name in BY_NAME
        or name.startswith(BY_DJANGO)
        or (message is not None and message[1] in mentioned())
    )


def test_each_is_used() -> None:
    assert faults(templates(), lambda path: not is_used(path)) == {}


def test_nothing_is_inline() -> None:
    """Mail programs know no style sheets, and no policy of ours reaches them."""
    pages = [path for path in templates() if path.parent.name not in {"emails", "notices"}]
    assert faults(pages, lambda path: INLINE.findall(text(path))) == {}


def test_nothing_comes_from_elsewhere() -> None:
    assert faults(templates(), lambda path: ABROAD.findall(text(path))) == {}


def test_no_query_in_a_template() -> None:
    assert faults(templates(), lambda path: QUERY.findall(text(path))) == {}


def test_every_form_that_writes_has_a_token() -> None:
    def unguarded(path: Path) -> list[str]:
        forms = re.findall(r"<form\b[^>]*method=\"post\".*?</form>", text(path), re.DOTALL | re.IGNORECASE)
        return [form[:80] for form in forms if "{% csrf_token %}" not in form]

    assert faults(templates(), unguarded) == {}


def test_the_policy_allows_no_inline_code() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    allowed = {source for sources in directives.values() for source in sources}
    assert allowed == {"'self'", "'none'", "data:"}
    assert directives["script-src"] == directives["style-src"] == directives["default-src"] == ["'self'"]
