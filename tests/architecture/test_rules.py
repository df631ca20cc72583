"""Rules stand in one place each: funding sources in `schemes`, an application's status in one function."""

import ast
import re
from pathlib import Path

from tests.architecture.sources import (
    SOURCE,
    docstrings,
    faults,
    name_of,
    python_files,
    templates,
    text,
    tree,
)

from stars.schemes.codes import SchemeCode

PLATFORM = python_files(under=SOURCE)
CODES = {form for code in SchemeCode for form in (code.value, code.value.lower(), code.name)}
# Where a source may be called by its name: its declaration, and the invented data of the demonstration. Prose,
# the landing page and the triggers' SQL hold the names within longer texts.
NAMING = (SOURCE / "schemes", SOURCE / "demo")
# A condition in a template's tag that depends on one source.
CONDITION = re.compile(r"{%\s*(?:el)?if[^%]*[\"'](?:" + "|".join(sorted(CODES)) + r")[\"'][^%]*%}")
# These speak before Django does: the start of everything, and the stand-in for the national side.
OWN_CLOCK = {"src/stars/common/clock.py", "src/stars/config/run.py"}


def nodes(path: Path, *kinds: type[ast.AST]) -> list[ast.AST]:
    return [node for node in ast.walk(tree(path)) if isinstance(node, kinds)]


def named(path: Path) -> list[str]:
    """Lines that name one source in code."""
    prose = {id(constant) for constant in docstrings(tree(path))}
    constants = [
        f"{node.lineno}: {node.value!r}"
        for node in nodes(path, ast.Constant)
        if node.value in CODES and id(node) not in prose
    ]
    members = [
        f"{node.lineno}: SchemeCode.{node.attr}"
        for node in nodes(path, ast.Attribute)
        if isinstance(node.value, ast.Name) and node.value.id == "SchemeCode"
    ]
    return constants + members


def test_no_code_depends_on_one_source() -> None:
    elsewhere = [path for path in PLATFORM if not any(path.is_relative_to(place) for place in NAMING)]
    assert faults(elsewhere, named) == {}


def test_the_declarations_do_name_them() -> None:
    declared = [SOURCE / "schemes" / "declarations" / f"{code.value.lower()}.py" for code in SchemeCode]
    assert list(faults(declared, named)) == [name_of(path) for path in declared]


def test_no_template_depends_on_one_source() -> None:
    assert faults(templates(), lambda path: CONDITION.findall(text(path))) == {}


def writes_of_status(path: Path) -> list[int]:
    """Lines that give a row's `status` a value: by assignment, or by an update of rows."""
    lines = []
    for node in nodes(path, ast.Assign, ast.AugAssign, ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        names = [
            inner for target in targets for inner in ast.walk(target) if isinstance(inner, ast.Attribute)
        ]
        lines += [
            node.lineno for name in names if name.attr == "status" and ast.unparse(name) != "self.status"
        ]
    for node in nodes(path, ast.Call):
        is_update = isinstance(node.func, ast.Attribute) and node.func.attr == "update"
        lines += [node.lineno for keyword in node.keywords if is_update and keyword.arg == "status"]
    return lines


def test_one_function_writes_an_applications_status() -> None:
    writer = SOURCE / "applications" / "operations" / "perform.py"
    found = faults(python_files(under=SOURCE / "applications"), writes_of_status)
    (perform,) = (node for node in nodes(writer, ast.FunctionDef) if node.name == "perform")
    assert list(found) == [name_of(writer)]
    (line,) = found[name_of(writer)]
    assert perform.lineno < line <= perform.end_lineno


def test_no_page_writes_a_status() -> None:
    assert faults(python_files(under=SOURCE / "workspaces"), writes_of_status) == {}


def calls_itself_a_file(path: Path) -> list[int]:
    """Lines that write the header, or let an answer of Django write it."""
    return [
        node.lineno
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.Constant) and str(node.value).lower() == "content-disposition")
        or (isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node).endswith("FileResponse"))
    ]


def test_files_to_keep_are_answered_in_one_place() -> None:
    """`download`, so that every name is written as it must be and every file says what it is."""
    assert list(faults(PLATFORM, calls_itself_a_file)) == ["src/stars/workspaces/downloads.py"]


def asks_the_time(path: Path) -> list[str]:
    found = [ast.unparse(node) for node in nodes(path, ast.Attribute)]
    asking = re.compile(r"(timezone\.(now|localdate)|(datetime\.)?(datetime|date)\.(now|today|utcnow))")
    return [said for said in found if asking.fullmatch(said)]


def test_the_clock_is_asked_in_one_place() -> None:
    """`stars.common.clock`, so that there is one idea of what day it is."""
    platform = [path for path in PLATFORM if "simulator" not in path.parts and name_of(path) not in OWN_CLOCK]
    assert faults(platform, asks_the_time) == {}


def asked_too_early(path: Path) -> list[str]:
    """Lines that ask what time it is while the module is read: in its body, a decorator or a default."""
    found, left = [], [*tree(path).body]
    while left:
        node = left.pop()
        if isinstance(node, ast.Lambda):
            continue
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            left += [*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)]
            continue
        if isinstance(node, ast.Call) and re.search(r"\b(now|today|localdate)$", ast.unparse(node.func)):
            found.append(f"{node.lineno}: {ast.unparse(node)}")
        left += ast.iter_child_nodes(node)
    return found


def test_nothing_remembers_the_day_on_which_it_was_read() -> None:
    """A process may run over midnight, and so may the tests."""
    assert faults(python_files(), asked_too_early) == {}


def test_nothing_is_imported_inside_a_function() -> None:
    def inside(path: Path) -> list[int]:
        functions = nodes(path, ast.FunctionDef, ast.AsyncFunctionDef)
        return [
            inner.lineno
            for function in functions
            for inner in ast.walk(function)
            if isinstance(inner, ast.Import | ast.ImportFrom)
        ]

    assert faults(PLATFORM, inside) == {}


def test_there_are_no_signals() -> None:
    def signals(path: Path) -> list[str]:
        modules = [str(node.module) for node in nodes(path, ast.ImportFrom)]
        return [module for module in modules if module.endswith("signals") or module == "django.dispatch"]

    assert faults(PLATFORM, signals) == {}
