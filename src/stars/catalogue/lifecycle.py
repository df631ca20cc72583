"""What may follow what for programmes and groups: the institution makes and shows, the agency approves."""

from dataclasses import dataclass
from enum import StrEnum

from stars.catalogue.enums import GroupStatus, ProgrammeStatus


class Step(StrEnum):
    """What can be done to a programme or a group."""

    SEND = "send"
    RECALL = "recall"
    APPROVE = "approve"
    SEND_BACK = "send-back"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


class StepNotAllowed(Exception):
    """The table has no such step from the present state: a stale page, or a second click by somebody else."""

    def __init__(self, step: Step, status: str) -> None:
        super().__init__(f"{step} from {status}")
        self.step, self.status = step, status


@dataclass(frozen=True, slots=True)
class Way:
    """From any of `sources` to `target`."""

    sources: frozenset[str]
    target: str


def _from(*sources: str, to: str) -> Way:
    return Way(frozenset(sources), to)


PROGRAMME_STEPS: dict[Step, Way] = {
    Step.SEND: _from(ProgrammeStatus.DRAFT, to=ProgrammeStatus.SENT),
    Step.RECALL: _from(ProgrammeStatus.SENT, to=ProgrammeStatus.DRAFT),
    Step.APPROVE: _from(ProgrammeStatus.SENT, to=ProgrammeStatus.APPROVED),
    Step.SEND_BACK: _from(ProgrammeStatus.SENT, to=ProgrammeStatus.DRAFT),
    # What was approved once may come back as it was.
    Step.PUBLISH: _from(ProgrammeStatus.APPROVED, ProgrammeStatus.WITHDRAWN, to=ProgrammeStatus.PUBLISHED),
    Step.WITHDRAW: _from(ProgrammeStatus.PUBLISHED, to=ProgrammeStatus.WITHDRAWN),
}
GROUP_STEPS: dict[Step, Way] = {
    Step.SEND: _from(GroupStatus.PLANNED, to=GroupStatus.SENT),
    Step.RECALL: _from(GroupStatus.SENT, to=GroupStatus.PLANNED),
    Step.APPROVE: _from(GroupStatus.SENT, to=GroupStatus.APPROVED),
    Step.SEND_BACK: _from(GroupStatus.SENT, to=GroupStatus.PLANNED),
    Step.PUBLISH: _from(GroupStatus.APPROVED, to=GroupStatus.PUBLISHED),
}


def may(thing_status: str, step: Step, table: dict[Step, Way]) -> bool:
    """Whether the table has the step from this state."""
    return step in table and thing_status in table[step].sources
