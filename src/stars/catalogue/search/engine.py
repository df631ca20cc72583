"""The catalogue in memory.

One immutable index, asked by any number of threads, replaced as a whole when it changes.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from stars.catalogue.search.facets import Selection
from stars.catalogue.search.hits import groups_meeting, hit
from stars.catalogue.search.lexicon import Lexicon, ReadProgramme
from stars.catalogue.search.ordering import Moment, first_places, ordered
from stars.catalogue.search.parsing import parse
from stars.catalogue.search.rows import columns_of
from stars.catalogue.search.snippets import marked
from stars.catalogue.search.suggestions import completed, did_you_mean
from stars.catalogue.search.synonyms import Synonyms
from stars.catalogue.search.text_index import NO_MARKS, TextIndex, TextMatch
from stars.catalogue.search.timeline import Timeline
from stars.catalogue.search.types import (
    CatalogueQuery,
    Chip,
    Completion,
    Facet,
    Hit,
    ProgrammeDocument,
    SearchResult,
)

_RIGA: Final = ZoneInfo("Europe/Riga")
_MOST_COMPLETED_QUERIES: Final = 3
_TITLES_LOOKED_THROUGH: Final = 60


class CatalogueIndex:
    """All published programmes, searchable. Make one with `build`, the next with `with_changed`."""

    def __init__(self, programmes: Iterable[ReadProgramme], lexicon: Lexicon, synonyms: Synonyms) -> None:
        """`lexicon` is the one the programmes were read with; their order does not matter."""
        self._read = {
            each.document.id: each for each in sorted(programmes, key=lambda each: each.document.id)
        }
        self._lexicon = lexicon
        self._synonyms = synonyms
        self._documents: Sequence[ProgrammeDocument] = [each.document for each in self._read.values()]
        self._text = TextIndex(tuple(self._read.values()), lexicon, synonyms)
        self._columns, self._rows = columns_of(self._documents)
        self._timeline = Timeline(self._rows)
        self._ordered = ordered(self._documents)

    @classmethod
    def build(
        cls, documents: Iterable[ProgrammeDocument], synonyms: Iterable[Sequence[str]] = ()
    ) -> "CatalogueIndex":
        """An index of the documents; of two with one id the last counts. A synonym is a group of equal phrases."""
        lexicon = Lexicon()
        latest = {document.id: document for document in documents}
        return cls([lexicon.read(document) for document in latest.values()], lexicon, Synonyms(synonyms))

    def with_changed(
        self,
        documents: Iterable[ProgrammeDocument],
        removed_ids: Iterable[int] = (),
        synonyms: Iterable[Sequence[str]] | None = None,
    ) -> "CatalogueIndex":
        """A new index with documents added or replaced, and others removed; this one stays as it is.

        Only the documents given are read; `synonyms` replace all earlier ones, None keeps them.
        """
        lexicon = Lexicon(self._lexicon)
        read = dict(self._read)
        for removed in removed_ids:
            read.pop(removed, None)
        read.update({document.id: lexicon.read(document) for document in documents})
        return CatalogueIndex(
            read.values(), lexicon, self._synonyms if synonyms is None else Synonyms(synonyms)
        )

    def __len__(self) -> int:
        return len(self._documents)

    def programme(self, programme_id: int) -> ProgrammeDocument | None:
        """The programme with that id; None if it is not in the catalogue."""
        read = self._read.get(programme_id)
        return None if read is None else read.document

    def search(self, query: CatalogueQuery) -> SearchResult:
        """One page of the programmes that meet the query, with counts for every facet.

        A query without any word in it asks for nothing in particular: all programmes. A page beyond the last
        is the last.
        """
        match = self._text.search(query.q)
        present = self._timeline.at(query.now, _day(query.now).toordinal())
        selection = Selection(
            self._columns,
            self._rows,
            among=None if match is None else match.found,
            chosen=query.chosen,
            present=present,
            open_only=query.open_only,
        )
        total = len(selection.found)
        pages = max(1, -(-total // query.page_size))
        page = min(max(query.page, 1), pages)
        scores = None if match is None else match.scores
        moment = Moment(self._rows, selection.row_mask, scores, present)
        last = page * query.page_size
        places = first_places(selection.found, query.sort, self._ordered, moment, last)
        return SearchResult(
            total=total,
            page=page,
            pages=pages,
            hits=tuple(
                self._hit(place, selection, match) for place in places[last - query.page_size :].tolist()
            ),
            facets=selection.counts(),
            chips=_chips(query),
            open_total=selection.count_open(),
            suggestion=self._suggestion(query, match),
            relaxed=match is not None and match.relaxed,
        )

    def complete(self, typed: str, limit: int = 8) -> tuple[Completion, ...]:
        """Proposals while typing.

        The last word completed (at most three), then titles that have what is typed.
        """
        queries = completed(typed, self._text, _MOST_COMPLETED_QUERIES)
        proposals = [Completion(query, None) for query in queries] + list(self._titles(typed))
        return tuple(proposals[:limit])

    def _titles(self, typed: str) -> Iterable[Completion]:
        match = self._text.search(typed)
        if match is None or match.relaxed:
            return
        wanted = sum(len(clause.words) for clause in parse(typed))
        best = np.lexsort((self._ordered.title_rank, -match.scores))
        for place in islice(best.tolist(), min(int(np.count_nonzero(match.found)), _TITLES_LOOKED_THROUGH)):
            document = self._documents[place]
            if (
                sum(
                    segment.is_match
                    for segment in marked(document.title, self._text.marks(match, place).title)
                )
                >= wanted
            ):
                yield Completion(document.title, document.id)

    def _hit(self, place: int, selection: Selection, match: TextMatch | None) -> Hit:
        read = self._text.programmes[place]
        return hit(
            read,
            groups_meeting(read.document, place, self._rows, selection),
            marks=NO_MARKS if match is None else self._text.marks(match, place),
            score=0.0 if match is None else float(match.scores[place]),
        )

    def _suggestion(self, query: CatalogueQuery, match: TextMatch | None) -> str | None:
        if match is None or (match.found.any() and not match.relaxed):
            return None
        return did_you_mean(query.q, self._text)


def _day(moment: float) -> date:
    """The calendar day in Riga."""
    return datetime.fromtimestamp(moment, _RIGA).date()


def _chips(query: CatalogueQuery) -> tuple[Chip, ...]:
    chosen = [Chip(facet, value) for facet in Facet for value in dict.fromkeys(query.chosen.get(facet, ()))]
    return (*chosen, Chip(None, "")) if query.open_only else tuple(chosen)
