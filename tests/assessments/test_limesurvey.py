"""Banks from LimeSurvey: both forms that it has written are read, hostile files are refused with the line."""

import io
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from stars.assessments.models import Item, ItemBank

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue_lists")]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """The reasons are compared in the language of their ids."""
    with translation.override("en"):
        yield


OLD = """<?xml version="1.0" encoding="UTF-8"?>
<document>
 <LimeSurveyDocType>Survey</LimeSurveyDocType>
 <languages><language>lv</language><language>en</language></languages>
 <answers><rows><row><qid><![CDATA[1]]></qid><answer><![CDATA[Jā]]></answer></row></rows></answers>
 <questions>
  <fields><fieldname>qid</fieldname></fields>
  <rows>
   <row><qid><![CDATA[1]]></qid><title><![CDATA[K11a]]></title>
    <question><![CDATA[<p>Es zinu &amp; <b>saprotu</b>.</p>]]></question>
    <relevance><![CDATA[1]]></relevance><language><![CDATA[lv]]></language></row>
   <row><qid><![CDATA[2]]></qid><title><![CDATA[S54]]></title>
    <question><![CDATA[Es protu.]]></question><language><![CDATA[lv]]></language></row>
   <row><qid><![CDATA[1]]></qid><title><![CDATA[K11a]]></title>
    <question><![CDATA[I know.]]></question><language><![CDATA[en]]></language></row>
  </rows>
 </questions>
 <surveys_languagesettings><rows><row>
  <surveyls_language><![CDATA[lv]]></surveyls_language><surveyls_title><![CDATA[Mazs tests]]></surveyls_title>
 </row></rows></surveys_languagesettings>
</document>
"""
NEW = """<?xml version="1.0" encoding="UTF-8"?>
<document>
 <questions><rows>
  <row><qid>7</qid><title>A26x</title><relevance></relevance></row>
 </rows></questions>
 <question_l10ns><rows>
  <row><qid>7</qid><question>I watch.</question><language>en</language></row>
  <row><qid>7</qid><question>Es raugos.</question><language>lv</language></row>
 </rows></question_l10ns>
</document>
"""
BOMB = """<?xml version="1.0"?>
<!DOCTYPE document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<document><questions><rows><row><title>&b;</title></row></rows></questions></document>
"""
THIEF = """<?xml version="1.0"?>
<!DOCTYPE document [<!ENTITY a SYSTEM "file:///etc/hostname">]>
<document><questions><rows><row><title>K11</title><question>&a;</question></row></rows></questions></document>
"""
OUTSIDE = """<?xml version="1.0"?>
<!DOCTYPE document SYSTEM "http://198.51.100.7/bank.dtd">
<document><questions><rows><row><title>K11</title></row></rows></questions></document>
"""
ROUND = NEW.replace("<relevance>", "<relevance>S12.NAOK == 1").replace(
    " </rows></questions>",
    "  <row><qid>8</qid><title>S12</title><question>Es protu.</question>"
    "<relevance>A26x.NAOK == 1</relevance></row>\n </rows></questions>",
)


def imported(folder: Path, text: str, source: str = "Our own") -> None:
    path = folder / "bank.lss"
    path.write_text(text, encoding="utf-8")
    call_command("import_item_bank", path, source=source, stdout=io.StringIO())


def kept() -> list[tuple[object, ...]]:
    rows = Item.objects.order_by("position")
    return list(rows.values_list("code", "competence_id", "scale", "text_lv", "text_en"))


def test_the_form_that_repeats_a_question_for_each_language(tmp_path: Path) -> None:
    imported(tmp_path, OLD)
    assert kept() == [
        ("K11a", "dccomp-1-1", "knowledge", "Es zinu & saprotu.", "I know."),
        ("S54", "dccomp-5-4", "skill", "Es protu.", ""),
    ]
    assert (ItemBank.objects.get().title_lv, ItemBank.objects.get().source) == ("Mazs tests", "Our own")


def test_the_form_with_a_table_of_languages(tmp_path: Path) -> None:
    imported(tmp_path, NEW)
    assert kept() == [("A26x", "dccomp-2-6", "attitude", "Es raugos.", "I watch.")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (BOMB, "line 2: a document type"),
        (THIEF, "line 2: a document type"),
        (OUTSIDE, "line 2: a document type"),
        (BOMB.replace("?>", ' encoding="utf-7"?>'), "line 1: "),
        (NEW.replace("Es raugos.", "&a;"), "line 8: undefined entity"),
        (ROUND, "line 4, item 1: every item of a bank is asked"),
        ("<document>\n<questions>", "line 2: no element found"),
        ("", "line 1: no element found"),
        ("<html></html>", "line 1: is no LimeSurvey structure"),
        ("<document>" + "<a>" * 5000, "line 1: elements stand too deep"),
        ("<document></document>", "no list “items”"),
        (NEW.replace("A26x", "Q1"), "line 4, item 1: the scale is missing"),
        (NEW.replace("A26x", "A99"), "line 4, item 1: “9.9” is no competence"),
        (
            NEW.replace("<relevance>", "<relevance>A26x.NAOK == 1"),
            "line 4, item 1: every item of a bank is asked",
        ),
        (NEW.replace("Es raugos.", ""), "line 4, item 1: “text_lv” is missing"),
        (OLD.replace("S54", "K11a"), "line 12, item 2: the code “K11a” stands at item 1 already"),
    ],
)
def test_what_is_faulty_is_refused_and_nothing_kept(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(CommandError, match=f"bank.lss: {reason}|bank.lss: has {reason}"):
        imported(tmp_path, text)
    assert not ItemBank.objects.exists()


def test_whose_items_they_are_must_be_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="the bank: “source” is missing"):
        imported(tmp_path, NEW, source="")


def test_a_text_of_very_many_lines_is_read_as_fast_as_one_line(tmp_path: Path) -> None:
    """Copying the text again with each line would take half an hour here."""
    begun = time.process_time()
    with pytest.raises(CommandError, match="“text_lv” is longer than 600"):
        imported(tmp_path, NEW.replace("Es raugos.", "a\n" * 2_000_000))
    assert time.process_time() - begun < 20


def test_two_questions_that_wait_for_each_other_are_refused_both(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refusal:
        imported(tmp_path, ROUND)
    assert [line.partition(": every")[0] for line in str(refusal.value).splitlines()] == [
        "bank.lss: line 4, item 1",
        "bank.lss: line 5, item 2",
    ]
    assert not ItemBank.objects.exists()
