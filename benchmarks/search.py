"""How fast the search engine of the catalogue is: `python -m benchmarks.search [programmes]`.

The catalogue is invented from syllables with Latvian endings, always the same for the same size. Prints one
line for each kind of query: milliseconds in the middle (p50) and of the slowest twentieth (p95), all facets
counted, a page of 20 results with snippets.
"""

import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import cycle, islice
from random import Random
from statistics import quantiles
from time import perf_counter

from stars.catalogue.search.engine import CatalogueIndex
from stars.catalogue.search.types import (
    REMOTE,
    CatalogueQuery,
    Facet,
    GroupDocument,
    OfferDocument,
    ProgrammeDocument,
)

NOW = 1_795_000_000.0
DAY = 86_400
FIRST_DAY = date(2026, 11, 18)
SCHEMES = ("imk", "mn", "varam")
MUNICIPALITIES = tuple(f"{number * 1000:07d}" for number in range(1, 43))
REGIONS = ("region-kurzeme", "region-latgale", "region-riga", "region-vidzeme", "region-zemgale")
FIELDS = tuple(f"nozare-{number}" for number in range(16))
KINDS = tuple(f"veids-{number}" for number in range(9))
ONSETS = (
    "b",
    "c",
    "d",
    "f",
    "g",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "z",
    "š",
    "č",
    "ž",
    "st",
    "pr",
    "kr",
    "tr",
    "sk",
    "gr",
    "pl",
)
VOWELS = ("a", "e", "i", "u", "ā", "ē", "ī", "ū", "o", "ie", "au", "ai")
ENDINGS = ("a", "as", "u", "s", "i", "es", "e", "šana", "šanas", "tājs", "iem", "ā")


def synthetic(
    programmes: int, *, groups: int = 3, vocabulary: int = 5_000, seed: int = 1
) -> list[ProgrammeDocument]:
    """That many programmes with so many groups each (about), their words as uneven in use as those of a language."""
    random = Random(seed)
    stems = _stems(random, vocabulary)
    commonness = [1 / (rank + 8) for rank in range(vocabulary)]

    def prose(length: int) -> str:
        chosen = random.choices(stems, commonness, k=length)
        return " ".join(stem + random.choice(ENDINGS) for stem in chosen)

    group_ids = iter(range(1, programmes * groups * 2 + 1))
    return [
        ProgrammeDocument(
            id=number,
            title=prose(random.randint(2, 7)).capitalize(),
            institution=f"iestade-{number % max(50, programmes // 40)}",
            institution_name=f"{stems[number % max(50, programmes // 40)].capitalize()}u tehnikums",
            kind=random.choice(KINDS),
            field=random.choice(FIELDS),
            qualifications=(f"kvalifikacija-{random.randrange(150)}",) if random.random() < 0.4 else (),
            digcomp_areas=tuple(str(area) for area in range(1, 6) if random.random() < 0.2),
            digcomp_level=random.choice((None, 1, 2, 3, 4, 5, 6, 7, 8)),
            summary=prose(30) + ".",
            contents="\n".join(f"- {prose(10)}" for _ in range(8)),
            outcomes=prose(25),
            keywords=(prose(1), prose(2)),
            published_at=NOW - random.randrange(500) * DAY,
            groups=tuple(_group(random, next(group_ids)) for _ in range(random.randint(1, groups * 2 - 1))),
        )
        for number in range(1, programmes + 1)
    ]


def _stems(random: Random, count: int) -> list[str]:
    stems: dict[str, None] = {}
    while len(stems) < count:
        syllables = (random.choice(ONSETS) + random.choice(VOWELS) for _ in range(random.randint(2, 4)))
        stems["".join(syllables) + random.choice("bdgklmnprstvz")] = None
    return list(stems)


def _group(random: Random, number: int) -> GroupDocument:
    municipality = random.randrange(len(MUNICIPALITIES))
    places = (MUNICIPALITIES[municipality], REGIONS[municipality % len(REGIONS)])
    starts_on = FIRST_DAY + timedelta(days=random.randrange(-30, 300))
    return GroupDocument(
        id=number,
        places=(REMOTE,) if random.random() < 0.15 else places,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=60),
        seats_free=random.randrange(20),
        offers=tuple(
            OfferDocument(
                scheme,
                NOW + random.randrange(-60, 20) * DAY,
                NOW + random.randrange(20, 60) * DAY,
                50_000,
                2_500,
            )
            for scheme in SCHEMES
            if random.random() < 0.5
        ),
    )


def queries(documents: Sequence[ProgrammeDocument]) -> dict[str, list[CatalogueQuery]]:
    """The typical queries, fifty of each kind, with words taken from the catalogue."""
    titles = [document.title.split() for document in islice(cycle(documents[::7]), 50)]
    two_facets = {Facet.FIELD: (FIELDS[0], FIELDS[1], FIELDS[2]), Facet.SCHEME: ("mn",)}
    group_facets = {
        Facet.PLACE: ("region-riga",),
        Facet.SCHEME: ("mn",),
        Facet.START_MONTH: ("2026-12", "2027-01"),
    }

    def of_each(query_of: Callable[[list[str]], str], **conditions: object) -> list[CatalogueQuery]:
        return [CatalogueQuery(now=NOW, q=query_of(title), **conditions) for title in titles]  # type: ignore[arg-type]

    return {
        "no query": of_each(lambda _title: ""),
        "three facets of groups": of_each(lambda _title: "", chosen=group_facets),
        "query": of_each(lambda title: " ".join(title[:2])),
        "query and two facets": of_each(lambda title: title[0], chosen=two_facets),
        "typing error": of_each(lambda title: _misspelt(title[0]) + " "),
        "prefix": of_each(lambda title: title[0][:3]),
        "phrase": of_each(lambda title: f"„{title[0]} {title[1]}”"),
        "nothing found": of_each(lambda title: title[0][::-1] + "xq " + title[1]),
    }


def _misspelt(word: str) -> str:
    middle = len(word) // 2
    return word[:middle] + word[middle + 1 :]


def _milliseconds(call: Callable[[], object]) -> float:
    begun = perf_counter()
    call()
    return (perf_counter() - begun) * 1_000


def run(programmes: int = 10_000) -> dict[str, tuple[float, float]]:
    """Builds, asks, prints.

    Returns p50 and p95 in milliseconds by kind of query, and the time of both builds.
    """
    documents = synthetic(programmes)
    groups = sum(len(document.groups) for document in documents)
    built: list[CatalogueIndex] = []
    build = _milliseconds(lambda: built.append(CatalogueIndex.build(documents)))
    index = built[0]
    rebuild = [_milliseconds(lambda: index.with_changed(documents[:1])) for _ in range(3)]
    figures = {"build": (build, build), "one programme changed": (min(rebuild), max(rebuild))}
    print(f"{programmes} programmes, {groups} groups")
    for kind, asked in queries(documents).items():
        times = [_milliseconds(partial(index.search, query)) for query in asked * 2]
        cuts = quantiles(times, n=20)
        figures[kind] = (cuts[9], cuts[18])
    for kind, (middle, slow) in figures.items():
        print(f"{kind:24} p50 {middle:9.2f} ms   p95 {slow:9.2f} ms")
    return figures


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
