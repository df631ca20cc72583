"""Triggers for rows that become unchangeable at a moment: versions that were published, attempts that were finished."""

import pgtrigger


def changed_after(moment: str, *, but: tuple[str, ...]) -> pgtrigger.Condition:
    """Once the moment is set any column changes, those of tomorrow too, but for these."""
    new, old = (" - ".join([f"to_jsonb({row})", *(f"'{name}'" for name in but)]) for row in ("NEW", "OLD"))
    return pgtrigger.Condition(f"OLD.{moment} IS NOT NULL AND ({new}) IS DISTINCT FROM ({old})")


def published_stays() -> list[pgtrigger.Protect]:
    """A version that was published changes no more, but that it is retired once; and it is never deleted."""
    return [
        pgtrigger.Protect(
            name="published_stays",
            operation=pgtrigger.Update,
            condition=changed_after("published_at", but=("retired_at",)),
        ),
        pgtrigger.Protect(
            name="retired_stays",
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition(
                "OLD.retired_at IS NOT NULL AND NEW.retired_at IS DISTINCT FROM OLD.retired_at"
            ),
        ),
        pgtrigger.Protect(
            name="published_kept",
            operation=pgtrigger.Delete,
            condition=pgtrigger.Q(old__published_at__isnull=False),
        ),
    ]
