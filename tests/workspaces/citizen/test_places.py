"""Offers, waiting lists and groups on the citizen's pages: what is asked, what is told, and what is refused."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from tests.applications.seating import Hall, RunJobs, live, make_hall, me, status
from tests.world import World, make_group, make_programme

from stars.applications import operations
from stars.applications.enums import Status
from stars.applications.models import Application, WaitingPlace
from stars.audit.models import AuditEvent
from stars.catalogue.models import Group
from stars.people import operations as people

ACTS = ("pienemt", "gaidit", "atteikties")
HUGE = 10**24


@pytest.fixture
def hall(world: World) -> Hall:
    return make_hall(world)


@pytest.fixture
def browse(signed_in: Callable[..., Client]) -> Callable[[Application], Client]:
    """The applicant's browser, past the consent."""

    def browser_of(application: Application) -> Client:
        people.accept_texts(application.applicant, by=me(application))
        return signed_in(application.applicant)

    return browser_of


@pytest.fixture
def offered(hall: Hall, run_jobs: RunJobs) -> Application:
    """Waits for two groups; a seat of the first is offered."""
    first, second = hall.group(1), hall.group(1)
    operations.admit(taker := hall.eligible(second), second, by=hall.officer)
    assert status(taker) == Status.ADMITTED
    application = operations.wait(hall.eligible(first), [first, second], by=hall.officer)
    run_jobs()
    assert [state for _, state, _ in live(first)] == ["offered"]
    return application


@pytest.fixture
def choosing(hall: Hall) -> Application:
    """Its group does not take place: another may be chosen until a deadline."""
    group = hall.group(1)
    application = operations.admit(hall.eligible(group), group, by=hall.officer)
    return operations.regroup(application, group, by=hall.officer)


def url(application: Application, group: Group | None = None, act: str = "") -> str:
    rest = f"grupas/{group.pk}/{act}/" if group else act
    return f"/profils/pieteikumi/{application.public_id}/{rest}"


def after(moment: object) -> time_machine.travel:
    """A minute after the moment: the job has not come by yet."""
    return time_machine.travel(moment + timedelta(minutes=1), tick=False)  # type: ignore[operator]


def due_of(application: Application) -> object:
    return WaitingPlace.objects.get(application=application, state="offered").offer_due_at


def test_the_page_tells_offer_deadline_position_and_usual_time(
    hall: Hall, offered: Application, browse: Callable[..., Client]
) -> None:
    first, second = hall.groups
    page = browse(offered).get(url(offered)).content.decode()

    assert "Jums piedāvāta vieta" in page
    assert f"{timezone.localtime(due_of(offered)):%d.%m.%Y. %H:%M} (atliku" in page  # type: ignore[arg-type]
    assert f'href="{url(offered, first, "pienemt")}"' in page
    assert f'href="{url(offered, first, "atteikties")}"' in page
    assert f'href="{url(offered, second, "atteikties")}"' in page
    assert f'href="{url(offered, second, "pienemt")}"' not in page
    assert "1. vieta sarakstā" in page
    assert "vēl nav izmērīts" in page


def test_the_usual_time_is_measured(hall: Hall, offered: Application, browse: Callable[..., Client]) -> None:
    now = timezone.now()
    past = hall.eligible()
    for days, rank in ((9, 50), (21, 51), (11, 52)):
        WaitingPlace.objects.create(
            application=past,
            group=hall.groups[0],
            rank=rank,
            state="accepted",
            joined_at=now - timedelta(days=days + 1),
            offered_at=now - timedelta(days=1),
            ended_at=now,
        )
    page = browse(offered).get(url(offered)).content.decode()
    assert "parasti 11 dienu" in page


def test_accepting_closes_the_other_places_and_twice_is_once(
    hall: Hall, offered: Application, browse: Callable[..., Client]
) -> None:
    first, second = hall.groups
    web = browse(offered)
    question = web.get(url(offered, first, "pienemt"))
    assert question.status_code == 200
    assert "Jūsu vietas citu grupu gaidīšanas sarakstos tiks slēgtas" in question.content.decode()

    for _ in range(2):
        done = web.post(url(offered, first, "pienemt"))
        assert (done.status_code, done["Location"]) == (302, url(offered))
    offered.refresh_from_db()
    assert (offered.status, offered.group_id) == (Status.ADMITTED, first.pk)
    assert (live(first), live(second)) == ([], [])
    assert (
        offered.decisions.filter(action="accept").count() + offered.timeline.filter(action="accept").count()
        == 1
    )


def test_giving_up_passes_the_offer_on_and_twice_is_once(
    hall: Hall, offered: Application, browse: Callable[..., Client], run_jobs: RunJobs
) -> None:
    first, second = hall.groups
    following = operations.wait(hall.eligible(first), [first], by=hall.officer)
    web = browse(offered)
    assert (
        "Jūsu vietas citu grupu sarakstos paliek"
        in web.get(url(offered, first, "atteikties")).content.decode()
    )
    for _ in range(2):
        assert web.post(url(offered, first, "atteikties")).status_code == 302
    run_jobs()
    assert live(first) == [(2, "offered", following.pk)]
    assert [row[2] for row in live(second)] == [offered.pk]

    # The last place: it is told that another group must be chosen.
    assert "ja neizvēlēsieties nevienu" in web.get(url(offered, second, "atteikties")).content.decode()
    assert web.post(url(offered, second, "atteikties")).status_code == 302
    offered.refresh_from_db()
    assert offered.status == Status.ELIGIBLE
    assert offered.regroup_due_at is not None


def test_an_offer_that_ran_out_is_over_before_the_job_comes(
    hall: Hall, offered: Application, browse: Callable[..., Client]
) -> None:
    first = hall.groups[0]
    with after(due_of(offered)):
        web = browse(offered)
        page = web.get(url(offered)).content.decode()
        assert f'href="{url(offered, first, "pienemt")}"' not in page
        assert "Atbildes termiņš ir beidzies" in page
        home = web.get("/profils/").content.decode()
        assert "Atbildēt uz piedāvājumu" not in home
        assert "lūdzu, atbildiet" not in home
        for answer in (web.get(url(offered, first, "pienemt")), web.post(url(offered, first, "pienemt"))):
            assert answer.status_code == 409
            assert "Šī vieta Jums vairs nav piedāvāta" in answer.content.decode()
            assert f'href="{url(offered, act="grupas/")}"' in answer.content.decode()
            assert "<form class=" not in answer.content.decode()
    assert status(offered) == Status.WAITING


def test_a_minute_before_the_deadline_it_is_still_time(
    hall: Hall, offered: Application, browse: Callable[..., Client]
) -> None:
    with time_machine.travel(due_of(offered) - timedelta(minutes=1), tick=False):  # type: ignore[operator]
        web = browse(offered)
        assert "atlikusi mazāk nekā stunda" in web.get(url(offered)).content.decode()
        assert web.get(url(offered, hall.groups[0], "pienemt")).status_code == 200
        assert web.post(url(offered, hall.groups[0], "pienemt")).status_code == 302
    assert status(offered) == Status.ADMITTED


def test_answers_of_an_overtaken_tab_are_refused_in_words(
    hall: Hall, offered: Application, browse: Callable[..., Client]
) -> None:
    first, second = hall.groups
    web = browse(offered)
    web.post(url(offered, first, "pienemt"))
    for group, act in ((second, "pienemt"), (second, "gaidit"), (second, "atteikties")):
        for answer in (web.get(url(offered, group, act)), web.post(url(offered, group, act))):
            if act == "atteikties" and answer.status_code == 302:
                continue  # the place is closed already: what was asked for is done
            assert answer.status_code == 409
            assert url(offered) in answer.content.decode()
    assert web.get(url(offered, act="grupas/"))["Location"] == url(offered)
    offered.refresh_from_db()
    assert (offered.status, offered.group_id) == (Status.ADMITTED, first.pk)


@pytest.mark.parametrize("act", ACTS)
def test_a_group_of_another_programme_is_not_found_and_remembered(
    hall: Hall, offered: Application, browse: Callable[..., Client], act: str
) -> None:
    strange = make_group(make_programme("Cita programma"), None, rounds=list(hall.world.rounds.values()))
    web = browse(offered)
    for number in (strange.pk, 0, HUGE):
        address = f"/profils/pieteikumi/{offered.public_id}/grupas/{number}/{act}/"
        assert [web.get(address).status_code, web.post(address).status_code] == [404, 404]
    noted = AuditEvent.objects.filter(kind="application.strange-group", subject_id=str(offered.pk))
    assert {event.actor_id for event in noted} == {offered.applicant_id}
    assert sorted(event.details["group_id"] for event in noted) == sorted(
        [str(strange.pk), "0", str(HUGE)[:20]] * 2
    )
    assert WaitingPlace.objects.filter(group=strange).count() == 0


@pytest.mark.parametrize("act", ACTS)
def test_somebody_elses_application_is_not_found_and_remembered(
    hall: Hall, offered: Application, browse: Callable[..., Client], act: str
) -> None:
    web = browse(hall.eligible())
    address = url(offered, hall.groups[0], act)
    assert [web.get(address).status_code, web.post(address).status_code] == [404, 404]
    assert web.get(url(offered, act="grupas/")).status_code == 404
    noted = AuditEvent.objects.filter(kind="application.refused-look", subject_id=str(offered.pk))
    assert noted.count() == 3
    assert status(offered) == Status.WAITING


def test_another_group_is_chosen_at_once_where_a_seat_is_free(
    hall: Hall, choosing: Application, browse: Callable[..., Client]
) -> None:
    free = hall.group(1)
    web = browse(choosing)
    own = web.get(url(choosing)).content.decode()
    assert "Lūdzu, izvēlieties citu grupu" in own
    assert "(atliku" in own
    listed = web.get(url(choosing, act="grupas/")).content.decode()
    assert f'href="{url(choosing, free, "pienemt")}"' in listed
    assert web.post(url(choosing, free, "pienemt")).status_code == 302
    choosing.refresh_from_db()
    assert (choosing.status, choosing.group_id, choosing.regroup_due_at) == (Status.ADMITTED, free.pk, None)


def test_a_seat_that_somebody_took_meanwhile_leads_to_the_list(
    hall: Hall, choosing: Application, browse: Callable[..., Client]
) -> None:
    last = hall.group(1)
    web = browse(choosing)
    assert web.get(url(choosing, last, "pienemt")).status_code == 200
    operations.admit(hall.eligible(last), last, by=hall.officer)

    # Whoever opens the page now reads it before pressing anything; whoever had it open reads the same.
    for answer in (web.get(url(choosing, last, "pienemt")), web.post(url(choosing, last, "pienemt"))):
        assert answer.status_code == 409
        assert str(answer.context["refusal"]).startswith("Pēdējo brīvo vietu tikko ieņēma kāds cits")
        assert url(choosing, act="grupas/") in answer.content.decode()
    assert f'href="{url(choosing, last, "gaidit")}"' in web.get(url(choosing, act="grupas/")).content.decode()
    for _ in range(2):
        assert web.post(url(choosing, last, "gaidit")).status_code == 302
    assert [row[1:] for row in live(last)] == [("waiting", choosing.pk)]
    assert status(choosing) == Status.WAITING


def test_who_was_asked_to_choose_and_is_late_can_neither_join_nor_take(
    hall: Hall, choosing: Application, browse: Callable[..., Client]
) -> None:
    free = hall.group(2)
    with after(choosing.regroup_due_at):
        web = browse(choosing)
        for act in ("pienemt", "gaidit"):
            assert web.get(url(choosing, free, act)).status_code == 409
            assert web.post(url(choosing, free, act)).status_code == 409
        listed = web.get(url(choosing, act="grupas/")).content.decode()
        assert (url(choosing, free, "gaidit") in listed, url(choosing, free, "pienemt") in listed) == (
            False,
            False,
        )
        page = web.get(url(choosing)).content.decode()
        assert page.count("Citas grupas izvēles termiņš ir beidzies") == 1
        assert url(choosing, act="grupas/") not in page
    assert live(free) == []
    assert status(choosing) == Status.ELIGIBLE


@pytest.mark.parametrize("act", ["pienemt", "gaidit"])
def test_a_group_that_was_cancelled_meanwhile_is_refused_before_anything_is_pressed(
    hall: Hall, choosing: Application, browse: Callable[..., Client], act: str
) -> None:
    free, web = hall.group(2), browse(choosing)
    assert web.get(url(choosing, free, act)).status_code == 200
    Group.objects.filter(pk=free.pk).update(status="cancelled")
    for answer in (web.get(url(choosing, free, act)), web.post(url(choosing, free, act))):
        assert answer.status_code == 409
        assert str(answer.context["refusal"]).startswith("Šo grupu vairs nevar izvēlēties")
    assert status(choosing) == Status.ELIGIBLE


def test_a_free_seat_for_which_others_wait_is_refused_before_anything_is_pressed(
    hall: Hall, choosing: Application, browse: Callable[..., Client]
) -> None:
    group, web = hall.group(2), browse(choosing)
    operations.wait(hall.eligible(group), [group], by=hall.officer)
    for answer in (web.get(url(choosing, group, "pienemt")), web.post(url(choosing, group, "pienemt"))):
        assert answer.status_code == 409
        assert str(answer.context["refusal"]).startswith("Uz šo vietu citi gaida ilgāk")
    assert live(group)[0][1] == "waiting"


def test_without_another_group_the_page_says_so(
    hall: Hall, choosing: Application, browse: Callable[..., Client]
) -> None:
    Group.objects.update(status="cancelled")
    assert (
        "Nav citas grupas, ko izvēlēties"
        in browse(choosing).get(url(choosing, act="grupas/")).content.decode()
    )


def test_many_places_need_no_more_queries_than_one(
    hall: Hall, offered: Application, browse: Callable[..., Client], query_counter: Callable
) -> None:
    web = browse(offered)

    def asked() -> list[int]:
        counts = []
        for act in ("", "grupas/"):
            web.get(url(offered, act=act))
            with query_counter() as queries:
                assert web.get(url(offered, act=act)).status_code == 200
            counts.append(len(queries))
        return counts

    # The process reads lists and wordings once.
    asked()
    few = asked()
    full = [hall.group(1) for _ in range(30)]
    operations.wait(offered, full[:15], by=hall.officer)
    many = asked()
    assert many == few
    assert max(few) <= 12, few
