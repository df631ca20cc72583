"""A group counts its seats by trigger: whoever is admitted, or is offered a seat, takes one."""

from collections.abc import Iterable

import pgtrigger

_HELD = "{row}.{column} IN ({values}) AND {row}.group_id IS NOT NULL"
_COUNT = """
    IF TG_OP = 'UPDATE' THEN
        IF NEW.group_id IS NOT DISTINCT FROM OLD.group_id AND ({new}) = ({old}) THEN
            RETURN NULL;
        END IF;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        IF {old} THEN
            UPDATE catalogue_group SET seats_taken = seats_taken - 1 WHERE id = OLD.group_id;
        END IF;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        IF {new} THEN
            UPDATE catalogue_group SET seats_taken = seats_taken + 1 WHERE id = NEW.group_id;
        END IF;
    END IF;
    RETURN NULL;
"""


def seat_counter(column: str, holding: Iterable[str]) -> pgtrigger.Trigger:
    """A trigger that moves the group's `seats_taken` with rows whose `column` has one of the `holding` values.

    Together with the group's constraint nobody can be seated beyond `seats_max`, whatever the code does.
    """
    values = ", ".join(f"'{value}'" for value in holding)
    old = _HELD.format(row="OLD", column=column, values=values)
    new = _HELD.format(row="NEW", column=column, values=values)
    return pgtrigger.Trigger(
        name="counts_seats",
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.After,
        func=_COUNT.format(old=old, new=new),
    )
