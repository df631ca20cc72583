"""The pages from “Pieteikties” to the receipt, for their owner, for a stranger, and when things go wrong."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader
from tests.world import World, answers_for, make_person, past_the_holders

from stars.actors.actor import SYSTEM
from stars.applications import operations
from stars.applications.models import Application
from stars.audit.models import AuditEvent
from stars.catalogue.models import Group, Programme, Round
from stars.people import operations as people
from stars.people.models import Person
from stars.schemes.codes import SchemeCode
from stars.schemes.declarations import SCHEMES

SignedIn = Callable[..., Client]
Filled = Callable[..., Application]


@pytest.fixture
def web(person: Person, signed_in: SignedIn) -> Client:
    """The person's web, past the consent."""
    people.accept_texts(person, by=people.actor_of(person))
    return signed_in(person)


def url(application: Application, rest: str = "") -> str:
    """Address of a page of the application."""
    return f"/profils/pieteikumi/{application.public_id}/{rest}"


def test_programme_with_two_sources_asks_which(web: Client, world: World) -> None:
    page = web.get(f"/profils/pieteikties/{world.programme.pk}/").content.decode()

    assert "2.3.1.4.i.0/1/23/I/CFLA/001" in page
    assert "4.2.4.2/1/24/I/001" in page
    assert "finansejums=IMK" in page


def test_source_that_is_not_open_says_why(web: Client, world: World) -> None:
    Round.objects.filter(scheme="MN").update(
        opens_at=timezone.now() + timedelta(days=3), closes_at=timezone.now() + timedelta(days=9)
    )
    page = web.get(f"/profils/pieteikties/{world.programme.pk}/").content.decode()

    assert "Pieteikšanās sāksies" in page
    assert "finansejums=MN" not in page


def test_rules_are_shown_before_the_form(web: Client, world: World) -> None:
    answer = web.get(f"/profils/pieteikties/{world.programme.pk}/?finansejums=MN")
    page = answer.content.decode()

    # Every rule of the source, whether it is asked of everybody or by the parameters of the day.
    shown = [(finding.code, finding.verdict.value) for finding in answer.context["findings"]]
    assert shown == [(criterion.code, "met") for criterion in SCHEMES[SchemeCode.MN].criteria]
    assert page.count('data-verdict="met"') == len(shown)
    assert [
        str(finding.question) for finding in answer.context["findings"] if str(finding.question) not in page
    ] == []
    assert "Jums ir vismaz 18 gadu" in page
    assert "No šī avota Jums līdz šim apmaksātas mazāk nekā 2 mācību reizes" in page
    assert "Aizpildīt iesniegumu" in page


def test_unmet_rule_shows_no_way_into_the_form(world: World, signed_in: SignedIn) -> None:
    unemployed = make_person(5, status="econ-unemployed")
    people.accept_texts(unemployed, by=people.actor_of(unemployed))
    web = signed_in(unemployed)
    address = f"/profils/pieteikties/{world.programme.pk}/"

    page = web.get(f"{address}?finansejums=MN").content.decode()
    assert page.count('data-verdict="not-met"') == 1
    assert "<strong>Nav izpildīts.</strong> Šis finansējuma avots paredzēts nodarbinātajiem" in page
    assert web.post(address, {"finansejums": "MN"}).status_code == 422
    assert not Application.objects.exists()


def test_whole_way_without_script_ends_on_the_receipt(web: Client, world: World) -> None:
    started = web.post(f"/profils/pieteikties/{world.programme.pk}/", {"finansejums": "MN"})
    application = Application.objects.get()
    assert started.url == url(application, "solis/contact/")
    for step, answers in answers_for("MN", world).items():
        page = web.post(url(application, f"solis/{step}/"), answers)
        assert page.status_code == 302
    assert page.url == url(application, "parskats/")

    sent = web.post(url(application, "parskats/"), follow=True)

    application.refresh_from_db()
    assert sent.redirect_chain == [(url(application), 302)]
    assert application.number in sent.content.decode()
    assert "Iesniegts" in web.get("/profils/").content.decode()


def test_receipt_is_a_document_with_the_answers(web: Client, filled: Filled, person: Person) -> None:
    application = operations.submit(filled(person), by=people.actor_of(person))

    answer = web.get(url(application, "iesniegums.pdf"))

    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert answer["Content-Disposition"] == f'attachment; filename="{application.number}.pdf"'
    for word in (application.number, "Paraudziņa1", "Pavāre", "Datu analīze", "400,00"):
        assert word in text.replace("\N{NO-BREAK SPACE}", " ")


def test_receipt_names_the_period_of_the_group_or_the_time_in_which_it_will_lie(
    web: Client, filled: Filled, person: Person
) -> None:
    by = people.actor_of(person)
    chosen = operations.withdraw(operations.submit(filled(person), by=by), reason="work", by=by)
    set_later = operations.submit(filled(person, "IMK"), by=by)
    rows = [dict(web.get(url(sent)).context["promise_rows"]) for sent in (chosen, set_later)]

    days = [
        [f"{date.fromisoformat(sent.promised[name]):%d.%m.%Y}." for name in ("starts_on", "ends_on")]
        for sent in (chosen, set_later)
    ]
    assert rows[0]["Mācību periods"] == "–".join(days[0])
    assert rows[1]["Mācībām jānotiek"] == "laikā no {} līdz {}".format(*days[1])
    assert ["Mācību periods" in row for row in rows] == [True, False]


def test_what_was_read_from_the_profile_says_so_until_it_is_kept(
    web: Client, person: Person, world: World
) -> None:
    draft = operations.start(person, world.programme, "MN", by=people.actor_of(person))
    address = url(draft, "solis/contact/")
    note = "Ielasīts no Jūsu profila, varat labot"

    assert web.get(address).content.decode().count(note) == 2
    web.post(address, answers_for("MN", world)["contact"])
    assert note not in web.get(address).content.decode()


@pytest.mark.parametrize("step", ["contact", "place", "programme", "background"])
def test_empty_step_is_refused_with_errors(web: Client, filled: Filled, person: Person, step: str) -> None:
    draft = operations.start(person, Programme.objects.get(), "MN", by=people.actor_of(person))
    answer = web.post(url(draft, f"solis/{step}/"), {})

    assert answer.status_code == 422
    assert "Kļūda:" in answer.content.decode()
    assert set(answer.context["form"].errors) == set(answer.context["step"].required)


@pytest.mark.parametrize(
    ("step", "field", "value"),
    [
        ("contact", "email", "nav adrese"),
        ("contact", "email", "a" * 300 + "@b.lv"),
        ("contact", "phone", "12"),
        ("contact", "phone", "<script>"),
        ("place", "place", "muni-9999999"),
        ("place", "period", "999999"),
        ("place", "period", "'; DROP TABLE"),
        ("programme", "choice_reasons", "choice-unknown"),
        ("background", "occupation", "x" * 201),
        ("background", "education", "econ-employee"),
    ],
)
def test_bad_value_is_refused_and_kept(
    web: Client, filled: Filled, person: Person, world: World, step: str, field: str, value: str
) -> None:
    draft = filled(person)
    answer = web.post(url(draft, f"solis/{step}/"), answers_for("MN", world)[step] | {field: [value]})

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert draft.answers.get(step=step).data[field] == [value]


def test_hostile_text_is_shown_as_text(web: Client, filled: Filled, person: Person, world: World) -> None:
    draft = filled(person)
    hostile = "<script>alert(1)</script>\x00 🦊"
    answer = web.post(
        url(draft, "solis/background/"), answers_for("MN", world)["background"] | {"occupation": [hostile]}
    )
    page = web.get(url(draft, "parskats/"), follow=True).content.decode()

    assert answer.status_code in {302, 422}
    assert "<script>alert" not in page


def test_autosave_keeps_unfinished_typing(web: Client, person: Person, world: World) -> None:
    draft = operations.start(person, world.programme, "MN", by=people.actor_of(person))
    kept = web.post(url(draft, "solis/contact/glabat/"), {"email": "puse@", "foreign": "x"})

    assert kept.status_code == 204
    assert draft.answers.get().data == {"email": ["puse@"]}
    assert 'value="puse@"' in web.get(url(draft, "solis/contact/")).content.decode()


def test_somebody_elses_draft_is_not_found_and_audited(web: Client, filled: Filled, world: World) -> None:
    foreign = filled(make_person(9))
    for rest in ("", "solis/contact/", "parskats/", "iesniegums.pdf", "atteikties/"):
        assert web.get(url(foreign, rest)).status_code == 404
    assert web.post(url(foreign, "dzest/")).status_code == 404

    assert AuditEvent.objects.filter(kind="application.refused-look", subject_id=foreign.pk).count() == 6
    assert Application.objects.filter(pk=foreign.pk).exists()


def test_unknown_application_or_step_is_not_found(web: Client, filled: Filled, person: Person) -> None:
    draft = filled(person)

    assert web.get("/profils/pieteikumi/00000000-0000-4000-8000-000000000000/").status_code == 404
    assert web.get(url(draft, "solis/salary/")).status_code == 404
    assert web.post(url(draft, "solis/salary/glabat/"), {"a": "b"}).status_code == 404


def test_stale_tab_of_a_sent_application_leads_to_it(web: Client, filled: Filled, person: Person) -> None:
    application = operations.submit(filled(person), by=people.actor_of(person))
    answer = web.post(url(application, "solis/contact/"), {"email": "x@y.lv"})

    assert answer.status_code == 302
    assert answer.url == url(application)


def test_round_that_closed_meanwhile_is_told_and_answers_are_kept(
    web: Client, filled: Filled, person: Person
) -> None:
    draft = filled(person)
    with time_machine.travel(timezone.now() + timedelta(days=10, minutes=1), tick=False):
        web.force_login(person, backend="stars.people.backend.IdentityBackend")
        answer = web.post(url(draft, "parskats/"))

    assert answer.status_code == 409
    assert "Pieteikšanās beidzās" in answer.content.decode()
    assert draft.answers.count() == 4


def test_last_group_withdrawn_meanwhile_is_told(web: Client, filled: Filled, person: Person) -> None:
    draft = filled(person)
    Group.objects.update(status="cancelled")
    answer = web.post(url(draft, "parskats/"))

    assert answer.status_code == 409
    assert "Jūsu atbildes ir saglabātas" in answer.content.decode()


def test_withdrawing_asks_for_a_reason_and_frees_the_source(
    web: Client, filled: Filled, person: Person
) -> None:
    application = operations.submit(filled(person), by=people.actor_of(person))

    assert web.post(url(application, "atteikties/"), {}).status_code == 422
    answer = web.post(url(application, "atteikties/"), {"reason": "time"}, follow=True)

    assert "Atteicies" in answer.content.decode()
    assert operations.submit(filled(person), by=people.actor_of(person)).number != application.number


def test_too_late_to_withdraw_leads_to_the_catalogue(web: Client, filled: Filled, person: Person) -> None:
    application = operations.submit(filled(person), by=people.actor_of(person))
    with time_machine.travel(timezone.now() + timedelta(days=11), tick=False):
        web.force_login(person, backend="stars.people.backend.IdentityBackend")
        page = web.get(url(application, "atteikties/"))
        sent = web.post(url(application, "atteikties/"), {"reason": "time"})

    assert "Pieteikšanās laiks ir beidzies" in page.content.decode()
    assert "/programmas/" in page.content.decode()
    assert sent.status_code == 409
    application.refresh_from_db()
    assert application.is_open


def test_full_group_is_offered_and_says_so(web: Client, person: Person, world: World) -> None:
    with past_the_holders():
        Group.objects.filter(pk=world.groups[0].pk).update(seats_taken=12)
    draft = operations.start(person, world.programme, "MN", by=people.actor_of(person))

    assert "grupa ir pilna" in web.get(url(draft, "solis/place/")).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_home_asks_the_database_as_often_for_one_as_for_three(
    web: Client, filled: Filled, person: Person, world: World, query_counter: Callable, number: int
) -> None:
    for scheme in ["IMK", "MN"][:number]:
        filled(person, scheme)
    web.get("/profils/")
    with query_counter() as queries:
        assert web.get("/profils/").status_code == 200
    assert len(queries) <= 8


@pytest.mark.parametrize("rest", ["solis/place/", "solis/background/", "parskats/"])
def test_pages_of_a_draft_stay_within_twelve_queries(
    web: Client, filled: Filled, person: Person, query_counter: Callable, rest: str
) -> None:
    draft = filled(person)
    web.get("/profils/")
    with query_counter() as queries:
        assert web.get(url(draft, rest)).status_code == 200
    assert len(queries) <= 12


def test_page_of_an_application_stays_within_twelve_queries(
    web: Client, filled: Filled, person: Person, query_counter: Callable
) -> None:
    application = operations.submit(filled(person), by=people.actor_of(person))
    web.get("/profils/")
    with query_counter() as queries:
        assert web.get(url(application)).status_code == 200
    assert len(queries) <= 12


def test_draft_deleted_in_another_tab_is_not_found(web: Client, filled: Filled, person: Person) -> None:
    draft = filled(person)
    by = people.actor_of(person)
    operations.discard(draft, by=by)

    with pytest.raises(operations.DraftGone):
        operations.submit(draft, by=by)
    with pytest.raises(operations.DraftGone):
        operations.discard(draft, by=by)
    assert web.post(url(draft, "solis/contact/"), {"email": "x@y.lv"}).status_code == 404


@pytest.mark.parametrize("rest", ["solis/contact/", "solis/contact/glabat/", "parskats/"])
def test_sent_in_another_tab_meanwhile_leads_to_the_application(
    web: Client, filled: Filled, person: Person, monkeypatch: pytest.MonkeyPatch, rest: str
) -> None:
    draft = filled(person)
    by = people.actor_of(person)
    # The page looked before the other tab sent and confirmed it; only the lock tells.
    operations.confirm(operations.submit(draft, by=by), by=SYSTEM)
    monkeypatch.setattr(Application, "is_draft", property(_draft_at_first()))

    answer = web.post(url(draft, rest), {"email": "x@y.lv"})

    assert (answer.status_code, answer.url) == (302, url(draft))


def _draft_at_first() -> Callable[[Application], bool]:
    looks = iter([True])
    return lambda application: next(looks, False)


def test_withdrawal_that_a_lost_session_kept_is_filled_in(
    web: Client, filled: Filled, person: Person
) -> None:
    application = operations.submit(filled(person), by=people.actor_of(person))
    address = url(application, "atteikties/")
    people.keep_typed(person.pk, address, QueryDict("reason=time&note=mai%C5%86u+darbs"))

    assert "maiņu darbs" in web.get(address).content.decode()
