"""Imports, foreign keys and calls go down only."""

import subprocess
import sys
import tomllib
from importlib.util import find_spec
from itertools import chain

from django.apps import apps
from django.conf import settings
from django.db.models import ForeignObjectRel, Model
from tests.architecture.sources import ROOT, SOURCE

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
    "contracts"
]
LADDER: list[list[str]] = [[name.strip() for name in layer.split("|")] for layer in CONTRACTS[0]["layers"]]


def height(model: type[Model]) -> int:
    """How high the model's app stands; 0 is the highest."""
    package = model.__module__.split(".")[1]
    return next(number for number, layer in enumerate(LADDER) if package in layer)


def own_models() -> list[type[Model]]:
    """Our models with the history tables that are made from them."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model.__module__.startswith("stars.")]


def test_the_contracts_are_kept() -> None:
    # As a process of its own: in this one the tool would silence all our loggers for the tests that follow.
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()"]
    answer = subprocess.run([*command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout


def test_the_ladder_holds_every_package_and_nothing_else() -> None:
    packages = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    assert sorted(chain.from_iterable(LADDER)) == sorted(packages)


def test_each_workspace_is_blind_to_the_others() -> None:
    workspaces = {
        f"stars.workspaces.{path.parent.name}" for path in (SOURCE / "workspaces").glob("*/apps.py")
    }
    (independent,) = (contract for contract in CONTRACTS if contract["type"] == "independence")
    assert set(independent["modules"]) == workspaces


def test_rules_that_are_named_exist() -> None:
    (blind,) = (contract for contract in CONTRACTS if contract["type"] == "forbidden")
    for module in (*blind["source_modules"], *blind["forbidden_modules"]):
        assert find_spec(module), module


def test_every_app_with_tables_is_kept_from_rules() -> None:
    (blind,) = (contract for contract in CONTRACTS if contract["type"] == "forbidden")
    with_tables = {f"stars.{model.__module__.split('.')[1]}.models" for model in own_models()}
    assert set(blind["forbidden_modules"]) == with_tables


def test_foreign_keys_point_down_and_leave_no_way_up() -> None:
    faults = []
    for model in own_models():
        for field in model._meta.get_fields():
            target = field.related_model
            if isinstance(field, ForeignObjectRel) or target is None or target.__module__ == model.__module__:
                continue
            if (
                not target.__module__.startswith("stars.")
                or model.__module__.split(".")[1] == target.__module__.split(".")[1]
            ):
                continue
            if height(target) <= height(model):
                faults.append(f"{field} points up")
            if field.remote_field.related_name != "+":
                faults.append(f"{field} lets {target._meta.label} look up")
    assert faults == []


def test_nothing_refers_to_anything_by_a_generic_key() -> None:
    own = {app.name for app in apps.get_app_configs() if app.name.startswith("stars.")}
    assert own == set(settings.FIRST_PARTY_APPS)
    fields = [
        f"{model._meta.label}.{field.name}"
        for model in own_models()
        for field in model._meta.get_fields()
        if field.related_model is not None and field.related_model._meta.label == "contenttypes.ContentType"
    ]
    assert fields == []
