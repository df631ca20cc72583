"""Finding two records of one person, comparing, proposing and settling, on the agency's pages."""

import uuid
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from tests.merging.conftest import Twins, twins
from tests.workspaces.arriving import links
from tests.world import make_person, make_staff

from stars.actors.actor import Actor
from stars.applications import operations as applications
from stars.applications.models import Application
from stars.audit.models import AuditEvent
from stars.merging.models import MergeProposal
from stars.people import operations as people
from stars.people.models import Person, PersonIdentifier

__all__ = ["twins"]
pytestmark = pytest.mark.django_db
AtWork = Callable[[Actor], Client]
FIND = "/agentura/personas/"


def code_of(person: Person) -> str:
    return PersonIdentifier.objects.get(person=person).value


def address(twins: Twins) -> str:
    return f"{FIND}{twins.kept.pk}/{twins.merged.pk}/"


class TestFinding:
    """By a code or by names; what was typed stands in no address and in no event."""

    def test_by_code(self, twins: Twins, at_work: AtWork) -> None:
        code = code_of(twins.kept)
        page = at_work(twins.first).post(FIND, {"code": f"{code[:6]}-{code[6:]}", "name": ""})
        assert [person for person, _ in page.context["rows"]] == [twins.kept]
        text = page.content.decode()
        assert f"{FIND}{twins.kept.pk}/" in links(page)
        assert code[6:] not in text.replace(f'value="{code[:6]}-{code[6:]}"', "")
        event = AuditEvent.objects.latest("id")
        assert (event.kind, event.details) == ("person.searched", {"found": [str(twins.kept.pk)]})

    def test_by_name_in_any_order_and_the_second_is_compared(self, twins: Twins, at_work: AtWork) -> None:
        browser = at_work(twins.first)
        page = browser.post(f"{FIND}{twins.kept.pk}/", {"code": "", "name": "paraudziņa ilze"})
        assert {person.pk for person, _ in page.context["rows"]} == {twins.kept.pk, twins.merged.pk}
        assert address(twins) in links(page)
        assert f"{FIND}{twins.kept.pk}/{twins.kept.pk}/" not in links(page)

    @pytest.mark.parametrize(
        "sent",
        [
            {},
            {"code": "123"},
            {"name": "I"},
            {"name": "x" * 200},
            {"code": "\x00"},
            {"code": "1' OR 1=1 --"},
        ],
    )
    def test_what_cannot_be_looked_for_is_said(
        self, twins: Twins, at_work: AtWork, sent: dict[str, str]
    ) -> None:
        page = at_work(twins.first).post(FIND, sent)
        assert page.status_code == 422
        assert "rows" not in page.context

    def test_nobody_is_found(self, twins: Twins, at_work: AtWork) -> None:
        page = at_work(twins.first).post(FIND, {"name": "Nezināmais"})
        assert (page.status_code, page.context["rows"]) == (200, [])

    @pytest.mark.parametrize(("kind", "role"), [("institution", "admin"), ("ministry", "admin")])
    def test_for_the_agency_only(self, twins: Twins, at_work: AtWork, kind: str, role: str) -> None:
        browser = at_work(make_staff(9, kind, role=role))
        for page in (FIND, f"{FIND}apvienosanas/", address(twins)):
            assert browser.get(page).status_code == 403

    def test_nobody_of_an_address_is_a_404(self, twins: Twins, at_work: AtWork) -> None:
        browser, nobody = at_work(twins.first), uuid.uuid4()
        assert browser.get(f"{FIND}{nobody}/").status_code == 404
        assert browser.get(f"{FIND}{twins.kept.pk}/{nobody}/").status_code == 404
        assert browser.get(f"{FIND}apvienosanas/999/").status_code == 404


class TestProposingAndSettling:
    """One proposes, another confirms."""

    def test_the_whole_way(self, twins: Twins, at_work: AtWork) -> None:
        first, second = at_work(twins.first), at_work(twins.second)
        assert first.get(address(twins)).status_code == 200
        assert AuditEvent.objects.latest("id").kind == "person.viewed"
        proposed = first.post(address(twins), {"reason": "Reģistrs nosauc agrāko kodu"})
        number = MergeProposal.objects.get().pk
        assert proposed["Location"] == f"{FIND}apvienosanas/{number}/"
        own = first.get(proposed["Location"])
        assert 'value="accept"' not in own.content.decode()
        assert first.post(proposed["Location"], {"decision": "accept"}).status_code == 409
        assert f"{FIND}apvienosanas/{number}/" in links(second.get(f"{FIND}apvienosanas/"))
        assert 'value="accept"' in second.get(proposed["Location"]).content.decode()
        assert second.post(proposed["Location"], {"decision": "accept"})["Location"] == f"{FIND}apvienosanas/"
        assert Person.objects.get(pk=twins.merged.pk).merged_into_id == twins.kept.pk
        again = second.post(proposed["Location"], {"decision": "accept"})
        assert again["Location"] == f"{FIND}apvienosanas/"
        for stale in (
            second.post(proposed["Location"], {"decision": "decline"}),
            first.post(proposed["Location"], {"decision": "accept"}),
        ):
            assert stale.status_code == 409
        settled = first.get(f"{FIND}apvienosanas/?stavoklis=izskatitie")
        assert [one.pk for one in settled.context["page"]] == [number]

    @pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
    def test_a_reason_is_owed(self, twins: Twins, at_work: AtWork, reason: str) -> None:
        assert at_work(twins.first).post(address(twins), {"reason": reason}).status_code == 422
        assert MergeProposal.objects.count() == 0

    def test_sent_twice_is_proposed_once(self, twins: Twins, at_work: AtWork) -> None:
        browser = at_work(twins.first)
        browser.post(address(twins), {"reason": "x"})
        assert browser.post(address(twins), {"reason": "x"}).status_code == 302
        assert MergeProposal.objects.count() == 1

    @pytest.mark.parametrize("sent", [{}, {"decision": "maybe"}])
    def test_no_decision_is_no_decision(self, twins: Twins, at_work: AtWork, sent: dict[str, str]) -> None:
        number = twins.propose().pk
        page = at_work(twins.second).post(f"{FIND}apvienosanas/{number}/", sent)
        assert page.status_code == 422
        assert MergeProposal.objects.get().settled_at is None

    def test_declined(self, twins: Twins, at_work: AtWork) -> None:
        number = twins.propose().pk
        at_work(twins.second).post(f"{FIND}apvienosanas/{number}/", {"decision": "decline"})
        assert MergeProposal.objects.get().is_accepted is False
        assert Person.objects.filter(merged_into=None).count() == 4

    @pytest.mark.parametrize(
        ("born", "warns"), [(date(1990, 1, 2), True), (date(1990, 1, 1), False), (None, False)]
    )
    def test_both_officers_are_warned_of_two_dates_of_birth(
        self, twins: Twins, at_work: AtWork, born: date | None, warns: bool
    ) -> None:
        Person.objects.filter(pk=twins.kept.pk).update(birth_date=date(1990, 1, 1))
        Person.objects.filter(pk=twins.merged.pk).update(birth_date=born)
        pages = [at_work(twins.first).get(address(twins))]
        pages.append(at_work(twins.second).get(f"{FIND}apvienosanas/{twins.propose().pk}/"))
        shown = ["Dzimšanas datumi atšķiras" in page.content.decode() for page in pages]
        assert shown == [warns, warns]

    def test_what_is_in_the_way_is_said_with_both_applications(
        self, twins: Twins, at_work: AtWork, filled: Callable[..., Application]
    ) -> None:
        sent = [
            applications.submit(filled(one, "MN"), by=people.actor_of(one))
            for one in (twins.kept, twins.merged)
        ]
        number = twins.propose().pk
        page = at_work(twins.second).get(f"{FIND}apvienosanas/{number}/")
        text = page.content.decode()
        assert 'value="accept"' not in text
        (conflict,) = page.context["preview"].conflicts
        assert [link.public_id for link in conflict.applications] == [one.public_id for one in sent]
        assert all(f"{one.number}: " in text for one in sent)
        answer = at_work(twins.second).post(f"{FIND}apvienosanas/{number}/", {"decision": "accept"})
        assert answer.status_code == 409

    @pytest.mark.parametrize("rows", [1, 30])
    def test_the_queue_asks_as_much_for_thirty_as_for_one(
        self, twins: Twins, at_work: AtWork, query_counter: Callable, rows: int
    ) -> None:
        for number in range(10, 10 + rows):
            MergeProposal.objects.create(
                kept=twins.kept,
                merged=make_person(number),
                reason="x",
                proposed_label="A",
                proposed_by=twins.first.person_id,
            )
        browser = at_work(twins.second)
        browser.get(f"{FIND}apvienosanas/")
        with query_counter() as queries:
            assert browser.get(f"{FIND}apvienosanas/").status_code == 200
        assert len(queries) <= 8
