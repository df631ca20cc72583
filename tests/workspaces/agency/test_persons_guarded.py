"""Pages about two records of one person: who may, what stays out of sight, stale tabs, what a page costs."""

import re
import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from tests.merging.conftest import Twins, twins
from tests.world import make_person, make_staff

from stars.actors.actor import Actor
from stars.applications import operations as applications
from stars.applications.models import Application
from stars.audit.models import AuditEvent
from stars.merging import operations
from stars.merging.models import MergeProposal
from stars.people import operations as people
from stars.people.models import Person, PersonIdentifier

__all__ = ["twins"]
pytestmark = pytest.mark.django_db

MOST = 12
FIND, QUEUE = "/agentura/personas/", "/agentura/personas/apvienosanas/"
CODE = re.compile(r"(?<!\d)\d{6}-?\d{5}(?!\d)")


@pytest.fixture
def desk(twins: Twins, at_work: Callable[[Actor], Client]) -> Client:
    """The first officer's browser."""
    return at_work(twins.first)


@pytest.fixture
def second_desk(twins: Twins, at_work: Callable[[Actor], Client]) -> Client:
    """The second officer's browser."""
    return at_work(twins.second)


def compare(twins: Twins) -> str:
    return f"{FIND}{twins.kept.pk}/{twins.merged.pk}/"


def page_of(proposal: MergeProposal) -> str:
    return f"{QUEUE}{proposal.pk}/"


def addresses(twins: Twins) -> list[str]:
    return [FIND, f"{FIND}{twins.kept.pk}/", compare(twins), QUEUE, page_of(twins.propose())]


def is_merged(twins: Twins) -> bool:
    return Person.objects.get(pk=twins.merged.pk).merged_into_id is not None


def code_of(person: Person) -> str:
    return PersonIdentifier.objects.get(person=person).value


class TestWhoMay:
    """Officers of the agency, and nobody else."""

    @pytest.mark.parametrize("kind", ["institution", "ministry"])
    def test_others_at_work_are_refused(
        self, twins: Twins, at_work: Callable[[Actor], Client], kind: str
    ) -> None:
        stranger = at_work(make_staff(7, kind, role="admin"))
        for address in addresses(twins):
            assert stranger.get(address).status_code == 403, address
            assert stranger.post(address, {"decision": "accept", "reason": "x"}).status_code == 403, address
        assert not is_merged(twins)

    def test_residents_are_refused(self, twins: Twins, signed_in: Callable[[Person], Client]) -> None:
        people.accept_texts(twins.kept, by=people.actor_of(twins.kept))
        own = signed_in(twins.kept)
        for address in addresses(twins):
            assert own.get(address).status_code == 403, address

    def test_visitors_sign_in_first(self, twins: Twins, client: Client) -> None:
        for address in addresses(twins):
            assert client.get(address)["Location"].startswith("/provider/login"), address

    def test_what_is_not_there_is_not_found(self, twins: Twins, desk: Client) -> None:
        nobody = uuid.uuid4()
        for address in (
            f"{FIND}{nobody}/",
            f"{FIND}{nobody}/{twins.merged.pk}/",
            f"{FIND}{twins.kept.pk}/{nobody}/",
            f"{FIND}{twins.kept.pk}/{twins.kept.pk}/",
            f"{QUEUE}987654/",
            f"{QUEUE}99999999999999999999/",
        ):
            assert desk.get(address).status_code == 404, address

    def test_about_oneself_nobody_proposes_or_settles(self, twins: Twins, desk: Client) -> None:
        myself = Person.objects.get(pk=twins.first.person_id)
        assert desk.post(f"{FIND}{myself.pk}/{twins.merged.pk}/", {"reason": "Tā ir"}).status_code == 422
        proposal = operations.propose(twins.kept, myself, "Viens cilvēks", by=twins.second)
        for decision in ("accept", "decline"):
            assert desk.post(page_of(proposal), {"decision": decision}).status_code == 409
        assert MergeProposal.objects.get().settled_at is None

    def test_a_form_without_token_is_refused(self, twins: Twins, at_work: Callable[..., Client]) -> None:
        browser = at_work(twins.second, enforce_csrf_checks=True)
        assert browser.post(page_of(twins.propose()), {"decision": "accept"}).status_code == 403
        assert not is_merged(twins)


class TestOutOfSight:
    """A code is typed and never shown; what was typed does nothing but look."""

    def test_a_code_is_in_no_page_in_full(self, twins: Twins, desk: Client) -> None:
        digits = code_of(twins.merged)
        answers = [
            desk.post(FIND, {"code": digits}),
            desk.post(FIND, {"code": digits, "name": "a"}),
            desk.post(f"{FIND}{twins.kept.pk}/", {"code": digits}),
            desk.get(compare(twins)),
            desk.get(page_of(twins.propose())),
            desk.get(QUEUE),
        ]
        for answer in answers:
            assert not CODE.search(answer.content.decode()), answer.request["PATH_INFO"]
        assert f"{digits[:6]}-{digits[6]}****" in answers[0].content.decode()

    @pytest.mark.parametrize("typed", ["%%", "__", "' OR 1=1 --", "<script>alert(1)</script>"])
    def test_signs_are_letters(self, desk: Client, typed: str) -> None:
        page = desk.post(FIND, {"name": typed})
        assert page.context["rows"] == []
        assert "<script>alert" not in page.content.decode()

    def test_an_address_finds_nobody(self, desk: Client) -> None:
        assert desk.get(f"{FIND}?name=Ilze").context.get("rows") is None

    def test_at_most_twenty_are_shown(self, twins: Twins, desk: Client) -> None:
        for number in range(3, 24):
            make_person(number)
        assert len(desk.post(FIND, {"name": "Ilze"}).context["rows"]) == 20

    def test_whoever_was_merged_is_not_found_and_their_code_leads_on(
        self, twins: Twins, desk: Client
    ) -> None:
        digits = code_of(twins.merged)
        twins.settle()
        page = desk.post(FIND, {"code": digits})
        assert [person.pk for person, _ in page.context["rows"]] == [twins.kept.pk]
        assert desk.get(compare(twins)).status_code == 404

    def test_looks_are_recorded_without_what_was_typed(self, twins: Twins, desk: Client) -> None:
        desk.post(FIND, {"code": code_of(twins.merged)})
        desk.get(compare(twins))
        event = AuditEvent.objects.get(kind="person.searched")
        assert event.actor_id == twins.first.person_id
        assert event.details == {"found": [str(twins.merged.pk)]}
        looked = AuditEvent.objects.filter(kind="person.viewed").values_list("subject_id", flat=True)
        assert set(looked) == {str(twins.kept.pk), str(twins.merged.pk)}

    def test_both_are_counted_each_for_themselves(self, twins: Twins, desk: Client) -> None:
        people.accept_texts(twins.kept, by=people.actor_of(twins.kept))
        preview = desk.get(compare(twins)).context["preview"]
        assert [number for _, number in preview.kept.holdings] == ["0"] * 6 + ["2", "1"]
        assert [number for _, number in preview.merged.holdings] == ["0"] * 7 + ["1"]

    @pytest.mark.parametrize("reason", ["   ", "a\x00b", "Kods 010190 12345", "Bija 010190\u201112345."])
    def test_a_reason_holds_no_code(self, twins: Twins, desk: Client, reason: str) -> None:
        assert desk.post(compare(twins), {"reason": reason}).status_code == 422
        assert MergeProposal.objects.count() == 0

    def test_a_hostile_reason_is_text(self, twins: Twins, desk: Client) -> None:
        answer = desk.post(compare(twins), {"reason": "<script>alert(1)</script>"})
        assert "<script>alert" not in desk.get(answer["Location"]).content.decode()


class TestTooLate:
    """Second presses, and tabs that stood open."""

    def test_a_second_press_leads_to_the_same_proposal(self, twins: Twins, desk: Client) -> None:
        sent = [desk.post(compare(twins), {"reason": "Viens cilvēks"}) for _ in range(2)]
        (made,) = MergeProposal.objects.all()
        assert [answer["Location"] for answer in sent] == [page_of(made)] * 2

    def test_another_proposal_about_one_of_them(self, twins: Twins, desk: Client) -> None:
        twins.propose()
        third = make_person(3)
        page = desk.post(f"{FIND}{third.pk}/{twins.merged.pk}/", {"reason": "Viens cilvēks"})
        assert page.status_code == 422
        assert MergeProposal.objects.count() == 1

    def test_a_stale_comparison_is_told_and_led_back(self, twins: Twins, desk: Client) -> None:
        desk.get(compare(twins))
        twins.settle()
        answer = desk.post(compare(twins), {"reason": "Viens cilvēks"}, follow=True)
        assert answer.redirect_chain == [(FIND, 302)]
        assert [message.level_tag for message in answer.context["messages"]] == ["warning"]
        assert MergeProposal.objects.count() == 1

    def test_a_settled_proposal_is_only_read(self, twins: Twins, second_desk: Client) -> None:
        proposal = twins.propose()
        second_desk.get(page_of(proposal))
        operations.settle(proposal, by=make_staff(3, "agency"))
        for decision in ("accept", "decline"):
            page = second_desk.post(page_of(proposal), {"decision": decision})
            assert page.status_code == 409
            assert 'value="accept"' not in page.content.decode()
        assert second_desk.get(page_of(proposal)).status_code == 200

    def test_a_declined_proposal_still_names_both(self, twins: Twins, second_desk: Client) -> None:
        proposal = twins.propose()
        operations.decline(proposal, by=twins.second)
        page = second_desk.get(page_of(proposal)).content.decode()
        assert twins.kept.full_name in page
        assert twins.merged.full_name in page

    def test_a_conflict_that_came_meanwhile(
        self, twins: Twins, second_desk: Client, filled: Callable[..., Application]
    ) -> None:
        proposal = twins.propose()
        assert 'value="accept"' in second_desk.get(page_of(proposal)).content.decode()
        for one in (twins.kept, twins.merged):
            applications.submit(filled(one), by=people.actor_of(one))
        page = second_desk.post(page_of(proposal), {"decision": "accept"})
        assert page.status_code == 409
        assert 'value="accept"' not in page.content.decode()
        assert not is_merged(twins)


class TestCosts:
    """The same number of statements, whatever stands on the page."""

    def test_the_search(self, twins: Twins, desk: Client, query_counter) -> None:
        desk.get(QUEUE)
        counts = []
        for numbers in (range(3, 4), range(4, 24)):
            for number in numbers:
                make_person(number)
            with query_counter() as queries:
                desk.post(FIND, {"name": "Ilze"})
            counts.append(len(queries))
        assert counts[0] == counts[1] <= MOST, queries.statements

    def test_both_records(
        self, twins: Twins, desk: Client, filled: Callable[..., Application], query_counter
    ) -> None:
        applications.submit(filled(twins.kept, "IMK"), by=people.actor_of(twins.kept))
        filled(twins.merged, "MN")
        proposal = twins.propose()
        desk.get(QUEUE)
        for address in (compare(twins), page_of(proposal)):
            with query_counter() as queries:
                assert desk.get(address).status_code == 200
            assert len(queries) <= MOST, "\n".join([address, *queries.statements])
