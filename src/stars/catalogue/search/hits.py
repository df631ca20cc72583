"""A found programme as its result card needs it.

Marked texts, and the facts of the groups that meet the query.
"""

from collections.abc import Collection
from datetime import date
from functools import partial

from stars.catalogue.search.facets import Selection
from stars.catalogue.search.rows import Rows
from stars.catalogue.search.snippets import body_of, excerpt, marked
from stars.catalogue.search.types import GroupDocument, Hit, OfferDocument, ProgrammeDocument

_Row = tuple[GroupDocument, OfferDocument | None]


def hit(
    programme: ProgrammeDocument,
    meeting: list[_Row],
    *,
    words: Collection[str],
    score: float,
    now: float,
    today: date,
) -> Hit:
    """The card of a programme; `meeting` are those of its rows that meet the conditions."""
    groups = tuple({group.id: group for group, _offer in meeting}.values())
    offers = [offer for _group, offer in meeting if offer is not None]
    lowest = partial(min, default=None)
    deadline = lowest(offer.closes_at for offer in offers if offer.is_open(now))
    return Hit(
        programme=programme,
        title=marked(programme.title, words),
        excerpt=excerpt(body_of(programme), words),
        groups=groups,
        is_open=deadline is not None,
        deadline=deadline,
        starts_on=lowest(group.starts_on for group in groups if group.starts_on and group.starts_on >= today),
        price_cents=lowest(offer.price_cents for offer in offers),
        copayment_cents=lowest(offer.copayment_cents for offer in offers),
        score=score,
    )


def rows_meeting(programme: ProgrammeDocument, place: int, rows: Rows, selection: Selection) -> list[_Row]:
    """The rows of a programme that meet the conditions on rows."""
    own = [(group, offer) for group in programme.groups for offer in (group.offers or (None,))]
    if selection.row_mask is None:
        return own
    return [row for row, meets in zip(own, selection.row_mask[rows.of(place)].tolist(), strict=True) if meets]
