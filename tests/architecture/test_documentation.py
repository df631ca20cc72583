"""The documents say what the code says: where a fact is written twice, both are compared here."""

import ast
import re
from collections.abc import Iterable
from enum import Enum
from pathlib import Path

import pytest
from django.apps import apps
from django.utils import translation
from tests.architecture.sources import python_files, tree

from stars.actors.permissions import Role
from stars.applications.enums import Action, Answer, ExpulsionReason, PlaceState, Reason, Register, Status
from stars.applications.forms import PAGES
from stars.applications.lifecycle import TRANSITIONS
from stars.catalogue.enums import GroupStatus, ProgrammeStatus
from stars.catalogue.search.types import Facet
from stars.classifiers.enums import Kind
from stars.enrolments.enums import EnrolmentStatus
from stars.funding.enums import EntryKind
from stars.integrations.identity.simulator.authority import today_in_latvia
from stars.integrations.identity.simulator.people import simulated_people
from stars.notices.models import DeliveryStatus
from stars.organisations.enums import MemberRole
from stars.schemes.codes import SchemeCode
from stars.schemes.types import Gate

ROOT = Path(__file__).resolve().parents[2]
SOURCE, DOCS = ROOT / "src" / "stars", ROOT / "docs"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
PACKAGES = sorted(path.parent.name for path in SOURCE.glob("*/__init__.py"))
# "application.viewed", or what stands before the part that the code puts in.
KIND = re.compile(r"[a-z-]+\.[a-z-]*")
# Variables that the settings of every installation read: `env.str("NAME", …)`.
VARIABLE = re.compile(r'\benv(?:\.\w+)?\(\s*"([A-Z][A-Z_]+)"')


def read(path: Path) -> str:
    """A document's text."""
    return path.read_text(encoding="utf-8")


def missing_from(text: str, names: Iterable[str]) -> list[str]:
    """The names that the text does not hold as code, between grave accents."""
    return [name for name in names if f"`{name}`" not in text]


def members(*enums: type[Enum]) -> list[str]:
    """ "Status.DRAFT" and so on."""
    return [f"{each.__name__}.{member.name}" for each in enums for member in each]


def steps() -> list[tuple[str, str, str]]:
    """Every (from, to, action) of the table."""
    found = [
        (source.value, step.target.value, action.value)
        for action, step in TRANSITIONS.items()
        for source in step.sources
    ]
    return sorted(found)


def test_the_drawn_lifecycle_is_the_table() -> None:
    drawn = re.findall(r"^ +(\w+) --> (\w+): ([\w-]+)$", read(DOCS / "lifecycle.md"), re.MULTILINE)
    assert sorted(drawn) == steps()


def test_the_lifecycle_begins_with_a_draft() -> None:
    beginnings = re.findall(r"^ +\[\*\] --> (\w+): (\w+)$", read(DOCS / "lifecycle.md"), re.MULTILINE)
    assert beginnings == [(Status.DRAFT.value, Action.START.value)]


def test_the_written_lifecycle_is_the_table() -> None:
    header, *rows = re.findall(
        r"^\| ([\w-]+) \| ([\w, ]+) \| (\w+) \| ([\w.]+) \|$", read(DOCS / "lifecycle.md"), re.MULTILINE
    )
    assert header == ("Action", "From", "To", "Permission")
    assert {action: (source, target, permission) for action, source, target, permission in rows} == {
        action.value: (", ".join(sorted(step.sources)), step.target.value, step.permission.value)
        for action, step in TRANSITIONS.items()
    }


def test_some_step_leads_to_every_state() -> None:
    reached = {Status.DRAFT, *(step.target for step in TRANSITIONS.values())}
    assert reached == set(Status)


def test_the_readme_names_the_commands_of_make() -> None:
    spoken = re.findall(r"^\t@echo \"make (\w+)", read(ROOT / "Makefile"), re.MULTILINE)
    assert {"run", "test"} <= set(spoken)
    assert missing_from(read(ROOT / "README.md"), (f"make {name}" for name in spoken)) == []


def test_the_readme_names_what_continuous_integration_installs() -> None:
    (listed,) = re.findall(r"^packages=\((.*)\)$", read(ROOT / ".ci" / "run"), re.MULTILINE)
    needed = {*listed.split(), "python3-venv"} - {"chromium"}
    (line,) = [
        line for line in read(ROOT / "README.md").splitlines() if line.strip().startswith("apt install")
    ]
    assert set(line.split()[2:]) == needed


def test_the_readme_names_everybody_who_can_be_signed_in_as() -> None:
    slugs = [person.slug for person in simulated_people(today_in_latvia())]
    assert missing_from(read(ROOT / "README.md"), slugs) == []


def test_every_decision_is_listed() -> None:
    files = sorted(path.name for path in (DOCS / "adr").glob("[0-9]*.md"))
    listed = re.findall(r"\]\(([0-9][^)]+)\)", read(DOCS / "adr" / "README.md"))
    assert listed == files


def test_decisions_are_numbered_without_gaps_and_fit_on_a_screen() -> None:
    decisions = sorted((DOCS / "adr").glob("[0-9]*.md"))
    assert [read(path)[:7] for path in decisions] == [
        f"# {number:04} " for number in range(1, len(decisions) + 1)
    ]
    assert [path.name for path in decisions if len(read(path).splitlines()) > 60] == []


@pytest.mark.parametrize("document", ["architecture.md", "glossary.md"])
def test_every_package_is_explained(document: str) -> None:
    assert missing_from(read(DOCS / document), PACKAGES) == []


def test_the_glossary_knows_every_table() -> None:
    models = [
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("stars.") and not hasattr(model, "pgh_tracked_model")
    ]
    assert missing_from(read(DOCS / "glossary.md"), models) == []


def test_the_glossary_knows_every_role_status_source_facet_and_classifier() -> None:
    wanted = [
        *members(Role, Status, ProgrammeStatus, GroupStatus, DeliveryStatus, Gate, Facet, Kind),
        *members(
            Reason, PlaceState, Register, Answer, EntryKind, EnrolmentStatus, ExpulsionReason, MemberRole
        ),
        *(code.value for code in SchemeCode),
        *(facet.value for facet in Facet),
        *(kind.prefix for kind in Kind),
    ]
    assert missing_from(read(DOCS / "glossary.md"), wanted) == []


def test_the_glossary_knows_every_field_of_the_application_form() -> None:
    fields = {name for page in PAGES.values() for name in page.base_fields}
    assert missing_from(read(DOCS / "glossary.md"), sorted(fields)) == []


@pytest.mark.parametrize("status", list(Status))
def test_the_glossary_calls_statuses_what_pages_call_them(status: Status) -> None:
    with translation.override("lv"):
        assert f"| `Status.{status.name}` | {status.label} |" in read(DOCS / "glossary.md")


def test_the_operators_page_knows_every_variable_of_production() -> None:
    settings = SOURCE / "config" / "settings"
    known = {
        name for file in ("base.py", "production.py") for name in VARIABLE.findall(read(settings / file))
    }
    assert {"DATABASE_URL", "SECRET_KEY"} <= known
    assert missing_from(read(DOCS / "operations.md"), sorted(known)) == []


def recorded_kinds() -> set[str]:
    """Kinds of audit events that stand in the code; of those that it puts together the subject and an ellipsis."""
    kinds = set()
    for path in python_files(under=SOURCE):
        for call in ast.walk(tree(path)):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in ("audit.record", "_record"):
                kinds |= {
                    kind if kind[-1] != "." else f"{kind}…"
                    for part in ast.walk(call.args[0])
                    if isinstance(part, ast.Constant) and KIND.fullmatch(kind := str(part.value))
                }
    return kinds


def documented_kinds() -> set[str]:
    """Kinds of the operators' page, where `.verb` goes on with the subject before it."""
    kinds = set()
    for row in re.findall(r"^\| (`[a-z-]+\..*?) \|", read(DOCS / "operations.md"), re.MULTILINE):
        subject = ""
        for kind in re.findall(r"`([a-z-]*\.[a-z…-]+)`", row):
            subject = kind.split(".")[0] or subject
            kinds.add(f"{subject}.{kind.split('.')[1]}")
    return kinds


def test_the_operators_page_knows_every_kind_of_audit_event() -> None:
    recorded, documented = recorded_kinds(), documented_kinds()
    assert {"application.viewed", "survey.discarded", "money.…"} <= recorded
    subjects = {kind.split(".")[0] for kind in documented}
    assert [
        kind
        for kind in sorted(recorded - documented)
        if kind.split(".")[0] not in subjects
        or not (kind.endswith("…") or f"{kind.split('.')[0]}.…" in documented)
    ] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(document: Path) -> None:
    text = re.sub(r"```.*?```", "", read(document), flags=re.DOTALL)
    targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target]
    assert [target for target in targets if target and not (document.parent / target).exists()] == []
