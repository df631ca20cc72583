"""A kept sum moves only with the ledger: whoever writes it directly is refused by the database."""

import pgtrigger


def moved_by_ledger(column: str) -> pgtrigger.Trigger:
    """A trigger that lets only the ledger's own trigger change `column`."""
    return pgtrigger.Trigger(
        name=f"{column}_follows_ledger",
        operation=pgtrigger.UpdateOf(column),  # type: ignore[no-untyped-call]
        when=pgtrigger.Before,
        func=f"""
            IF NEW.{column} IS DISTINCT FROM OLD.{column} AND pg_trigger_depth() < 2 THEN
                RAISE EXCEPTION 'the sum follows the ledger'
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{column}_follows_ledger';
            END IF;
            RETURN NEW;
        """,
    )
