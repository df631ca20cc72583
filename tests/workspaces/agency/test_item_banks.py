"""Tests in the agency's work place: banks looked at, uploaded, published, retired; hostile files kept out."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.assessments.banks import CHOICE, finished, loaded, published, thresholds
from tests.world import make_person, make_staff

from stars.actors.actor import SYSTEM, Actor
from stars.assessments import bank_files, operations
from stars.assessments.bank_files import Row
from stars.assessments.enums import Instrument, Scale
from stars.assessments.models import Item, ItemBank
from stars.assessments.words import NOT_CLEAR
from stars.common import clock
from stars.people import operations as people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue_lists")]
TESTS = "/agentura/testi/"
UPLOAD = f"{TESTS}jauna-banka/"
SKILLS = f"{TESTS}digital-skills/"
LEVEL = f"{TESTS}level/"
ITEM = {"code": "a", "competence": "1.1", "scale": "skill", "text_lv": "Es protu."}


def upload(desk: Client, content: bytes, name: str = "banka.json", **values: str) -> Any:
    return desk.post(UPLOAD, {"file": SimpleUploadedFile(name, content), **values})


def written(**changes: Any) -> bytes:
    return json.dumps({"title_lv": "Mazs tests", "source": "Mūsu", "items": [ITEM], **changes}).encode()


def test_every_test_is_listed_with_what_is_offered(desk: Client) -> None:
    bank = published()
    loaded("b")
    finished(make_person(), bank, clock.now(), percent=50, band="intermediate")
    rows = [row for row, _about in desk.get(TESTS).context["tests"]]
    assert [row.instrument for row in rows] == list(Instrument)
    first = rows[0]
    assert (first.offered, first.versions, first.drafts) == (bank, 2, 1)
    assert (first.offered.item_count, first.offered.finished_count, first.offered.open_count) == (1, 1, 0)
    assert [row.offered for row in rows[1:]] == [None] * 3


def test_drafts_that_were_passed_over_wait_no_more(desk: Client, ministry: Client) -> None:
    loaded("a")
    loaded("l", CHOICE, instrument=Instrument.LEVEL)

    def waiting(browser: Client) -> list[int]:
        found = browser.get("/agentura/").context["queues"]
        return [queue["count"] for queue in found if queue["url"] == TESTS]

    assert (waiting(desk), waiting(ministry)) == ([2], [1])
    published("b")
    assert (waiting(desk), waiting(ministry)) == ([1], [1])
    assert [row.drafts for row, _about in desk.get(TESTS).context["tests"]] == [0, 0, 0, 1]


def test_the_ministry_sees_the_level_test_alone(ministry: Client) -> None:
    published("l", CHOICE, instrument=Instrument.LEVEL)
    published()
    thresholds()
    assert [row.instrument for row, _about in ministry.get(TESTS).context["tests"]] == [Instrument.LEVEL]
    pages = {
        address: ministry.get(address).status_code
        for address in (LEVEL, f"{LEVEL}1/", f"{LEVEL}robezas/", f"{LEVEL}kopsavilkums/")
    }
    assert set(pages.values()) == {200}
    foreign = [SKILLS, f"{SKILLS}1/", f"{SKILLS}1/publicet/", f"{SKILLS}1/iznemt/", f"{SKILLS}kopsavilkums/"]
    assert [ministry.get(address).status_code for address in foreign] == [404] * 5
    assert ministry.post(f"{SKILLS}1/iznemt/").status_code == 404
    assert upload(ministry, written()).status_code == 422
    assert ItemBank.objects.get(instrument="digital-skills").retired_at is None


@pytest.mark.parametrize("kind", ["institution", "resident"])
def test_nobody_else_gets_in(kind: str, at_work: Callable[[Actor], Client], tab: Client) -> None:
    published("l", CHOICE, instrument=Instrument.LEVEL)
    thresholds()
    browser = tab if kind == "resident" else at_work(make_staff(1, "institution", role="admin"))
    addresses = ["", "jauna-banka/", "level/", "level/1/", "level/1/publicet/", "level/1/iznemt/"]
    addresses += ["level/kopsavilkums/", "level/kopsavilkums/csv/", "level/robezas/", "level/robezas/jaunas/"]
    addresses += ["level/robezas/1/", "level/robezas/1/publicet/", "level/robezas/1/iznemt/"]
    assert {browser.get(f"{TESTS}{address}").status_code for address in addresses} == {403}
    assert browser.post(f"{LEVEL}1/iznemt/").status_code == 403
    assert ItemBank.objects.get().retired_at is None


@pytest.mark.parametrize(
    "address", ["horoscope/", "level/99/", "level/99999999999/", "level/1/kopsavilkums/"]
)
def test_what_is_not_there_is_404(desk: Client, address: str) -> None:
    assert desk.get(f"{TESTS}{address}").status_code == 404


def test_the_history_is_paged_and_costs_the_same(desk: Client, query_counter: Any) -> None:
    published("a")
    desk.get(SKILLS)
    with query_counter() as few:
        desk.get(SKILLS)
    for number in range(25):
        loaded(f"b{number}")
    with query_counter() as many:
        page = desk.get(SKILLS).context["page"]
    assert len(few) == len(many) <= 12
    assert [bank.version for bank in page] == list(range(26, 6, -1))
    assert [bank.version for bank in desk.get(f"{SKILLS}?lapa=2").context["page"]] == [6, 5, 4, 3, 2, 1]


def test_a_bank_is_shown_as_people_see_it_with_the_right_option(desk: Client) -> None:
    published("l", CHOICE, instrument=Instrument.LEVEL)
    (group,) = desk.get(f"{LEVEL}1/").context["groups"]
    ((item, answers),) = group["questions"]
    assert item.text_lv == "Kura ir droša parole?"
    assert [(str(text), is_right) for text, is_right in answers] == [
        ("12345", False),
        ("garša un krāsa", True),
        ("Nezinu", False),
    ]


def test_statements_have_the_words_of_their_scale(desk: Client) -> None:
    published()
    ((_item, answers),) = desk.get(f"{SKILLS}1/").context["groups"][0]["questions"]
    assert [is_right for _text, is_right in answers] == [False] * 5
    assert str(answers[-1][0]) == str(NOT_CLEAR)


def test_a_draft_shows_what_it_changes(desk: Client) -> None:
    published("a")
    rows = [
        Row(code="k1", scale=Scale.SKILL, text_lv="Es protu labi.", competence="dccomp-1-1"),
        Row(code="k2", scale=Scale.SKILL, text_lv="Es māku.", competence="dccomp-1-1"),
    ]
    loaded("b", *rows)
    context = desk.get(f"{SKILLS}2/").context
    assert [each.code for each in context["difference"].added] == ["k2"]
    assert [(change.after.code, [str(part) for part in parts]) for change, parts in context["changed"]] == [
        ("k1", ["teksts latviešu valodā"])
    ]
    assert desk.get(f"{SKILLS}1/").context["difference"] is None


def test_the_preview_costs_the_same_with_many_questions(desk: Client, query_counter: Any) -> None:
    loaded("a")
    rows = [
        Row(
            code=f"k{number}", scale=Scale.SKILL, text_lv="Es protu.", competence=f"dccomp-1-{number % 3 + 1}"
        )
        for number in range(200)
    ]
    loaded("b", *rows)
    desk.get(f"{SKILLS}1/")
    counts = []
    for version in (1, 2):
        with query_counter() as queries:
            page = desk.get(f"{SKILLS}{version}/").context["page"]
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
    assert (len(page), page.paginator.count) == (120, 200)


def test_a_file_becomes_a_draft_and_the_same_file_again_leads_to_it(desk: Client) -> None:
    assert upload(desk, written()).url == f"{SKILLS}1/"
    assert upload(desk, written()).url == f"{SKILLS}1/"
    assert ItemBank.objects.get().published_at is None
    assert Item.objects.get().text_lv == "Es protu."


LSS = """<?xml version="1.0" encoding="UTF-8"?>%s<document><questions><rows><row><qid>1</qid><title>S11a</title>
<question>%s</question><language>lv</language></row></rows></questions></document>"""


def test_a_structure_of_limesurvey_is_taken_with_its_source(desk: Client) -> None:
    content = (LSS % ("", "Es protu.")).encode()
    assert upload(desk, content, "banka.lss").status_code == 422
    assert upload(desk, content, "banka.LSS", source="Institūts").url == f"{SKILLS}1/"
    assert ItemBank.objects.get().source == "Institūts"


BOMB = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
REACHING = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.lss", LSS % (BOMB, "&b;"), "1. rinda: dokumenta tips ar entītijām netiek pieņemts"),
        ("a.lss", LSS % (REACHING, "&a;"), "1. rinda: dokumenta tips ar entītijām netiek pieņemts"),
        ("a.lss", "<document><questions>", "1. rinda: no element found"),
        ("a.lss", "<a>" * 5_000, "1. rinda: nav LimeSurvey struktūra"),
        ("a.json", '{\n"items": [\n}', "3. rinda, 1. zīme: šeit vairs nav JSON"),
        ("a.json", "[" * 200_000, "nav JSON UTF-8 kodējumā"),
        ("a.json", '{"items": ' + "1" * 5_000 + "}", "nav JSON UTF-8 kodējumā"),
        (
            "a.json",
            written(items=[ITEM, ITEM]).decode(),
            "1. rinda, 2. jautājums: kods „a” jau ir 1. jautājumam",
        ),
        (
            "a.json",
            written(items=[{**ITEM, "text_lv": "\ud800"}]).decode(),
            "1. rinda, 1. jautājums: „text_lv” ir garāks par 600 rakstzīmēm vai satur rakstzīmi, ko nevar saglabāt",
        ),
    ],
    ids=["bomb", "reaching", "cut", "deep", "line", "nested", "digits", "twice", "surrogate"],
)
def test_a_faulty_file_is_refused_with_line_and_reason(
    desk: Client, name: str, content: str, reason: str
) -> None:
    answer = upload(desk, content.encode(), name, source="Mūsu")
    assert answer.status_code == 422
    assert reason in answer.context["form"].shown_faults
    assert not ItemBank.objects.exists()


def test_nothing_is_kept_of_a_file_with_one_fault(desk: Client) -> None:
    answer = upload(desk, written(items=[ITEM, {**ITEM, "code": "b", "scale": "taste"}]))
    assert len(answer.context["form"].faults) == 1
    assert not Item.objects.exists()


@pytest.mark.parametrize("name", ["banka.exe", "banka", "banka.json.zip"])
def test_other_files_are_not_even_read(desk: Client, name: str) -> None:
    answer = upload(desk, written(), name)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"] == ["Var nolasīt šāda veida failus: .json, .lss."]


def test_a_file_that_is_too_large_is_refused(desk: Client) -> None:
    answer = upload(desk, b" " * (bank_files.LARGEST_BYTES + 1))
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"] == ["Fails ir lielāks par 5 MB."]


def test_nothing_chosen_and_nothing_in_it(desk: Client) -> None:
    assert desk.post(UPLOAD, {}).status_code == 422
    assert upload(desk, b"").status_code == 422


def test_a_draft_is_deleted_after_it_was_asked_once_more(desk: Client) -> None:
    published("a")
    loaded("b")
    assert f'href="{SKILLS}2/dzest/"' in desk.get(f"{SKILLS}2/").content.decode()
    assert "Dzēst melnrakstu" in desk.get(f"{SKILLS}2/dzest/").content.decode()
    assert ItemBank.objects.count() == 2
    for _twice in range(2):
        assert desk.post(f"{SKILLS}2/dzest/")["Location"] == SKILLS
    assert [bank.version for bank in ItemBank.objects.all()] == [1]
    assert f'href="{SKILLS}1/dzest/"' not in desk.get(f"{SKILLS}1/").content.decode()
    refusal = desk.get(f"{SKILLS}1/dzest/")
    assert refusal.context["is_possible"] is False
    assert desk.post(f"{SKILLS}1/dzest/")["Location"] == f"{SKILLS}1/"
    assert ItemBank.objects.count() == 1


def test_publishing_says_first_what_will_happen(desk: Client, by: Actor) -> None:
    published("a")
    loaded("b")
    operations.start(Instrument.DIGITAL_SKILLS, by=by)
    page = desk.get(f"{SKILLS}2/publicet/")
    assert (page.context["offered"].version, page.context["offered"].open_count) == (1, 1)
    assert ItemBank.objects.get(version=2).published_at is None
    answer = desk.post(f"{SKILLS}2/publicet/", {"instead_of": "1"}, follow=True)
    assert answer.redirect_chain == [(f"{SKILLS}2/", 302)]
    assert "Versija ir publicēta" in answer.content.decode()
    assert [bank.retired_at is None for bank in ItemBank.objects.order_by("version")] == [False, True]


@pytest.mark.parametrize("seen", ["", "0", "2", "nonsense", "9" * 30, "²"])
def test_publishing_over_something_else_than_was_seen_is_refused(desk: Client, seen: str) -> None:
    published("a")
    loaded("b")
    answer = desk.post(f"{SKILLS}2/publicet/", {"instead_of": seen}, follow=True)
    assert "Pa šo laiku ir publicēta vai izņemta cita versija" in answer.content.decode()
    assert ItemBank.objects.get(version=2).published_at is None


def test_publishing_twice_says_so(desk: Client) -> None:
    published("a")
    assert "jau tika publicēta" in desk.post(f"{SKILLS}1/publicet/", follow=True).content.decode()
    assert "jau tika publicēta" in desk.get(f"{SKILLS}1/publicet/").content.decode()


def test_retiring_leaves_nothing_to_take(desk: Client, by: Actor) -> None:
    published("a")
    assert "neviens nevarēs pildīt" in desk.get(f"{SKILLS}1/iznemt/").content.decode()
    desk.post(f"{SKILLS}1/iznemt/")
    assert desk.get(TESTS).context["tests"][0][0].offered is None
    with pytest.raises(operations.NothingOffered):
        operations.start(Instrument.DIGITAL_SKILLS, by=by)
    assert "vairs netiek piedāvāta" in desk.post(f"{SKILLS}1/iznemt/", follow=True).content.decode()


def test_taking_goes_on_over_the_whole_story(desk: Client, by: Actor) -> None:
    published("a")
    attempt = operations.start(Instrument.DIGITAL_SKILLS, by=by)
    upload(desk, written())
    desk.post(f"{SKILLS}2/publicet/", {"instead_of": "1"})
    operations.answer(attempt, {"k1": 2}, by=by)
    assert operations.finish(attempt, by=by).percent == 67
    other = people.actor_of(make_person(2))
    assert operations.start(Instrument.DIGITAL_SKILLS, by=other).bank.version == 2


def test_a_bank_is_uploaded_by_nobody_else_for_another_test(ministry: Client) -> None:
    item = {"code": "a", "competence": "1.1", "scale": "skill", "text_lv": "Es protu.", "level": 1}
    assert upload(ministry, written(instrument="level", items=[item])).url == f"{LEVEL}1/"
    answer = upload(ministry, written())
    assert answer.context["form"].errors["file"] == ["Fails ir testam, kuru Jūsu organizācija nepārvalda."]


def test_the_database_holds_a_published_version(desk: Client) -> None:
    bank = operations.retire_bank(published(), by=SYSTEM)
    assert "nemainās" in desk.get(f"{SKILLS}{bank.version}/").content.decode()
