"""Every address is public or has a permission; a view asks and tells, and touches no table."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from tests.architecture.sources import SOURCE, faults, name_of, python_files, tree

from stars.actors.permissions import ROLE_PERMISSIONS, Permission, Role
from stars.workspaces.views import PublicView, StaffView, WorkspaceView

VIEWS = SOURCE / "workspaces"
# Reading and writing of tables belongs to queries and operations.
DATABASE = {
    "objects",
    "_default_manager",
    "save",
    "delete",
    "create",
    "update_or_create",
    "get_or_create",
    "bulk_create",
}


def routes(resolver: URLResolver | None = None, above: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address with its pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        address = f"{above}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from routes(entry, address)
        else:
            yield address, entry


ROUTES = dict(routes())


@pytest.mark.parametrize("address", ROUTES)
def test_each_address_is_public_or_has_a_permission(address: str) -> None:
    view = getattr(ROUTES[address].callback, "view_class", None)
    assert view is not None, "a view is a class"
    if issubclass(view, PublicView):
        assert view.is_public is True
        assert not issubclass(view, WorkspaceView)
    else:
        assert issubclass(view, WorkspaceView)
        assert view.is_public is False
        assert isinstance(view.permission, Permission)


def test_each_address_has_a_name() -> None:
    assert [address for address, route in ROUTES.items() if not route.name] == []


def test_what_is_for_clients_only_is_closed() -> None:
    opened = [
        address
        for address, route in ROUTES.items()
        if address.startswith("profils/") and route.callback.view_class.is_public
    ]
    assert opened == []


def test_pages_are_open_before_the_consent_only_where_the_manual_says() -> None:
    """Consent itself and nothing else behind the sign-in."""
    without = [
        address
        for address, route in ROUTES.items()
        if not route.callback.view_class.is_public and not route.callback.view_class.needs_consent
    ]
    assert without == ["piekrisana/"]


def test_pages_before_the_registration() -> None:
    without = [
        address
        for address, route in ROUTES.items()
        if not route.callback.view_class.is_public and not route.callback.view_class.needs_registration
        if not issubclass(route.callback.view_class, StaffView)
    ]
    assert sorted(without) == [
        "darbs/loma/",
        "darbs/loma/<int:number>/pamest/",
        "darbs/uzaicinajums/<str:token>/",
        "piekrisana/",
        "profils/melnraksts/<slug:form>/",
        "profils/registracija/",
    ]


def test_work_places_are_for_staff_and_the_profile_is_not() -> None:
    """Whoever acts for an organisation is not asked to register as a client (facts 9.2)."""
    for address, route in ROUTES.items():
        if address.startswith(("iestade/", "agentura/")):
            assert issubclass(route.callback.view_class, StaffView), address
        if address.startswith("profils/"):
            assert not issubclass(route.callback.view_class, StaffView), address


def test_nobody_may_anything_until_somebody_says_so() -> None:
    assert ROLE_PERMISSIONS.keys() == set(Role)
    assert ROLE_PERMISSIONS[Role.ANONYMOUS] == frozenset()
    given = frozenset().union(*ROLE_PERMISSIONS.values())
    assert given == frozenset(Permission)


def test_workspaces_touch_no_table() -> None:
    def used(path: Path) -> list[str]:
        attributes = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)]
        return [f"{node.lineno}: {ast.unparse(node)}" for node in attributes if node.attr in DATABASE]

    assert faults(python_files(under=VIEWS), used) == {}


def test_workspaces_know_no_transactions_and_no_cursor() -> None:
    """But for the readiness check, which is about the connection itself."""

    def imported(path: Path) -> list[str]:
        froms = [node for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom)]
        return [
            alias.name for node in froms if str(node.module).startswith("django.db") for alias in node.names
        ]

    assert faults(python_files(under=VIEWS), imported) == {
        "src/stars/workspaces/public/views/health.py": ["connection"]
    }


def test_workspaces_have_no_tables() -> None:
    assert [name_of(path) for path in python_files(under=VIEWS) if path.name.startswith("models")] == []


def test_every_view_says_what_it_is_for() -> None:
    def silent(path: Path) -> list[str]:
        classes = [node for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef)]
        return [node.name for node in classes if not ast.get_docstring(node)]

    assert faults(python_files(under=VIEWS), silent) == {}
