"""What may follow what for programmes and groups: the institution makes and shows, the agency approves."""

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


PROGRAMME_STEPS: dict[Step, tuple[frozenset[str], ProgrammeStatus]] = {
    Step.SEND: (frozenset({ProgrammeStatus.DRAFT}), ProgrammeStatus.SENT),
    Step.RECALL: (frozenset({ProgrammeStatus.SENT}), ProgrammeStatus.DRAFT),
    Step.APPROVE: (frozenset({ProgrammeStatus.SENT}), ProgrammeStatus.APPROVED),
    Step.SEND_BACK: (frozenset({ProgrammeStatus.SENT}), ProgrammeStatus.DRAFT),
    # What was approved once may come back as it was.
    Step.PUBLISH: (
        frozenset({ProgrammeStatus.APPROVED, ProgrammeStatus.WITHDRAWN}),
        ProgrammeStatus.PUBLISHED,
    ),
    Step.WITHDRAW: (frozenset({ProgrammeStatus.PUBLISHED}), ProgrammeStatus.WITHDRAWN),
}
GROUP_STEPS: dict[Step, tuple[frozenset[str], GroupStatus]] = {
    Step.SEND: (frozenset({GroupStatus.PLANNED}), GroupStatus.SENT),
    Step.RECALL: (frozenset({GroupStatus.SENT}), GroupStatus.PLANNED),
    Step.APPROVE: (frozenset({GroupStatus.SENT}), GroupStatus.APPROVED),
    Step.SEND_BACK: (frozenset({GroupStatus.SENT}), GroupStatus.PLANNED),
    Step.PUBLISH: (frozenset({GroupStatus.APPROVED}), GroupStatus.PUBLISHED),
}
