"""Banks from files: what is faulty is refused with file, place and every reason, and nothing of it is kept."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from stars.assessments import bank_files
from stars.assessments.bank_files import FaultyBank, read_bank
from stars.assessments.models import Item, ItemBank

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue_lists")]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """The reasons are compared in the language of their ids."""
    with translation.override("en"):
        yield


ITEMS: list[dict[str, Any]] = [
    {"code": "a", "competence": "1.1", "scale": "knowledge", "text_lv": "Es zinu.", "text_en": "I know."},
    {"code": "b", "competence": "5.4", "scale": "attitude", "text_lv": "Man patīk.", "reverse": True},
    {"n": 3, "competence": "2.6", "scale": "skill", "text_lv": "Es protu."},
]


def written(folder: Path, **changes: Any) -> Path:
    path = folder / "bank.json"
    table = {
        "title_lv": "Mazs tests",
        "framework": "DigComp 2.2",
        "source": "Our own",
        "items": ITEMS,
        **changes,
    }
    path.write_text(json.dumps(table), encoding="utf-8")
    return path


def with_item(folder: Path, **changes: Any) -> Path:
    """The second item changed."""
    return written(folder, items=[ITEMS[0], {**ITEMS[1], **changes}, ITEMS[2]])


def test_a_good_file_is_kept_whole_and_in_order(tmp_path: Path) -> None:
    said = io.StringIO()
    call_command("import_item_bank", written(tmp_path), stdout=said)
    assert said.getvalue() == "version 1 with 3 items, not published\n"
    bank = ItemBank.objects.get()
    assert (bank.title_lv, bank.framework, bank.source) == ("Mazs tests", "DigComp 2.2", "Our own")
    rows = Item.objects.order_by("position").values_list(
        "code", "competence_id", "scale", "reverse", "text_en"
    )
    assert list(rows) == [
        ("a", "dccomp-1-1", "knowledge", False, "I know."),
        ("b", "dccomp-5-4", "attitude", True, ""),
        ("3", "dccomp-2-6", "skill", False, ""),
    ]


def test_publishing_may_be_repeated(tmp_path: Path) -> None:
    for _ in range(2):
        call_command("import_item_bank", written(tmp_path), publish=True, stdout=io.StringIO())
    assert ItemBank.objects.filter(published_at__isnull=False, retired_at__isnull=True).count() == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"scale": None}, "item 2: the scale is missing"),
        ({"scale": "taste"}, "item 2: the scale is missing or is none of knowledge"),
        ({"scale": ["skill"]}, "item 2: the scale is missing"),
        ({"competence": "6.1"}, "item 2: “6.1” is no competence"),
        ({"competence": {"a": 1}}, "item 2: .* is no competence"),
        ({"code": ""}, "item 2: a code"),
        ({"code": "x" * 41}, "item 2: a code"),
        ({"code": "a"}, "item 2: the code “a” stands at item 1 already"),
        ({"condition": 7}, r"item 2: every item of a bank is asked, so conditions \(“7”\)"),
        ({"reverse": "yes"}, "item 2: “reverse” is true or false"),
        ({"text_lv": "  "}, "item 2: “text_lv” is missing"),
        ({"text_lv": ["Es"]}, "item 2: “text_lv” is missing"),
        ({"text_lv": "x" * 601}, "item 2: “text_lv” is longer than 600"),
        ({"text_en": "x\0"}, "item 2: “text_en” is longer than 600 characters or holds one that cannot"),
        ({"text_lv": "x\ud800"}, "item 2: “text_lv” is longer than 600 characters or holds one that cannot"),
        ({"code": "x\0"}, "item 2: a code"),
    ],
)
def test_a_faulty_item_refuses_the_file(tmp_path: Path, changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(CommandError, match=f"bank.json: line 1, {reason}"):
        call_command("import_item_bank", with_item(tmp_path, **changes))
    assert not ItemBank.objects.exists()


def test_every_reason_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(FaultyBank) as refusal:
        read_bank(written(tmp_path, source="", items=[{}, ITEMS[1], "text"]))
    assert [fault.split(":")[0] for fault in refusal.value.faults] == ["line 1, item 1"] * 4 + [
        "item 3",
        "the bank",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "line 1"),
        (b'{\n"items": [\n}', "line 3"),
        (b"[]", "an object"),
        (b"{}", "no list “items”"),
        (b'{"items": []}', "no list “items”"),
        (b"\xff\xfe\xff", "no JSON"),
        (b"[" * 200_000, "no JSON"),
        (b'{"items": ' + b"1" * 5_000 + b"}", "no JSON"),
        (b'{"items": [' + b"0," * 1_000 + b"0]}", "more than 1000 items"),
    ],
)
def test_what_is_no_bank_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "bank.json"
    path.write_bytes(content)
    with pytest.raises(FaultyBank, match=f"bank.json: .*{reason}"):
        read_bank(path)


@pytest.mark.parametrize("key", ["title_lv", "title_en", "framework", "source"])
def test_what_no_column_can_hold_is_refused(tmp_path: Path, key: str) -> None:
    with pytest.raises(FaultyBank, match=f"the bank: “{key}” is longer than 600 characters or holds one"):
        read_bank(written(tmp_path, **{key: "a\0"}))


def test_a_file_that_is_too_large_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "bank.json"
    with path.open("wb") as file:
        file.truncate(bank_files.LARGEST_BYTES + 1)
    with pytest.raises(FaultyBank, match="larger than 5 MB"):
        read_bank(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nothing\.json"):
        call_command("import_item_bank", tmp_path / "nothing.json")


def other(folder: Path, instrument: str, **item: Any) -> Path:
    """A bank of another test with one item."""
    return written(folder, instrument=instrument, items=[{"code": "a", "text_lv": "Kas tas ir?", **item}])


CHOICE: dict[str, Any] = {
    "competence": "1.1",
    "scale": "choice",
    "level": 2,
    "options": [{"lv": "Tas", "en": "This"}, {"lv": "Cits"}],
    "right": 1,
}


def test_questions_with_options_are_kept(tmp_path: Path) -> None:
    call_command("import_item_bank", other(tmp_path, "level", **CHOICE), stdout=io.StringIO())
    item = Item.objects.select_related("bank").get()
    assert (item.bank.instrument, item.level, item.right) == ("level", 2, 1)
    assert item.options == [{"lv": "Tas", "en": "This"}, {"lv": "Cits", "en": ""}]


def test_statements_about_other_dimensions_are_kept(tmp_path: Path) -> None:
    path = other(tmp_path, "growth", dimension="perseverance", scale="agreement")
    call_command("import_item_bank", path, stdout=io.StringIO())
    item = Item.objects.get()
    assert (item.dimension, item.competence_id, item.scale) == ("perseverance", None, "agreement")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"options": None}, "item 1: a choice has 2 to 8"),
        ({"options": [{"lv": "Tas"}]}, "item 1: a choice has 2 to 8"),
        ({"options": ["Tas", "Cits"]}, "item 1, option 0: is no object"),
        ({"options": [{"lv": "Tas"}, {"lv": "Tas"}]}, "item 1: two options read the same"),
        ({"options": [{"lv": "Tas"}, {"en": "x"}]}, "item 1, option 1: “lv” is missing"),
        ({"right": 2}, "item 1: “right” is the place"),
        ({"right": True}, "item 1: “right” is the place"),
        ({"right": None}, "item 1: “right” is the place"),
        ({"level": 4}, "item 1: questions of the level test"),
        ({"level": None}, "item 1: questions of the level test"),
        ({"scale": "skill"}, "item 1: only a choice has"),
        (
            {"scale": "agreement"},
            "item 1: the scale is missing or is none of knowledge, skill, attitude, choice",
        ),
    ],
)
def test_a_faulty_question_is_refused_with_its_reason(
    tmp_path: Path, changes: dict[str, Any], reason: str
) -> None:
    with pytest.raises(FaultyBank, match=reason):
        read_bank(other(tmp_path, "level", **{**CHOICE, **changes}))


@pytest.mark.parametrize(
    ("instrument", "item", "reason"),
    [
        ("growth", {"scale": "agreement"}, "item 1: the dimension is missing or is none of self-efficacy"),
        (
            "growth",
            {"scale": "skill", "dimension": "perseverance"},
            "item 1: the scale is missing or is none of agre",
        ),
        ("work-values", {"scale": "agreement", "dimension": "support"}, "none of importance"),
        ("work-values", {"scale": "agreement", "dimension": ["support"]}, "item 1: the dimension is missing"),
        ("digital-skills", {"scale": "choice", "competence": "1.1"}, "item 1: the scale is missing"),
        ("horoscope", {}, "the instrument is none of digital-skills"),
        ([1], {}, "the instrument is none of digital-skills"),
    ],
)
def test_what_another_test_does_not_ask_is_refused(
    tmp_path: Path, instrument: Any, item: dict[str, Any], reason: str
) -> None:
    with pytest.raises(FaultyBank, match=reason):
        read_bank(other(tmp_path, instrument, **item))


def test_the_line_on_which_the_faulty_item_begins(tmp_path: Path) -> None:
    """Whatever stands before it: other lists, brackets in texts, several lists of items of which the last counts."""
    path = tmp_path / "bank.json"
    good = json.dumps(ITEMS[0])
    path.write_text(
        '\n{"scales": {"items": [\n{}]}, "title_lv": "a ] } \\" items: [",\n"items": [1,\n2],\n'
        f' "items" : [ {good},\n\n   {{"code": "z",\n "competence": "1.1"}} ,\r\n "text"\n],"source"\n:"We"}}\n',
        encoding="utf-8",
    )
    with pytest.raises(FaultyBank) as refusal, translation.override("en"):
        read_bank(path)
    said = [fault.partition(":")[0] for fault in refusal.value.faults]
    assert said == ["line 8, item 2", "line 8, item 2", "item 3"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_what_editors_write_before_the_first_sign_does_no_harm(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path)
    path.write_text(path.read_text(encoding="utf-8"), encoding=encoding)
    assert len(read_bank(path).rows) == 3


def test_conditions_that_go_round_are_refused_at_each_item(tmp_path: Path) -> None:
    items = [{**ITEMS[0], "condition": "b == 1"}, {**ITEMS[1], "condition": "a == 1"}, ITEMS[2]]
    with pytest.raises(FaultyBank) as refusal:
        read_bank(written(tmp_path, items=items))
    assert refusal.value.faults == [
        f"line 1, item {number}: every item of a bank is asked, so conditions (“{other} == 1”) cannot be"
        for number, other in ((1, "b"), (2, "a"))
    ]


def test_a_bank_of_fifty_megabytes_is_refused_however_good_it_is(tmp_path: Path) -> None:
    path = written(tmp_path)
    with path.open("a", encoding="utf-8") as file:
        file.write(" " * (50_000_000 - path.stat().st_size))
    with pytest.raises(CommandError, match=r"bank.json: larger than 5 MB"):
        call_command("import_item_bank", path)
    assert not ItemBank.objects.exists()


def test_the_same_items_under_another_name_are_another_version(tmp_path: Path) -> None:
    for source in ("Somebody", "Somebody else", "Somebody"):
        call_command("import_item_bank", written(tmp_path), source=source, stdout=io.StringIO())
    assert list(ItemBank.objects.order_by("version").values_list("version", "source")) == [
        (1, "Somebody"),
        (2, "Somebody else"),
    ]
