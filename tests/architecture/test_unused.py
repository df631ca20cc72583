"""Nothing lies about that nobody needs: what only a test calls is no part of the platform."""

import ast
import re
from functools import cache
from pathlib import Path

from tests.architecture.sources import SOURCE, faults, python_files, templates, text, tracked, tree

from stars.ui.icons import ICONS, icon_of_field

PLATFORM = python_files(under=SOURCE)
# Django, the servers and libraries call these by their names.
CALLED_BY_NAME = re.compile(
    r"Meta|Command|handle|add_arguments|\w+Config|SessionStore"
    r"|clean_\w+|get_\w+|format_value|prepare_value|authenticate|process_(view|exception)|_get_session_from_db"
    r"|do_[A-Z]+|log_message|fetch|__\w+__"
)
# The queue calls what is registered so.
REGISTERED = ("app.task", "app.periodic")
# Tests prove by it that no invented person can be anybody.
PROOFS = {"check_digit_fits"}
FIELDS = SOURCE / "classifiers" / "data" / "fields.toml"
WORD = re.compile(r"\w+")
STYLE_CLASS = re.compile(r"\.(app-[\w-]+)")


def defined(path: Path) -> list[str]:
    """Functions, methods and classes of a file that somebody has to call."""
    definitions = [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    return [
        node.name
        for node in definitions
        if not any(ast.unparse(each).startswith(REGISTERED) for each in node.decorator_list)
    ]


def mentioned(path: Path) -> set[str]:
    """Names that a file uses; to import one, or to hand it on in `__all__`, is no use of it."""
    nodes = list(ast.walk(tree(path)))
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    names |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    # "stars.workspaces.middleware.AccessMiddleware", as settings name it.
    dotted = [str(node.value) for node in nodes if isinstance(node, ast.Constant) and "." in str(node.value)]
    return names | {value.rpartition(".")[2] for value in dotted}


@cache
def in_templates() -> frozenset[str]:
    """Every word of a template; Django calls what stands there."""
    return frozenset(word for path in templates() for word in WORD.findall(text(path)))


@cache
def used() -> frozenset[str]:
    """Everything that anything of the platform mentions."""
    everywhere = [mentioned(path) for path in python_files(under=SOURCE, migrations=True)]
    return frozenset().union(*everywhere, in_templates(), PROOFS)


def test_everything_that_is_defined_is_used() -> None:
    def unused(path: Path) -> list[str]:
        return [name for name in defined(path) if name not in used() and not CALLED_BY_NAME.fullmatch(name)]

    assert faults(PLATFORM, unused) == {}


def test_every_icon_is_shown() -> None:
    quoted = {
        name
        for path in [*PLATFORM, *templates()]
        for name in re.findall(r"""["']([\w-]+)["']""", text(path))
        if path.name != "icons.py"
    }
    of_fields = {icon_of_field(code) for code in re.findall(r'"field-([\w-]+)"', text(FIELDS))}
    assert sorted(ICONS.keys() - quoted - of_fields) == []


def test_every_class_of_the_style_sheets_is_given() -> None:
    sheets = [path for path in tracked() if path.suffix == ".css" and path.is_relative_to(SOURCE)]
    givers = [*PLATFORM, *templates(), *(path for path in tracked() if path.suffix == ".js")]
    given = {word for path in givers for word in re.findall(r"app-[\w-]+", text(path))}
    # `app-money-bar__{{ part }}`: the end of the name is put in.
    begun = tuple(word for word in given if word.endswith(("-", "_")))

    def never_given(path: Path) -> list[str]:
        names = dict.fromkeys(STYLE_CLASS.findall(text(path)))
        return [name for name in names if name not in given and not name.startswith(begun)]

    assert faults(sheets, never_given) == {}
