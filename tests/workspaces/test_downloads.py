"""Files to keep, as they come over HTTP."""

from urllib.parse import quote

import pytest
from django.test import Client

from stars.common import clock
from stars.workspaces.downloads import download

HISTORY = "/profils/vesture/kopija"
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


@pytest.mark.parametrize(("kind", "content_type"), TYPES.items())
def test_a_file_comes_under_its_latvian_name(tab: Client, kind: str, content_type: str) -> None:
    """What it is, what it is called, that no browser guesses, and that nothing stays in a cache."""
    answer = tab.get(f"{HISTORY}.{kind}")
    said = (
        "Content-Type",
        "Content-Disposition",
        "X-Content-Type-Options",
        "Cache-Control",
    )
    assert answer.status_code == 200
    assert [answer[name] for name in said] == [
        content_type,
        f"attachment; filename*=utf-8''{quote(f'vēsture-{clock.today()}.{kind}')}",
        "nosniff",
        "no-store",
    ]


def test_there_is_no_other_kind(tab: Client) -> None:
    assert tab.get(f"{HISTORY}.exe").status_code == 404


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("STARS-2026-000042.pdf", 'attachment; filename="STARS-2026-000042.pdf"'),
        ("rezultāti-7.xlsx", "attachment; filename*=utf-8''rezult%C4%81ti-7.xlsx"),
        ('a"b\\c.csv', 'attachment; filename="a\\"b\\\\c.csv"'),
    ],
)
def test_a_name_stays_one_name(name: str, said: str) -> None:
    assert download(b"", name)["Content-Disposition"] == said


@pytest.mark.parametrize("name", ["table.exe", "table", ".pdf"])
def test_what_is_no_kind_of_ours_is_refused(name: str) -> None:
    with pytest.raises(KeyError):
        download(b"", name)
