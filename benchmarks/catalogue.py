"""The platform with 10 000 programmes and 30 000 groups behind the real server: pages, changes, memory, weight."""

import http.client
import os
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from random import Random
from statistics import median
from typing import Final
from urllib.parse import urlencode

import django

from benchmarks import memory, site
from benchmarks.figures import Figure
from benchmarks.load import HOST, Outcome, burst, request_for
from benchmarks.site import EMPTY, Site
from benchmarks.weight import FIRST_PAGES, LIMIT, Sent, decoded, first_visit

PROGRAMMES: Final = 10_000
CATALOGUE: Final = "/programmas/"
BROWSERS_ACCEPT: Final = "gzip, deflate, br"
_ROUNDS: Final = 5
_SECONDS: Final = 1.5
_CHANGES: Final = 9
_SECONDS_TO_SEE: Final = 20
_SCHEMES: Final = ("imk", "mn", "varam")
_REGIONS: Final = ("region-riga", "region-kurzeme", "region-latgale", "region-vidzeme", "region-zemgale")


def run(folder: Path, names: list[str]) -> list[Figure]:
    """Fill a database of its own, start the server, measure what is named."""
    site.make_ready(folder)
    django.setup()
    from benchmarks import answers, content, queue  # noqa: PLC0415  models can be imported only now
    from benchmarks.opening import run as opening  # noqa: PLC0415
    from stars.applications.enums import Status  # noqa: PLC0415
    from stars.applications.models import Application  # noqa: PLC0415

    figures: list[Figure] = []
    crowds = {
        "opening": lambda running: opening.measure(running, dict(os.environ)),
        "answers": answers.measure,
    }
    for name in [name for name in crowds if name in names]:
        with site.running() as running:
            figures += crowds[name](running)
    if "queue" in names:
        figures += queue.measure(Application.objects.filter(scheme="MN", status=Status.SUBMITTED)[0])
    of_catalogue = [name for name in names if name in _OF_CATALOGUE]
    if of_catalogue and of_catalogue != names:
        content.anew()
    return _of_catalogue(of_catalogue) + figures if of_catalogue else figures


def _of_catalogue(names: list[str]) -> list[Figure]:
    """What is measured with the demonstration, and then with many programmes."""
    from benchmarks import content  # noqa: PLC0415  models can be imported only after the setup

    figures: list[Figure] = []
    if "memory" in names:
        with site.running() as running:
            figures += _memory(running, f"with the demonstration's {content.count():,} programmes")
    print(f"  {content.fill(PROGRAMMES)}", flush=True)
    with site.running() as running:
        for connection in running.workers.values():
            connection.ask(request_for(CATALOGUE))
        if "pages" in names:
            figures = _pages(running, content.titles()) + figures
        if "changes" in names:
            figures += _changes(running, content.change_title)
        if "memory" in names:
            figures += _memory(running, f"with {PROGRAMMES:,} programmes, after the load")
        if "weight" in names:
            figures += _weight(running)
    return figures


def addresses(titles: list[tuple[str, str]], *, seed: int = 1) -> Iterator[str]:
    """Searches with two facets, no two alike: words of titles, a source, and the title's own field or a region."""
    chance = Random(seed)
    seen = set()
    while True:
        title, field = chance.choice(titles)
        words = title.replace(":", "").split()
        start = chance.randrange(len(words))
        query = {
            "q": " ".join(words[start : start + chance.randint(1, 2)]),
            "finansejums": chance.choice(_SCHEMES),
            **({"nozare": field} if chance.random() < 0.5 else {"vieta": chance.choice(_REGIONS)}),
        }
        address = f"{CATALOGUE}?{urlencode(query)}"
        if address not in seen:
            seen.add(address)
            yield address


def _pages(running: Site, titles: list[tuple[str, str]]) -> list[Figure]:
    """Each kind of request in turn, several times over, so that what else the machine does meets all of them."""
    asked = addresses(titles)
    kinds: dict[str, Iterator[bytes]] = {
        "empty": cycle([request_for(EMPTY, encodings=BROWSERS_ACCEPT)]),
        "uncached": (request_for(each, encodings=BROWSERS_ACCEPT) for each in asked),
        "repeated": cycle([request_for(next(asked), encodings=BROWSERS_ACCEPT)]),
    }
    for requests in kinds.values():
        burst(running.port, requests, seconds=_SECONDS)
    outcomes: dict[str, list[Outcome]] = {kind: [] for kind in kinds}
    for _ in range(_ROUNDS):
        for kind, requests in kinds.items():
            outcomes[kind].append(burst(running.port, requests, seconds=_SECONDS))
    rate = {kind: median(each.rate for each in bursts) for kind, bursts in outcomes.items()}
    share = {
        kind: 100
        * median(one.rate / empty.rate for one, empty in zip(bursts, outcomes["empty"], strict=True))
        for kind, bursts in outcomes.items()
    }
    own = max(each.own_share for bursts in outcomes.values() for each in bursts)
    return [
        Figure("empty page", rate["empty"], "/s", digits=0),
        Figure("catalogue, a search and two facets, each time another", rate["uncached"], "/s", digits=0),
        Figure("  share of the empty page's rate", share["uncached"], "%", target=10, at_least=True),
        Figure("catalogue, the same address again", rate["repeated"], "/s", digits=0),
        Figure("  share of the empty page's rate", share["repeated"], "%", target=50, at_least=True),
        Figure("the load generator's own share of a core, at most", 100 * own, "%", digits=0),
    ]


def _changes(running: Site, change_title: Callable[[int, str], int]) -> list[Figure]:
    """Change titles one after another, each time until all processes find the programme by its new title."""
    chance = Random(2)
    took = []
    for number in range(_CHANGES):
        word = "".join(chance.choices("bdgklmnprstvz", k=14))
        time.sleep(chance.random() / 2)  # at any moment of the processes' own rhythm
        programme = change_title(number * 7, f"Mērīšana {word}")
        begun = time.perf_counter()
        took.append(_seen_by_all(running, word, programme) - begun)
    return [
        Figure(
            f"a change is seen by all {len(running.workers)} processes: median",
            median(took),
            "s",
            1,
            digits=2,
        ),
        Figure(f"  at most, of {_CHANGES}", max(took), "s", 1, digits=2),
    ]


def _seen_by_all(running: Site, word: str, programme: int) -> float:
    """When the last process answered with the programme. Raises TimeoutError."""
    request, card = request_for(f"{CATALOGUE}?q={word}"), f'id="programme-{programme}"'.encode()
    waiting = dict(running.workers)
    deadline = time.perf_counter() + _SECONDS_TO_SEE
    while waiting:
        for process, connection in list(waiting.items()):
            if card in connection.ask(request):
                del waiting[process]
        if time.perf_counter() > deadline:
            raise TimeoutError(f"processes {sorted(waiting)} do not see a change")
        time.sleep(0.01)
    return time.perf_counter()


def _memory(running: Site, when: str) -> list[Figure]:
    """The larger of the processes."""
    sizes = []
    for process, connection in running.workers.items():
        connection.ask(request_for(CATALOGUE))
        sizes.append(memory.megabytes(process))
    resident, proportional = max(sizes)
    return [
        Figure(f"memory of a process {when}: RSS", resident, "MB", digits=0),
        Figure("  PSS", proportional, "MB", digits=0),
    ]


def _weight(running: Site) -> list[Figure]:
    """The pages that people come in by."""
    names = {"/": "landing page", CATALOGUE: "catalogue"}
    figures = []
    for page in FIRST_PAGES:
        parts = first_visit(page, lambda address: _fetch(running.port, address))
        figures.append(
            Figure(
                f"first visit, {names[page]}, {len(parts)} answers without fonts",
                sum(parts.values()) / 1000,
                "kB",
                LIMIT / 1000,
            )
        )
    return figures


def _fetch(port: int, address: str) -> Sent:
    """One answer as a browser gets it."""
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    connection.request("GET", address, headers={"Accept-Encoding": BROWSERS_ACCEPT})
    answer = connection.getresponse()
    body = answer.read()
    encoding = answer.headers.get("Content-Encoding", "")
    connection.close()
    if answer.status != http.client.OK:
        raise http.client.HTTPException(f"{address}: {answer.status}")
    return Sent(len(body), decoded(body, encoding).decode(errors="replace"))


_OF_CATALOGUE: Final = {"pages", "changes", "memory", "weight"}
MEASURES: Final = ("pages", "changes", "memory", "weight", "opening", "answers", "queue")
