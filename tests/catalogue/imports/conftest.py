"""Files as staff make them: a whole row of a programme, written as CSV in some dialect or as XLSX."""

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from openpyxl import Workbook
from tests.factories import OrganisationFactory, RoundFactory

from stars.organisations.models import Organisation

NUMBER = "90000000123"
ROW: dict[str, Any] = {
    "Iestādes reģistrācijas numurs": NUMBER,
    "Programmas kods": "MET-01",
    "Programmas nosaukums": "Metināšana kāpurlodēm",
    "Programmas veids": "Profesionālās pilnveides programma",
    "Mācību nozare": "Metālapstrāde, mašīnbūve un mašīnzinības",
    "Stundas": 160,
    "Mācību forma": "klātienē",
    "Īss apraksts": "Metinātājiem ar pieredzi.",
    "Programmas saturs": "• Drošība\n2. Šuves\n- Kontrole",
    "Prasības iepriekšējai izglītībai": "Pamatizglītība.",
    "Prasības iepriekšējām zināšanām": "Metināšanas pamati.",
    "Iegūstamais dokuments": "Apliecība par profesionālās pilnveides izglītību",
    "Publicēt": "jā",
    "Grupa": "1. grupa",
    "Īstenošanas vieta": "Cēsu novads",
    "Sākums": date(2027, 1, 11),
    "Beigas": date(2027, 3, 26),
    "Norises laiks": "Darbdienu vakaros",
    "Vietu skaits": 12,
    "MN kārta": "3. kārta",
    "MN cena": 640,
    "MN līdzmaksājums": 64,
}


@pytest.fixture(autouse=True)
def english() -> Any:
    """Messages are compared in the language in which they are written in the code."""
    with translation.override("en"):
        yield


@pytest.fixture
def institution(db: None) -> Organisation:
    """The institution of the rows, and the round that they name."""
    RoundFactory(scheme="MN", name="3. kārta")
    return OrganisationFactory(registration_number=NUMBER)


def row(**changed: Any) -> dict[str, Any]:
    """A whole row; names are headings with "_" for each blank."""
    return ROW | {name.replace("_", " "): value for name, value in changed.items()}


@pytest.fixture
def xlsx(tmp_path: Path) -> Callable[..., Path]:
    """Writes rows as a workbook."""

    def write(*rows: dict[str, Any]) -> Path:
        book = Workbook()
        headings = list(dict.fromkeys(name for one in rows for name in one))
        book.active.append(headings)
        for one in rows:
            book.active.append([one.get(name) for name in headings])
        path = tmp_path / "programmas.xlsx"
        book.save(path)
        return path

    return write


@pytest.fixture
def csv_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes rows as CSV."""

    def write(*rows: dict[str, Any], encoding: str = "utf-8", delimiter: str = ",") -> Path:
        text = io.StringIO(newline="")
        headings = list(dict.fromkeys(name for one in rows for name in one))
        writer = csv.DictWriter(text, headings, delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
        path = tmp_path / "programmas.csv"
        path.write_bytes(text.getvalue().encode(encoding))
        return path

    return write
