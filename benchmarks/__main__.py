"""`make bench`: the figures of speed, measured in one run on this machine.

    python -m benchmarks [search] [pages] [changes] [memory] [weight] [opening] [answers] [queue]

Without names all are measured. A missed target is said, and is no error.
"""

import argparse
import os
import time

from benchmarks import catalogue, figures, search, site


def main() -> None:
    """Measure what is named, print one table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="The figures of speed.")
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(("search", *catalogue.MEASURES)))
    asked = parser.parse_args().names or ["search", *catalogue.MEASURES]
    if unknown := set(asked) - {"search", *catalogue.MEASURES}:
        parser.error(f"nothing is called {', '.join(sorted(unknown))}")
    begun = time.monotonic()
    found: list[figures.Figure] = []
    if "search" in asked:
        print("The search engine by itself:", flush=True)
        found += _engine()
    if pages := [name for name in catalogue.MEASURES if name in asked]:
        print("The platform:", flush=True)
        found += catalogue.run(site.temporary_folder(), pages)
    print(f"\n{figures.table(found)}\n\n{os.cpu_count()} cores, {time.monotonic() - begun:.0f} s in all")


def _engine() -> list[figures.Figure]:
    """The engine's own figures; the promise is about a search with all facets counted."""
    measured = search.run()
    middle, slow = measured["query and two facets"]
    changed, _ = measured["one programme changed"]
    return [
        figures.Figure("search, two facets chosen, all counted: p50", middle, "ms", target=2, digits=2),
        figures.Figure("search, two facets chosen, all counted: p95", slow, "ms", target=2, digits=2),
        figures.Figure("index made anew after one change", changed, "ms", digits=0),
    ]


if __name__ == "__main__":
    main()
