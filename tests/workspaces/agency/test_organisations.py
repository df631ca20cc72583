"""Who acts for which organisation: the agency's administrators look and grant."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.world import make_staff

from stars.actors.actor import Actor
from stars.audit.models import AuditEvent
from stars.organisations.models import Membership, Organisation
from stars.people import operations as people
from stars.people.models import Person
from stars.people.types import SignedIn

pytestmark = pytest.mark.django_db
AtWork = Callable[[Actor], Client]
CODE = "06068011234"
GRANT = {
    "code": "060680-11234",
    "family_name": "Jaunzeme",
    "role": "admin",
    "job_title": "Direktore",
    "basis_document": "Vēstule Nr. 3",
    "valid_until": "",
}


@pytest.fixture
def admin() -> Actor:
    """Of the agency."""
    return make_staff(1, "agency", role="admin")


@pytest.fixture
def school() -> Organisation:
    """Nobody works there yet."""
    return Organisation.objects.create(
        kind="institution", slug="skola", name="Skola", registration_number="90000000088"
    )


@pytest.fixture
def newcomer() -> Person:
    """Has signed in once."""
    return people.sign_in(SignedIn(CODE, "Līga", "Jaunzeme"))


def test_granted(admin: Actor, school: Organisation, newcomer: Person, at_work: AtWork) -> None:
    browser = at_work(admin)
    assert browser.get("/agentura/organizacijas/skola/").status_code == 200
    answer = browser.post("/agentura/organizacijas/skola/pieskirt/", GRANT)
    assert answer["Location"] == "/agentura/organizacijas/skola/"
    made = Membership.objects.get(person=newcomer)
    assert (made.organisation, made.role, made.basis_document) == (school, "admin", "Vēstule Nr. 3")
    assert made.granted_by == admin.person_id
    assert CODE not in str(list(AuditEvent.objects.values_list("details", flat=True)))
    again = browser.post("/agentura/organizacijas/skola/pieskirt/", GRANT)
    assert (again.status_code, list(again.context["form"].errors)) == (422, ["code"])


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"code": "06068011235"}, "code"),
        ({"family_name": "Cita"}, "code"),
        ({"code": "abc"}, "code"),
        ({"code": ""}, "code"),
        ({"family_name": ""}, "family_name"),
        ({"basis_document": ""}, "basis_document"),
        ({"role": "root"}, "role"),
        ({"valid_until": "2020-01-01"}, "valid_until"),
        ({"valid_until": "9999-12-31"}, "valid_until"),
    ],
)
def test_what_is_wrong_is_said(
    admin: Actor, school: Organisation, newcomer: Person, at_work: AtWork, sent: dict[str, str], field: str
) -> None:
    page = at_work(admin).post("/agentura/organizacijas/skola/pieskirt/", GRANT | sent)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert not Membership.objects.filter(organisation=school).exists()


@pytest.mark.parametrize(("kind", "role"), [("agency", "officer"), ("institution", "admin")])
def test_for_the_agencys_administrators_only(
    school: Organisation, newcomer: Person, at_work: AtWork, kind: str, role: str
) -> None:
    browser = at_work(make_staff(1, kind, role=role))
    for address in ("", "skola/", "skola/pieskirt/"):
        assert browser.get(f"/agentura/organizacijas/{address}").status_code == 403
    assert browser.post("/agentura/organizacijas/skola/pieskirt/", GRANT).status_code == 403
    assert not Membership.objects.filter(organisation=school).exists()


@pytest.mark.parametrize("wanted", ["q=Skola", "q=90000000088", "veids=institution", "veids=nav&q=sko"])
def test_the_list_is_filtered_by_its_address(
    admin: Actor, school: Organisation, at_work: AtWork, wanted: str
) -> None:
    page = at_work(admin).get(f"/agentura/organizacijas/?{wanted}")
    assert [one.slug for one in page.context["page"]] == ["skola"]


def test_a_list_without_anybody(admin: Actor, at_work: AtWork) -> None:
    browser = at_work(admin)
    assert list(browser.get("/agentura/organizacijas/?q=%00zz").context["page"]) == []
    assert browser.get("/agentura/organizacijas/nav/").status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_asks_as_much_for_thirty_as_for_one(
    admin: Actor, at_work: AtWork, query_counter: Callable, rows: int
) -> None:
    for number in range(rows):
        make_staff(100 + number, "institution", organisation=f"skola-{number}")
    browser = at_work(admin)
    browser.get("/agentura/organizacijas/")
    with query_counter() as queries:
        assert browser.get("/agentura/organizacijas/").status_code == 200
    assert len(queries) <= 8
