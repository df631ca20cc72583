"""Files that one can read at once; names that say what is inside."""

import ast
from pathlib import Path

from tests.architecture.sources import ROOT, SOURCE, faults, python_files, templates, text, tree

# A module becomes a package at 250 lines; a few more are forgiven.
MODULE, TEST, SETTINGS, TEMPLATE, STATEMENTS = 260, 600, 200, 150, 40
VAGUE = {"utils", "util", "helpers", "helper", "manager", "managers", "service", "services", "misc"}
# Declarations of data may be as long as the data are; they hold no function and no condition.
DATA = python_files(under=SOURCE / "schemes" / "declarations")
EVERYTHING = python_files()
PLATFORM = python_files(under=SOURCE)
CODE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.If, ast.For, ast.While, ast.Lambda)


def too_long(path: Path, limit: int) -> int:
    """The number of lines, if there are too many of them."""
    number = text(path).count("\n")
    return number if number > limit else 0


def test_modules() -> None:
    ordinary = [path for path in PLATFORM if path not in DATA and path.parent.name != "settings"]
    assert faults(ordinary, lambda path: too_long(path, MODULE)) == {}


def test_settings() -> None:
    settings = python_files(under=SOURCE / "config" / "settings")
    assert faults(settings, lambda path: too_long(path, SETTINGS)) == {}


def test_tests() -> None:
    tests = python_files(under=ROOT / "tests")
    assert faults(tests, lambda path: too_long(path, TEST)) == {}


def test_templates() -> None:
    assert faults(templates(), lambda path: too_long(path, TEMPLATE)) == {}


def test_declarations_hold_no_code() -> None:
    def code(path: Path) -> list[str]:
        return [type(node).__name__ for node in ast.walk(tree(path)) if isinstance(node, CODE)]

    assert faults(DATA, code) == {}


def test_functions() -> None:
    """Statements within a function, those of inner functions included, the docstring aside."""

    def long_functions(path: Path) -> dict[str, int]:
        functions = [
            node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ]
        sizes = {
            node.name: sum(isinstance(inner, ast.stmt) for inner in ast.walk(node))
            - 1
            - bool(ast.get_docstring(node))
            for node in functions
        }
        return {name: size for name, size in sizes.items() if size > STATEMENTS}

    assert faults(PLATFORM, long_functions) == {}


def test_names() -> None:
    assert faults(EVERYTHING, lambda path: VAGUE & {path.stem, *path.relative_to(ROOT).parts[:-1]}) == {}


def test_every_module_says_what_it_is() -> None:
    with_code = [path for path in EVERYTHING if path.stat().st_size]
    assert faults(with_code, lambda path: not ast.get_docstring(tree(path))) == {}


def test_nothing_is_left_to_do() -> None:
    marks = ("TO" + "DO", "FIX" + "ME", "X" * 3)
    assert faults(EVERYTHING, lambda path: [mark for mark in marks if mark in text(path)]) == {}
