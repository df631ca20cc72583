"""Plain values from which programmes, groups and rounds are made."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferDraft:
    """That a round pays for a group. Sums in euro cents; the co-payment is what the learner pays."""

    round_id: int
    price_cents: int
    copayment_cents: int = 0
    low_income_copayment_cents: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupDraft:
    """A group; `name` tells a programme's groups apart. Without a municipality it is taught remotely.

    `seats_taken`, `status` and `price_cents`, the price that the institution names, leave what is known when they
    are None; a new group is published and empty.
    """

    name: str
    starts_on: date
    ends_on: date
    schedule: str
    seats_max: int
    municipality: str | None = None
    address: str = ""
    schedule_note: str = ""
    seats_min: int = 1
    seats_taken: int | None = None
    status: str | None = None
    price_cents: int | None = None
    offers: tuple[OfferDraft, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeDraft:
    """A programme with its groups; `code` is the institution's own. Lists hold codes of classifiers.

    `contents` and `outcomes` are text, one line for each point beginning with "- ".
    """

    institution_id: int
    code: str
    title: str
    kind: str
    field: str
    hours: int
    study_form: str
    summary: str
    contents: str
    prior_education: str
    prior_knowledge: str
    document: str
    language: str = "lv"
    outcomes: str = ""
    qualification: str | None = None
    qualification_level: int | None = None
    keywords: tuple[str, ...] = ()
    digcomp_areas: tuple[str, ...] = ()
    digcomp_competences: tuple[str, ...] = ()
    digcomp_level: int | None = None
    varam_level: int | None = None
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    groups: tuple[GroupDraft, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundDraft:
    """A period in which applications for a source are taken."""

    scheme: str
    name: str
    opens_at: datetime
    closes_at: datetime
    learning_from: date
    learning_until: date


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did: to which programme, whether it is new or anything about it changed, how many groups did."""

    programme_id: int
    is_new: bool
    is_changed: bool
    groups_added: int
    groups_changed: int


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of a change: columns that hold it already, and columns that wait for the agency's approval."""

    done: tuple[str, ...] = ()
    proposed: tuple[str, ...] = ()
