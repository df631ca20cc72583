"""What a file with a bank of items comes to, and the refusal of a file."""

from dataclasses import dataclass

from stars.assessments.enums import Instrument, Scale


class FaultyBank(ValueError):
    """A file that cannot be a bank; `faults` holds one sentence for each reason, with the item's place."""

    def __init__(self, file: str, faults: list[str]) -> None:
        super().__init__("\n".join(f"{file}: {fault}" for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that a choice offers."""

    lv: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One item as the file gives it; `competence` is the classifier's code."""

    code: str
    scale: Scale
    text_lv: str
    text_en: str = ""
    competence: str = ""
    dimension: str = ""
    reverse: bool = False
    options: tuple[Option, ...] = ()
    right: int | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class BankFile:
    """A bank that may be loaded."""

    instrument: Instrument
    title_lv: str
    title_en: str
    framework: str
    source: str
    digest: str
    rows: tuple[Row, ...]
