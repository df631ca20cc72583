"""The files of the repository, read once for all tests about it."""

import ast
import subprocess
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "stars"


@cache
def tracked() -> tuple[Path, ...]:
    """What the repository holds, and what is about to be added to it."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def python_files(*, under: Path = ROOT, migrations: bool = False) -> list[Path]:
    """Python files below a folder."""
    found = [path for path in tracked() if path.suffix == ".py" and path.is_relative_to(under)]
    return [path for path in found if migrations or "migrations" not in path.parts]


def templates() -> list[Path]:
    """Every template, of pages, e-mails and documents."""
    return [path for path in tracked() if "templates" in path.parts and path.is_relative_to(SOURCE)]


def name_of(path: Path) -> str:
    """How a test's message names a file."""
    return path.relative_to(ROOT).as_posix()


@cache
def text(path: Path) -> str:
    """The contents."""
    return path.read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    """The parsed contents."""
    return ast.parse(text(path), filename=str(path))


def docstrings(parsed: ast.Module) -> Iterator[ast.Constant]:
    """The docstrings of a module and of everything in it."""
    for node in ast.walk(parsed):
        if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        first = node.body[0] if node.body else None
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            yield first.value


def faults(paths: Iterable[Path], check: Callable[[Path], object]) -> dict[str, object]:
    """What a check finds, by file; `{}` when there is nothing to complain about."""
    return {name_of(path): found for path in paths if (found := check(path))}
