"""A found programme as its result card needs it: marked texts, and the groups that meet the query."""

from stars.catalogue.search.facets import Selection
from stars.catalogue.search.lexicon import ReadProgramme
from stars.catalogue.search.rows import Rows
from stars.catalogue.search.snippets import excerpt, marked
from stars.catalogue.search.text_index import Marks
from stars.catalogue.search.types import GroupDocument, Hit, ProgrammeDocument


def hit(read: ReadProgramme, groups: tuple[GroupDocument, ...], *, marks: Marks, score: float) -> Hit:
    """The card of a programme; `groups` are those that meet the conditions, `marks` the words meant."""
    return Hit(
        programme=read.document,
        title=marked(read.document.title, marks.title),
        excerpt=excerpt(read.body, marks.body) if marks.body else (),
        groups=groups,
        score=score,
    )


def groups_meeting(
    programme: ProgrammeDocument, place: int, rows: Rows, selection: Selection
) -> tuple[GroupDocument, ...]:
    """The groups of a programme of which a row meets the conditions on rows."""
    if selection.row_mask is None:
        return programme.groups
    meets = selection.row_mask[rows.of(place)].tolist()
    found, first = [], 0
    for group in programme.groups:
        last = first + (len(group.offers) or 1)  # a group that nobody pays for is a row too
        if any(meets[first:last]):
            found.append(group)
        first = last
    return tuple(found)
