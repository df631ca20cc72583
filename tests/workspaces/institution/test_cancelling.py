"""A group is cancelled, and one person in it cannot be settled."""

import re
from html import unescape

from django.test import Client
from tests.applications.seating import Hall, status
from tests.stubborn import refuse, relent

from stars.applications import operations
from stars.applications.models import Application
from stars.catalogue.models import Group
from stars.enrolments import tasks
from stars.notices.models import Delivery


def stuck_and_others(hall: Hall, group: Group) -> list[Application]:
    """Three who are admitted; nothing can be written to the first."""
    people = [operations.admit(hall.eligible(group), group, by=hall.officer) for _ in range(3)]
    refuse("notices_delivery", f"NEW.person_id = '{people[0].applicant_id}'")
    return people


def test_the_others_are_settled_and_the_officer_is_told(desk: Client, hall: Hall) -> None:
    group = hall.group(3)
    people = stuck_and_others(hall, group)
    for _ in range(2):
        page = desk.post(f"/iestade/grupas/{group.pk}/atcelt/", {"reason": "Nav pasniedzēja."}, follow=True)
        assert page.redirect_chain == [(f"/iestade/grupas/{group.pk}/", 302)]
        assert [str(message) for message in page.context["messages"]] == [
            "Grupa ir atcelta. Ziņu saņem visi, izņemot tos, kuru pieteikums vēl tiek kārtots."
        ]
        assert page.context["unsettled"] == 1
        assert "1 pieteikums vēl tiek kārtots" in page.content.decode()
        assert [status(person) for person in people] == ["admitted", "eligible", "eligible"]
    assert Delivery.objects.filter(kind="application.regroup").count() == 2


def test_the_job_settles_the_last_and_the_page_says_no_more(desk: Client, hall: Hall) -> None:
    group = hall.group(3)
    people = stuck_and_others(hall, group)
    desk.post(f"/iestade/grupas/{group.pk}/atcelt/", {"reason": "Nav pasniedzēja."}, follow=True)
    relent()
    tasks.settle_left(0)
    assert [status(person) for person in people] == ["eligible"] * 3
    assert Delivery.objects.filter(kind="application.regroup").count() == 3
    page = desk.get(f"/iestade/grupas/{group.pk}/")
    assert page.context["unsettled"] == 0
    # Where they are now is one click away, and nobody is expected here any more.
    assert "Grupa vairs nevienu neuzņem." in page.content.decode()
    (link,) = re.findall(r'href="(/iestade/pieteikumi/[?]programma=[^"]*)"', page.content.decode())
    rows = desk.get(unescape(link)).context["rows"]
    assert {row.application.pk for row in rows} >= {person.pk for person in people}
    assert "vēl tiek kārtot" not in page.content.decode()
