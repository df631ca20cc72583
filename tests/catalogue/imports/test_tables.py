"""Files of every dialect, and files that want to do harm."""

import zipfile
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook
from tests.catalogue.imports.conftest import row

from stars.actors.actor import SYSTEM
from stars.catalogue.imports import tables
from stars.catalogue.imports.tables import Formula, Unreadable, read_table
from stars.catalogue.models import Group, Programme
from stars.catalogue.operations.imports import import_programmes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1257", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_of_every_dialect(csv_file, institution, encoding, delimiter):
    path = csv_file(row(Sākums="11.01.2027.", Beigas="2027-03-26"), encoding=encoding, delimiter=delimiter)
    assert import_programmes(path, by=SYSTEM).faults == ()
    programme = Programme.objects.get()
    assert (programme.title, programme.contents) == (
        "Metināšana kāpurlodēm",
        "- Drošība\n- Šuves\n- Kontrole",
    )
    assert Group.objects.get().starts_on == date(2027, 1, 11)


def test_headings_may_be_typed_carelessly(csv_file):
    path = csv_file({" PROGRAMMAS  Nosaukums ": "a", "macibu nozare": "b"})
    assert read_table(path).rows[0].cells == {"programmas nosaukums": "a", "macibu nozare": "b"}


def test_empty_rows_and_columns_are_passed_over_and_counted(xlsx, institution):
    path = xlsx(row())
    book = load_workbook(path)
    book.active.insert_rows(1)
    book.active.insert_rows(3, amount=2)
    book.active.cell(row=8, column=40, value="   ")
    book.active["D5"] = "?"
    book.save(path)
    report = import_programmes(path, by=SYSTEM)
    assert [(fault.row, fault.column) for fault in report.faults] == [(5, "Programmas veids")]


def test_a_million_empty_rows_are_no_work(xlsx, institution):
    path = xlsx(row())
    book = load_workbook(path)
    book.active.cell(row=1_000_000, column=1, value=" ")
    book.save(path)
    assert import_programmes(path, by=SYSTEM).added == 1


def test_numbers_that_spreadsheets_make_of_codes(xlsx, institution):
    path = xlsx(
        row(Iestādes_reģistrācijas_numurs=90000000123.0, Programmas_kods=17.0, Īstenošanas_vieta="0026000")
    )
    assert import_programmes(path, by=SYSTEM).faults == ()
    assert Programme.objects.get().code == "17"


@pytest.mark.parametrize("formula", ['=HYPERLINK("http://x.example";"a")', "=1+1", "=cmd|' /C calc'!A0"])
def test_formulas_are_refused(xlsx, csv_file, institution, formula):
    for path in (xlsx(row(Programmas_nosaukums=formula)), csv_file(row(Programmas_nosaukums=formula))):
        faults = import_programmes(path, by=SYSTEM).faults
        assert (faults[0].row, faults[0].column) == (2, "Programmas nosaukums")
        assert faults[0].message == "The cell holds a formula; write the value instead."
    assert Programme.objects.count() == 0


def test_a_failed_formula_is_no_text(tmp_path):
    book = Workbook()
    book.active.append(["terms"])
    book.active.append(["#REF!"])
    book.active["A2"].data_type = "e"
    book.save(tmp_path / "a.xlsx")
    assert read_table(tmp_path / "a.xlsx").rows[0].cells == {"terms": Formula("#REF!")}


def test_unseen_characters_are_refused(csv_file, institution):
    path = csv_file(row(Programmas_nosaukums="Metinā\x07šana"))
    assert [fault.message for fault in import_programmes(path, by=SYSTEM).faults] == [
        "The cell holds characters that cannot be shown."
    ]


def test_letters_with_loose_marks_become_one_letter(csv_file, institution):
    import_programmes(csv_file(row(Programmas_nosaukums="Metina\u0304šana")), by=SYSTEM)
    assert Programme.objects.get().title == "Metināšana"


def test_a_row_with_more_cells_than_headings_is_told(csv_file, institution):
    path = csv_file(row())
    path.write_text(path.read_text(encoding="utf-8").rstrip() + ",surplus\n", encoding="utf-8")
    faults = import_programmes(path, by=SYSTEM).faults
    assert [fault.message for fault in faults] == ["The row has more cells than the heading."]


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("a.csv", b"", "The file is empty."),
        ("a.csv", b"\n\n;;;\n", "The file is empty."),
        ("a.csv", b"terms,terms\na,b\n", "A column is given twice: terms."),
        ("a.csv", b'terms\n"never closed\n', "The CSV file is broken near line 2"),
        ("a.csv", b"terms\n" + b"x" * 200_000 + b"\n", "The CSV file is broken near line 2"),
        ("a.csv", b"terms\n\x81\x83\xff\n", "The encoding of the file is not known."),
        ("a.csv", b"terms\na\0b\n", "The encoding of the file is not known."),
        ("a.csv", b"\xff\xfet\0e", "The encoding of the file is not known."),
        ("a.xlsx", b"PK\x03\x04 no zip at all", "This is no XLSX file, or it is broken."),
        ("a.xlsx", b"<html>", "This is no XLSX file, or it is broken."),
        ("a.xls", b"\xd0\xcf\x11\xe0", "The file must be .xlsx or .csv."),
        ("a.ods", b"PK", "The file must be .xlsx or .csv."),
    ],
)
def test_unusable_files_are_refused_in_words(tmp_path, db, name, content, complaint):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=complaint):
        import_programmes(path, by=SYSTEM)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="cannot be opened"):
        read_table(tmp_path / "none.csv")


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as packed:
        packed.writestr("a.txt", "no workbook")
    with pytest.raises(Unreadable, match="no XLSX file"):
        read_table(tmp_path / "a.xlsx")


def test_a_zip_bomb_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "MAX_UNPACKED_BYTES", 1_000_000)
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"\0" * 2_000_000)
    with pytest.raises(Unreadable, match="too large when unpacked"):
        read_table(tmp_path / "a.xlsx")


def test_entities_that_grow_are_not_expanded(tmp_path, xlsx):
    path = xlsx({"terms": "a"})
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "'
        + "a" * 1_000
        + '">'
        + "".join(f'<!ENTITY {chr(98 + step)} "{f"&{chr(97 + step)};" * 10}">' for step in range(9))
    )
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    parts["xl/worksheets/sheet1.xml"] = (bomb + "]>" + sheet.replace("<t>", "<t>&j;")).encode()
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    with pytest.raises(Unreadable):
        read_table(path)


def test_a_file_broken_anywhere_is_read_or_refused_in_words(tmp_path, xlsx):
    whole = xlsx(*[{"terms": f"a{number}", "day": date(2026, 1, 1)} for number in range(20)]).read_bytes()
    path, refused = tmp_path / "broken.xlsx", 0
    for place in range(0, len(whole), 41):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            read_table(path)
        except Unreadable as unreadable:
            assert str(unreadable) == "This is no XLSX file, or it is broken."  # noqa: PT017
            refused += 1
    assert refused > 30


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/worksheets/sheet1.xml", '<c r="A2" t="inlineStr">', '<c r="A2" t="s"><v>9</v>'),
        ("xl/worksheets/sheet1.xml", '<row r="2"', '<row r="two"'),
        ("xl/worksheets/sheet1.xml", "<sheetData>", "<sheetData><row>"),
        ("xl/workbook.xml", "sheetId=", "state='none' sheetId="),
        ("xl/styles.xml", "<fonts", "<fonts count='many'><font><sz val='x'/></font></fonts><fonts"),
    ],
)
def test_parts_that_contradict_the_format_are_refused_in_words(xlsx, part, old, new):
    path = xlsx({"terms": "a"})
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    changed = parts[part].decode().replace(old, new)
    assert changed != parts[part].decode()
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in (parts | {part: changed.encode()}).items():
            packed.writestr(name, content)
    with pytest.raises(Unreadable, match="no XLSX file"):
        read_table(path)


def test_a_file_locked_by_a_password_is_refused_in_words(xlsx):
    path = xlsx({"terms": "a"})
    content = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(signature)
        while place >= 0:
            content[place + flags] |= 1
            place = content.find(signature, place + 4)
    path.write_bytes(content)
    with pytest.raises(Unreadable, match="no XLSX file"):
        read_table(path)


def test_large_files_and_long_tables_are_refused(csv_file, monkeypatch):
    path = csv_file({"terms": "a"}, {"terms": "b"})
    monkeypatch.setattr(tables, "MAX_ROWS", 1)
    with pytest.raises(Unreadable, match="more than 1 rows"):
        read_table(path)
    monkeypatch.setattr(tables, "MAX_BYTES", 5)
    with pytest.raises(Unreadable, match="larger than"):
        read_table(path)


@pytest.mark.usefixtures("institution")
def test_unknown_and_missing_columns_are_named(csv_file):
    with pytest.raises(Unreadable, match="Unknown columns: Cena, Piezīmes"):
        import_programmes(csv_file(row(Cena=1, Piezīmes="")), by=SYSTEM)
    without = {name: value for name, value in row().items() if name not in ("Stundas", "Mācību forma")}
    with pytest.raises(Unreadable, match="Columns are missing: Stundas, Mācību forma"):
        import_programmes(csv_file(without), by=SYSTEM)
