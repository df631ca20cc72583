"""What an institution's officer had typed when the session ended stands in its form again, and nothing is done."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.applications.seating import Hall
from tests.workspaces.institution.conftest import opened

from stars.actors.actor import Actor
from stars.applications.enums import Status
from stars.catalogue.enums import GroupStatus
from stars.catalogue.models import Group, Programme
from stars.people.models import FormDraft

pytestmark = pytest.mark.django_db
ComeBack = Callable[..., tuple[Client, str]]
REASON = "Telpas tiek remontētas."


def test_a_new_programme_is_found_in_its_form(hall: Hall, come_back: ComeBack) -> None:
    desk, page = come_back("/iestade/programmas/jauna/", {"title": "Datu drošība", "hours": "simts"})
    form = desk.get(page).context["form"]
    assert (form["title"].value(), form["hours"].value(), form.errors) == ("Datu drošība", "simts", {})
    assert not Programme.objects.filter(title="Datu drošība").exists()


def test_a_group_that_a_colleague_changed_meanwhile_is_not_overwritten(
    hall: Hall, desk: Client, come_back: ComeBack
) -> None:
    group = hall.group(12)
    Group.objects.filter(pk=group.pk).update(price_cents=10_000)
    address = f"/iestade/programmas/{group.programme_id}/grupas/{group.pk}/labot/"
    typed = opened(desk, address) | {"name": "Vakara grupa"}
    desk, page = come_back(address, typed)
    Group.objects.filter(pk=group.pk).update(schedule_note="Otrdienās 18.00")

    form = desk.get(page)
    assert form.context["form"]["name"].value() == "Vakara grupa"
    refused = desk.post(page, typed | {"seen": form.context["seen"]})

    assert refused.status_code == 422
    assert "Otrdienās 18.00" in refused.content.decode()


def test_why_a_group_is_cancelled_is_found_and_forgotten(hall: Hall, come_back: ComeBack) -> None:
    group = hall.group(12)
    address = f"/iestade/grupas/{group.pk}/atcelt/"
    desk, page = come_back(address, {"reason": REASON})
    assert REASON in desk.get(page).content.decode()
    group.refresh_from_db()
    assert group.status != GroupStatus.CANCELLED

    assert desk.post(page, {"reason": REASON}).status_code == 302
    assert not FormDraft.objects.exists()


def test_those_who_were_ticked_are_shown_once_more(hall: Hall, officer: Actor, come_back: ComeBack) -> None:
    group = hall.group(12)
    both = [hall.eligible(group) for _ in range(2)]
    address = f"/iestade/grupas/{group.pk}/darbs/not-admit/"
    typed = {"p": [str(each.public_id) for each in both], "note": REASON}
    desk, page = come_back(address, typed)
    answer = desk.get(page)
    assert len(answer.context["rows"]) == len(both)
    assert answer.content.decode().count(REASON) == 1
    for each in both:
        each.refresh_from_db()
        assert each.status == Status.ELIGIBLE
