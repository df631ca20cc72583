"""What is printed: one figure a line, beside what it should be."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. `target` is the bound in the same unit; `at_least` says on which side of it is well."""

    name: str
    value: float
    unit: str
    target: float | None = None
    at_least: bool = False
    digits: int = 1

    @property
    def verdict(self) -> str:
        """ "met", "missed", or "" where nothing was promised."""
        if self.target is None:
            return ""
        return (
            "met" if (self.value >= self.target if self.at_least else self.value <= self.target) else "missed"
        )

    @property
    def promise(self) -> str:
        """The bound in signs."""
        if self.target is None:
            return ""
        return f"{'≥' if self.at_least else '≤'} {self.target:g} {self.unit}"


def table(figures: list[Figure]) -> str:
    """The figures as columns: name, value, target, verdict."""
    width = max(len(figure.name) for figure in figures)
    lines = [
        f"{figure.name:<{width}}  {figure.value:>10,.{figure.digits}f} {figure.unit:<5}  "
        f"{figure.promise:<12}  {figure.verdict}".rstrip()
        for figure in figures
    ]
    return "\n".join(lines)
