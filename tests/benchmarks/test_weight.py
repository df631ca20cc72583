"""A first visit weighs at most 150 kB on the wire, fonts apart; and the scale that weighs it works."""

import gzip
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from benchmarks.weight import FIRST_PAGES, LIMIT, Sent, decoded, first_visit
from django.contrib.staticfiles import finders
from django.test import Client

from stars.demo import operations


@pytest.fixture
def fetch(client: Client) -> Callable[[str], Sent]:
    """Pages as the platform sends them to a browser, styles and scripts in the form that production keeps ready."""

    def get(address: str) -> Sent:
        if address.startswith("/static/"):
            found = finders.find(address.removeprefix("/static/"))
            assert isinstance(found, str), address
            plain = Path(found).read_bytes()
            return Sent(len(brotli.compress(plain)), plain.decode())
        answer = client.get(address, headers={"accept-encoding": "gzip, deflate, br"})
        assert answer.status_code == 200, address
        body = decoded(answer.content, answer.headers.get("Content-Encoding", ""))
        return Sent(len(answer.content), body.decode())

    return get


def test_a_first_visit_is_light(fetch: Callable[[str], Sent], db: None) -> None:
    operations.make_anew()
    for page in FIRST_PAGES:
        parts = first_visit(page, fetch)
        assert {
            "/static/ui/theme.css",
            "/static/ui/page.js",
            "/static/vendor/designsystemet/index.css",
        } <= set(parts)
        assert sum(parts.values()) <= LIMIT, sorted(parts.items(), key=lambda part: -part[1])


def test_everything_that_a_page_loads_is_weighed_once() -> None:
    answers = {
        "/": '<link rel="stylesheet" href="/a.css"><link rel="canonical" href="/elsewhere">'
        '<link rel="preload" href="/f.woff2"><script type="module" src="/j/one.js"></script><img src="data:x">',
        "/a.css": '@import "b.css"; @font-face {src: url(f.woff2)} i {background: url("/i.svg#part")}',
        "/b.css": '@import url("a.css");',
        "/i.svg": "",
        "/j/one.js": 'import {a} from "./two.js"; import "../j/three.js";',
        "/j/two.js": "",
        "/j/three.js": "",
    }
    parts = first_visit("/", lambda address: Sent(10, answers[address]))
    assert parts == dict.fromkeys(answers, 10)


@pytest.mark.parametrize(
    ("encoding", "sent"),
    [("", b"abc"), ("gzip", gzip.compress(b"abc", mtime=0)), ("br", brotli.compress(b"abc"))],
)
def test_bodies_are_read_as_they_were_written(encoding: str, sent: bytes) -> None:
    assert decoded(sent, encoding) == b"abc"
