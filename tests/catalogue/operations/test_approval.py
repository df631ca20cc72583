"""The way into the catalogue: made and sent by the institution, approved by the agency, changed afterwards."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.factories import (
    ApplicationFactory,
    GroupFactory,
    GroupOfferFactory,
    ProgrammeFactory,
    RoundFactory,
)
from tests.world import make_staff

from stars.actors.actor import Actor, NotPermitted, OutOfScope
from stars.applications.operations import offering as bound
from stars.audit.models import AuditEvent
from stars.catalogue.lifecycle import StepNotAllowed
from stars.catalogue.models import ApprovalRequest, Group, Programme
from stars.catalogue.operations import approval, offering
from stars.catalogue.operations.approval import AlreadySettled, ProgrammeFirst
from stars.catalogue.operations.offering import BelowTaken, BreaksRule, FixedByApplications
from stars.catalogue.queries.approvals import approval_queue
from stars.catalogue.types import Changed, GroupDraft, ProgrammeDraft
from stars.common import clock

pytestmark = pytest.mark.usefixtures("catalogue_lists")


@pytest.fixture
def officer(db: None) -> Actor:
    """Somebody of the institution."""
    return make_staff(1, "institution")


@pytest.fixture
def agency(db: None) -> Actor:
    """Somebody of the agency."""
    return make_staff(2, "agency")


@pytest.fixture
def draft(officer: Actor) -> ProgrammeDraft:
    """A programme of the institution."""
    return ProgrammeDraft(
        institution_id=officer.organisation_id or 0,
        code="K-1",
        title="Datu analīze",
        kind="kind-modulis",
        field="field-ikt",
        hours=72,
        study_form="onsite",
        summary="Kā lasīt datus.",
        contents="- Tabulas",
        prior_education="Vidējā izglītība",
        prior_knowledge="Nav",
        document="Moduļa apliecība",
    )


@pytest.fixture
def group_draft() -> GroupDraft:
    """A group that begins in forty days."""
    day = clock.today()
    return GroupDraft(
        name="1. grupa",
        municipality="muni-0001000",
        starts_on=day + timedelta(days=40),
        ends_on=day + timedelta(days=90),
        schedule="evenings",
        seats_min=2,
        seats_max=12,
        price_cents=40_000,
    )


@pytest.fixture
def published(officer: Actor, agency: Actor, draft: ProgrammeDraft, group_draft: GroupDraft) -> Programme:
    """A programme with one group, both in the catalogue."""
    programme = offering.create_programme(draft, by=officer)
    group = offering.add_group(programme, group_draft, by=officer)
    approval.send_programme(programme, by=officer)
    for request in approval_queue():
        bound.approve(request, by=agency)
    approval.publish(programme, by=officer)
    approval.publish(group, by=officer)
    return Programme.objects.get(pk=programme.pk)


def status_of(thing: Programme | Group) -> str:
    return type(thing).objects.get(pk=thing.pk).status


def test_the_whole_way(published: Programme) -> None:
    group = published.groups.get()
    assert (published.status, group.status, group.price_cents) == ("published", "published", 40_000)
    assert published.published_at is not None
    assert list(ApprovalRequest.objects.order_by("pk").values_list("group", "outcome")) == [
        (None, "approved"),
        (group.pk, "approved"),
    ]
    kinds = AuditEvent.objects.filter(subject="programme").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["programme.created", "programme.sent", "programme.approved", "programme.published"]


def test_a_new_thing_is_not_in_the_catalogue(
    officer: Actor, draft: ProgrammeDraft, group_draft: GroupDraft
) -> None:
    programme = offering.create_programme(draft, by=officer)
    group = offering.add_group(programme, group_draft, by=officer)
    assert (status_of(programme), status_of(group)) == ("draft", "planned")
    with pytest.raises(StepNotAllowed):
        approval.publish(programme, by=officer)
    with pytest.raises(ProgrammeFirst):
        approval.publish(group, by=officer)
    with pytest.raises(ProgrammeFirst):
        approval.send_group(group, by=officer)


def test_a_code_is_an_institutions_once(officer: Actor, draft: ProgrammeDraft) -> None:
    offering.create_programme(draft, by=officer)
    with pytest.raises(BreaksRule, match="programme_code_once_per_institution"):
        offering.create_programme(draft, by=officer)
    offering.create_programme(replace(draft, code=""), by=officer)
    offering.create_programme(replace(draft, code=""), by=officer)


def test_sent_twice_waits_once(officer: Actor, draft: ProgrammeDraft) -> None:
    programme = offering.create_programme(draft, by=officer)
    approval.send_programme(programme, by=officer)
    with pytest.raises(StepNotAllowed):
        approval.send_programme(programme, by=officer)
    assert approval_queue().count() == 1


def test_what_waits_is_not_changed_but_taken_back(officer: Actor, draft: ProgrammeDraft) -> None:
    programme = offering.create_programme(draft, by=officer)
    approval.send_programme(programme, by=officer)
    with pytest.raises(StepNotAllowed):
        bound.change_programme(programme, replace(draft, title="Cits"), by=officer)
    approval.recall(programme, by=officer)
    assert bound.change_programme(programme, replace(draft, title="Cits"), by=officer) == Changed(
        done=("title",)
    )
    assert (status_of(programme), approval_queue().count()) == ("draft", 0)
    with pytest.raises(AlreadySettled):
        approval.recall(programme, by=officer)


def test_sent_back_says_why_and_comes_again(officer: Actor, agency: Actor, draft: ProgrammeDraft) -> None:
    programme = offering.create_programme(draft, by=officer)
    approval.send_programme(programme, by=officer)
    request = approval_queue().get()
    with pytest.raises(IntegrityError), transaction.atomic():
        approval.send_back(request, note="", by=agency)
    approval.send_back(request, note="Pietrūkst satura.", by=agency)
    programme.refresh_from_db()
    assert (programme.status, programme.approval_note) == ("draft", "Pietrūkst satura.")
    with pytest.raises(AlreadySettled):
        bound.approve(request, by=agency)
    approval.send_programme(programme, by=officer)
    programme.refresh_from_db()
    assert (programme.status, programme.approval_note) == ("sent", "")


def test_a_group_is_approved_after_its_programme(
    officer: Actor, agency: Actor, draft: ProgrammeDraft, group_draft: GroupDraft
) -> None:
    programme = offering.create_programme(draft, by=officer)
    offering.add_group(programme, group_draft, by=officer)
    assert approval.send_programme(programme, by=officer) == 1
    of_group = approval_queue().get(group__isnull=False)
    with pytest.raises(ProgrammeFirst):
        bound.approve(of_group, by=agency)


def test_contacts_and_descriptions_change_at_once(
    published: Programme, officer: Actor, draft: ProgrammeDraft
) -> None:
    changed = bound.change_programme(
        published, replace(draft, contact_name="Ilze", summary="Īsāk."), by=officer
    )
    published.refresh_from_db()
    assert changed == Changed(done=("contact_name", "summary"))
    assert (published.status, published.contact_name, published.summary) == ("published", "Ilze", "Īsāk.")
    assert approval_queue().count() == 0


def test_other_changes_wait_while_the_catalogue_shows_the_old(
    published: Programme, officer: Actor, agency: Actor, draft: ProgrammeDraft
) -> None:
    changed = bound.change_programme(published, replace(draft, hours=80, kind="kind-neformala"), by=officer)
    published.refresh_from_db()
    assert changed == Changed(proposed=("hours", "kind_id"))
    assert (published.status, published.hours, published.kind_id) == ("published", 72, "kind-modulis")

    bound.approve(approval_queue().get(), by=agency)
    published.refresh_from_db()
    assert (published.status, published.hours, published.kind_id) == ("published", 80, "kind-neformala")


def test_a_proposal_is_replaced_and_taken_back(
    published: Programme, officer: Actor, draft: ProgrammeDraft
) -> None:
    bound.change_programme(published, replace(draft, hours=80), by=officer)
    bound.change_programme(published, replace(draft, hours=90), by=officer)
    assert approval_queue().get().values == {"hours": 90}
    bound.change_programme(published, draft, by=officer)
    assert approval_queue().count() == 0
    bound.change_programme(published, replace(draft, hours=90), by=officer)
    approval.recall(published, by=officer)
    assert (approval_queue().count(), status_of(published)) == (0, "published")


def test_a_proposal_that_is_sent_back_leaves_the_programme_in_the_catalogue(
    published: Programme, officer: Actor, agency: Actor, draft: ProgrammeDraft
) -> None:
    bound.change_programme(published, replace(draft, hours=800), by=officer)
    approval.send_back(approval_queue().get(), note="Par daudz.", by=agency)
    published.refresh_from_db()
    assert (published.status, published.hours, published.approval_note) == ("published", 72, "Par daudz.")


@pytest.mark.parametrize(
    "values", [{"title": "Cits"}, {"hours": 80}, {"kind": "kind-neformala"}, {"field": "field-buvnieciba"}]
)
def test_what_people_applied_for_is_fixed(
    published: Programme, officer: Actor, draft: ProgrammeDraft, values: dict[str, object]
) -> None:
    ApplicationFactory(submitted=True, programme=published)
    with pytest.raises(FixedByApplications):
        bound.change_programme(published, replace(draft, **values), by=officer)
    assert bound.change_programme(published, replace(draft, document="Apliecība"), by=officer) == Changed(
        proposed=("document",)
    )


def test_drafts_and_those_who_went_fix_nothing(
    published: Programme, officer: Actor, draft: ProgrammeDraft
) -> None:
    ApplicationFactory(programme=published)
    ApplicationFactory(withdrawn=True, programme=published)
    assert bound.change_programme(published, replace(draft, hours=80), by=officer).proposed == ("hours",)


def test_somebody_applies_while_a_change_waits(
    published: Programme, officer: Actor, agency: Actor, draft: ProgrammeDraft
) -> None:
    bound.change_programme(published, replace(draft, hours=80), by=officer)
    ApplicationFactory(submitted=True, programme=published)
    with pytest.raises(FixedByApplications):
        bound.approve(approval_queue().get(), by=agency)


def test_a_groups_days_are_fixed_and_its_seats_never_below_what_is_taken(
    published: Programme, officer: Actor, agency: Actor, group_draft: GroupDraft
) -> None:
    group = published.groups.get()
    later = replace(group_draft, starts_on=group_draft.starts_on + timedelta(days=1))
    assert bound.change_group(group, later, by=officer).proposed == ("starts_on",)
    ApplicationFactory(admitted=True, programme=published, group=group)
    ApplicationFactory(admitted=True, programme=published, group=group)
    with pytest.raises(FixedByApplications):
        bound.change_group(group, later, by=officer)
    with pytest.raises(BelowTaken):
        bound.change_group(group, replace(group_draft, seats_min=1, seats_max=1), by=officer)
    with pytest.raises(FixedByApplications):
        bound.approve(approval_queue().get(), by=agency)
    changed = bound.change_group(
        group, replace(group_draft, address="Jaunā iela 2", seats_max=14), by=officer
    )
    assert changed == Changed(done=("address",), proposed=("seats_max",))
    bound.approve(approval_queue().get(), by=agency)
    group.refresh_from_db()
    assert (group.seats_max, group.seats_taken, group.starts_on) == (14, 2, group_draft.starts_on)


def test_the_sources_level_stays_named(
    published: Programme, officer: Actor, agency: Actor, draft: ProgrammeDraft
) -> None:
    level = replace(draft, varam_level=1)
    bound.change_programme(published, level, by=officer)
    bound.approve(approval_queue().get(), by=agency)
    GroupOfferFactory(group=published.groups.get(), round=RoundFactory(scheme="VARAM"))
    bound.change_programme(published, draft, by=officer)
    with pytest.raises(BreaksRule, match="programme_varam_level"):
        bound.approve(approval_queue().get(), by=agency)


def test_what_was_approved_and_changes_is_approved_again(
    officer: Actor, agency: Actor, draft: ProgrammeDraft
) -> None:
    programme = offering.create_programme(draft, by=officer)
    approval.send_programme(programme, by=officer)
    bound.approve(approval_queue().get(), by=agency)
    bound.change_programme(programme, replace(draft, contact_name="Ilze"), by=officer)
    assert status_of(programme) == "approved"
    bound.change_programme(programme, replace(draft, hours=80), by=officer)
    assert status_of(programme) == "draft"


def test_out_of_the_catalogue_and_back(published: Programme, officer: Actor, draft: ProgrammeDraft) -> None:
    bound.change_programme(published, replace(draft, hours=80), by=officer)
    assert approval.withdraw(published, by=officer) is True
    assert approval.withdraw(published, by=officer) is False
    assert (status_of(published), approval_queue().count()) == ("withdrawn", 0)
    assert approval.publish(published, by=officer) is True
    assert status_of(published) == "published"


def test_nobody_else_moves_them(published: Programme, agency: Actor, draft: ProgrammeDraft) -> None:
    other = make_staff(3, "institution", organisation="cits")
    group = published.groups.get()
    for call in (
        lambda: approval.withdraw(published, by=other),
        lambda: approval.send_group(group, by=other),
        lambda: approval.recall(group, by=other),
        lambda: bound.change_programme(published, draft, by=other),
        lambda: offering.create_programme(draft, by=other),
    ):
        with pytest.raises(OutOfScope):
            call()
    with pytest.raises(NotPermitted):
        approval.withdraw(published, by=agency)


def test_the_institution_does_not_approve(officer: Actor, draft: ProgrammeDraft) -> None:
    programme = offering.create_programme(draft, by=officer)
    approval.send_programme(programme, by=officer)
    request = approval_queue().get()
    with pytest.raises(NotPermitted):
        bound.approve(request, by=officer)
    with pytest.raises(NotPermitted):
        approval.send_back(request, note="Nē.", by=officer)


def test_a_cancelled_group_leaves_the_queue(officer: Actor, agency: Actor, published: Programme) -> None:
    group = GroupFactory(programme=published, status="planned")
    approval.send_group(group, by=officer)
    request = approval_queue().get()
    Group.objects.filter(pk=group.pk).update(status="cancelled")
    assert approval_queue().count() == 0
    with pytest.raises(AlreadySettled):
        bound.approve(request, by=agency)


def test_a_remote_group_has_no_place(officer: Actor, group_draft: GroupDraft) -> None:
    programme = ProgrammeFactory(institution_id=officer.organisation_id)
    group = offering.add_group(programme, replace(group_draft, municipality=None), by=officer)
    assert (group.is_remote, group.municipality_id, group.status) == (True, None, "planned")
