"""How much memory a process takes, as Linux counts it."""

from pathlib import Path

_KILOBYTES_IN_MEGABYTE = 1024


def megabytes(process: int) -> tuple[float, float]:
    """RSS, and PSS, in which what is shared counts in parts; both 0 where the system does not say."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]
    except OSError:
        return 0, 0
    sizes = {name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in lines)}
    return sizes["Rss"] / _KILOBYTES_IN_MEGABYTE, sizes["Pss"] / _KILOBYTES_IN_MEGABYTE
