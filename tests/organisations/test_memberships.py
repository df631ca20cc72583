"""Who may say who acts for an organisation, and that somebody always can."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from tests.applications.test_races import together
from tests.world import make_staff

from stars.actors.actor import SYSTEM, Actor, NotPermitted, OutOfScope, OwnAffair
from stars.audit.models import AuditEvent
from stars.common import clock
from stars.organisations import operations
from stars.organisations.models import Membership, Organisation
from stars.organisations.queries import memberships_in_force
from stars.people import operations as people
from stars.people.models import Person
from stars.people.types import SignedIn

DAY = timedelta(days=1)


def person(number: int) -> Person:
    """Somebody invented who has signed in."""
    return people.sign_in(SignedIn(f"0303801{number:04d}", "Kāds", f"Nr{number}"))


def of(actor: Actor) -> Membership:
    """The membership by which the actor acts."""
    return Membership.objects.get(person=actor.person_id, organisation=actor.organisation_id, ended_at=None)


def changed(membership: Membership, by: Actor, **values: object) -> Membership:
    given = {
        "role": membership.role,
        "job_title": membership.job_title,
        "basis_document": membership.basis_document,
        "valid_until": membership.valid_until,
    }
    return operations.change(membership, **{**given, **values}, by=by)


@pytest.mark.django_db
class TestGranting:
    """By the agency's administrators, everywhere."""

    def test_to_any_organisation(self) -> None:
        agency, school = make_staff(1, "agency", role="admin"), make_staff(2, "institution")
        place = Organisation.objects.get(pk=school.organisation_id)
        made = operations.grant(place, person(1), role="admin", basis_document="L. 7", by=agency)
        assert (made.role, made.granted_by, made.valid_from) == ("admin", agency.person_id, clock.today())
        event = AuditEvent.objects.latest("id")
        assert (event.kind, event.subject_id) == ("membership.granted", str(made.person_id))

    @pytest.mark.parametrize(
        ("kind", "role"),
        [("agency", "officer"), ("institution", "admin"), ("ministry", "admin"), ("institution", "officer")],
    )
    def test_by_nobody_else(self, kind: str, role: str) -> None:
        actor = make_staff(1, kind, role=role)
        place = Organisation.objects.get(pk=actor.organisation_id)
        with pytest.raises(NotPermitted):
            operations.grant(place, person(1), role="officer", basis_document="L", by=actor)
        assert Membership.objects.count() == 1

    def test_not_to_oneself(self) -> None:
        agency, school = make_staff(1, "agency", role="admin"), make_staff(2, "institution")
        place = Organisation.objects.get(pk=school.organisation_id)
        myself = Person.objects.get(pk=agency.person_id)
        with pytest.raises(OwnAffair):
            operations.grant(place, myself, role="admin", basis_document="L", by=agency)

    def test_once(self) -> None:
        school = make_staff(1, "institution")
        place = Organisation.objects.get(pk=school.organisation_id)
        myself = Person.objects.get(pk=school.person_id)
        with pytest.raises(operations.AlreadyMember):
            operations.grant(place, myself, role="officer", basis_document="L", by=SYSTEM)

    def test_one_that_has_run_out_gives_way(self) -> None:
        school = make_staff(1, "institution")
        Membership.objects.update(valid_from=clock.today() - 9 * DAY, valid_until=clock.today() - DAY)
        myself = Person.objects.get(pk=school.person_id)
        place = Organisation.objects.get(pk=school.organisation_id)
        operations.grant(place, myself, role="officer", basis_document="L", by=SYSTEM)
        assert Membership.objects.filter(ended_at=None).count() == memberships_in_force().count() == 1

    def test_a_period_out_of_order(self) -> None:
        place = Organisation.objects.get(pk=make_staff(1, "institution").organisation_id)
        for days in ({"valid_until": clock.today() - DAY}, {"valid_from": clock.today() + 5 * DAY}):
            values = {"valid_until": clock.today() + DAY} | days
            with pytest.raises(operations.PeriodNotInOrder):
                operations.grant(place, person(1), role="officer", basis_document="L", **values, by=SYSTEM)


@pytest.mark.django_db
class TestChangingAndEnding:
    """By an administrator in their own organisation; by the agency's administrator everywhere."""

    def test_an_administrator_changes_and_ends(self) -> None:
        admin, officer = make_staff(1, "institution", role="admin"), make_staff(2, "institution")
        changed(of(officer), admin, role="admin", job_title="Direktore", valid_until=clock.today())
        row = of(officer)
        assert (row.role, row.job_title, row.valid_until) == ("admin", "Direktore", clock.today())
        operations.end(row, by=admin)
        assert not Membership.objects.filter(person=officer.person_id, ended_at=None).exists()
        with pytest.raises(Membership.DoesNotExist):
            operations.end(row, by=admin)
        with pytest.raises(Membership.DoesNotExist):
            changed(row, admin, role="officer")

    def test_not_in_another_organisation(self) -> None:
        admin = make_staff(1, "institution", role="admin")
        stranger = of(make_staff(2, "institution", organisation="cita"))
        with pytest.raises(OutOfScope):
            changed(stranger, admin, role="admin")
        with pytest.raises(OutOfScope):
            operations.end(stranger, by=admin)

    def test_officers_change_nobody(self) -> None:
        officer, other = make_staff(1, "institution"), make_staff(2, "institution")
        with pytest.raises(NotPermitted):
            changed(of(other), officer, role="admin")
        with pytest.raises(NotPermitted):
            operations.end(of(other), by=officer)

    def test_the_agency_reaches_everybody(self) -> None:
        agency = make_staff(1, "agency", role="admin")
        make_staff(3, "institution", role="admin")
        admin = make_staff(2, "institution", role="admin")
        changed(of(admin), agency, role="officer")
        operations.end(of(admin), by=agency)
        assert memberships_in_force().filter(organisation=admin.organisation_id).count() == 1

    def test_nobody_changes_themselves(self) -> None:
        make_staff(2, "institution", role="admin")
        admin = make_staff(1, "institution", role="admin")
        with pytest.raises(OwnAffair):
            changed(of(admin), admin, valid_until=None, job_title="Karalis")

    def test_whoever_was_ended_a_moment_ago_does_nothing_more(self) -> None:
        first, second = make_staff(1, "institution", role="admin"), make_staff(2, "institution", role="admin")
        third = make_staff(3, "institution", role="admin")
        operations.end(of(second), by=first)
        with pytest.raises(NotPermitted):
            operations.end(of(third), by=second)

    def test_an_officer_leaves(self) -> None:
        officer = make_staff(1, "institution")
        operations.end(of(officer), by=officer)
        assert memberships_in_force().count() == 0


@pytest.mark.django_db
class TestTheLastAdministrator:
    """Cannot leave, be ended, be made an officer, or be given an end."""

    def test_cannot_leave(self) -> None:
        admin = make_staff(1, "institution", role="admin")
        make_staff(2, "institution")
        with pytest.raises(operations.LastAdministrator):
            operations.end(of(admin), by=admin)

    @pytest.mark.parametrize(
        "values",
        [
            lambda: {"role": "officer"},
            lambda: {"valid_until": clock.today() + DAY},
            lambda: {"valid_until": clock.today()},
        ],
        ids=["officer", "until-tomorrow", "until-today"],
    )
    def test_cannot_be_changed_away(self, values: Callable[[], dict[str, object]]) -> None:
        admin, agency = make_staff(1, "institution", role="admin"), make_staff(2, "agency", role="admin")
        with pytest.raises(operations.LastAdministrator):
            changed(of(admin), agency, **values())
        with pytest.raises(operations.LastAdministrator):
            operations.end(of(admin), by=agency)

    def test_one_whose_time_is_over_does_not_count(self) -> None:
        admin, other = make_staff(1, "institution", role="admin"), make_staff(2, "institution", role="admin")
        Membership.objects.filter(pk=of(other).pk).update(
            valid_from=clock.today() - 9 * DAY, valid_until=clock.today() - DAY
        )
        with pytest.raises(operations.LastAdministrator):
            operations.end(of(admin), by=admin)

    def test_one_who_goes_earlier_does_not_count(self) -> None:
        admin, agency = make_staff(1, "institution", role="admin"), make_staff(3, "agency", role="admin")
        other = make_staff(2, "institution", role="admin")
        changed(of(other), agency, valid_until=clock.today() + 5 * DAY)
        with pytest.raises(operations.LastAdministrator):
            changed(of(admin), agency, valid_until=clock.today() + 5 * DAY)
        changed(of(admin), agency, valid_until=clock.today() + 4 * DAY)

    def test_one_who_has_run_out_may_be_cleared_away(self) -> None:
        admin, agency = make_staff(1, "institution", role="admin"), make_staff(2, "agency", role="admin")
        Membership.objects.filter(pk=of(admin).pk).update(
            valid_from=clock.today() - 9 * DAY, valid_until=clock.today() - DAY
        )
        operations.end(of(admin), by=agency)
        assert Membership.objects.filter(ended_at=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_end_each_other_leave_one() -> None:
    first, second = make_staff(1, "institution", role="admin"), make_staff(2, "institution", role="admin")
    mine, theirs = of(first), of(second)

    results = together(
        lambda: operations.end(theirs, by=first),
        lambda: operations.end(mine, by=second),
        lambda: operations.end(mine, by=first),
        lambda: operations.end(theirs, by=second),
    )

    assert sum(isinstance(result, Membership) for result in results) == 1, results
    assert memberships_in_force().filter(role="admin").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_make_each_other_officers_leave_one() -> None:
    first, second = make_staff(1, "institution", role="admin"), make_staff(2, "institution", role="admin")
    mine, theirs = of(first), of(second)

    together(
        lambda: changed(theirs, first, role="officer"),
        lambda: changed(mine, second, role="officer"),
    )

    assert memberships_in_force().filter(role="admin").count() == 1


@pytest.mark.django_db
class TestTheFirstOfficer:
    """By command; the code comes over standard input."""

    def appoint(self, monkeypatch: pytest.MonkeyPatch, code: str, *args: str) -> str:
        said = io.StringIO()
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{code}\n"))
        call_command("appoint_first_officer", *args, stdout=said)
        return said.getvalue()

    def test_an_administrator_by_default(self, monkeypatch: pytest.MonkeyPatch) -> None:
        make_staff(9, "institution")
        who = person(1)
        said = self.appoint(monkeypatch, "030380-10001", "tehnikums", "--basis", "Līgums 5")
        made = Membership.objects.get(person=who)
        assert (made.role, made.basis_document, made.granted_by) == ("admin", "Līgums 5", None)
        assert "10001" not in said

    @pytest.mark.parametrize(
        ("code", "args", "fault"),
        [
            ("030380-10001", ["nav", "--basis", "L"], "there is no organisation"),
            ("030380-10009", ["tehnikums", "--basis", "L"], "has signed in yet"),
            ("12", ["tehnikums", "--basis", "L"], "eleven digits"),
            ("", ["tehnikums", "--basis", "L"], "eleven digits"),
            ("030380-10001", ["tehnikums", "--basis", " "], "basis document is empty"),
            ("020280-10009", ["tehnikums", "--basis", "L"], "already"),
        ],
    )
    def test_what_is_wrong_is_said(
        self, monkeypatch: pytest.MonkeyPatch, code: str, args: list[str], fault: str
    ) -> None:
        make_staff(9, "institution")
        person(1)
        with pytest.raises(CommandError, match=fault):
            self.appoint(monkeypatch, code, *args)
        assert Membership.objects.count() == 1
