"""Asking the state registers about a submitted application, and keeping what they say."""

from django.db import transaction
from django.utils.timezone import localdate

from stars.actors.actor import SYSTEM, Actor
from stars.actors.permissions import Permission
from stars.applications.enums import Answer, Register, Status
from stars.applications.judging import after_answer, registers_needed
from stars.applications.models import Application, RegisterAnswer
from stars.applications.operations.perform import locked as locked_row
from stars.applications.queries.rules import rules_of
from stars.applications.queue import enqueue_registers
from stars.audit import operations as audit
from stars.common import clock
from stars.common.fixed_queries import A_KEY, FixedQuery
from stars.integrations.registers import client
from stars.integrations.registers import types as registers
from stars.people import queries as people

# After that the job gives up; the last pause is about a day. An officer can ask again.
MOST_ATTEMPTS = 8
_ASKED_ABOUT = (Status.SUBMITTED, Status.RETURNED)
_UNANSWERED = (Answer.PENDING, Answer.FAILED)

_answers = FixedQuery(
    lambda application_id: RegisterAnswer.objects.filter(application_id=application_id).values_list(
        "register", "answer"
    ),
    application_id=A_KEY,
)


class RegistersSilent(Exception):
    """At least one register did not answer; its answer says so, and the job comes back later."""


def ask(application_id: int) -> None:
    """Ask what the source's rules need and is not answered yet. Repeated, it asks nothing that was answered.

    Raises `RegistersSilent`.
    """
    application = Application.objects.select_related("applicant").filter(pk=application_id).first()
    if application is None or application.status not in _ASKED_ABOUT or application.submitted_at is None:
        return
    day = localdate(application.submitted_at)
    parameters = rules_of(application)
    code = people.person_code(application.applicant)
    silent = False
    for register in _waiting(application, registers_needed(application, parameters)):
        outcome = registers.Outcome(registers.Said.UNKNOWN)
        if code is not None:
            # Outside any transaction: nobody waits for a lock while a register takes its time.
            outcome = client.ask(
                registers.Question(
                    registers.Register(register.value), code.digits, day, parameters.minimum_age
                )
            )
        kept = keep(application, register, outcome)
        silent = silent or (kept is Answer.FAILED and outcome.fault != client.NOT_CONFIGURED)
    if silent:
        raise RegistersSilent


@transaction.atomic
def ask_again(application: Application, *, by: Actor) -> None:
    """An officer wants the silent and ignorant registers asked once more. Raises `OutOfScope`, `NotPermitted`."""
    by.must(Permission.APPLICATION_CHECK)
    locked = locked_row(application)
    by.must_decide_on(locked.scheme)
    if locked.status not in _ASKED_ABOUT:
        return
    RegisterAnswer.objects.filter(application=locked, answer__in=[Answer.FAILED, Answer.UNKNOWN]).update(
        answer=Answer.PENDING
    )
    enqueue_registers(locked.pk)
    audit.record("application.registers-again", by=by, subject="application", subject_id=locked.pk)


@transaction.atomic
def _waiting(application: Application, needed: list[Register]) -> list[Register]:
    """The registers that have not answered; each has its row from now on."""
    RegisterAnswer.objects.bulk_create(
        [RegisterAnswer(application=application, register=register) for register in needed],
        ignore_conflicts=True,
    )
    rows = RegisterAnswer.objects.filter(application=application, register__in=needed)
    unanswered = set(rows.filter(answer__in=_UNANSWERED).values_list("register", flat=True))
    return [register for register in needed if register in unanswered]


@transaction.atomic
def keep(application: Application, register: Register, outcome: registers.Outcome) -> Answer:
    """Store an answer, unless another job's better one came first, and how the rules stand by it.

    Whoever decides at this moment waits for the application's lock, or is waited for.
    """
    locked = locked_row(application, reading=("applicant",))
    row = RegisterAnswer.objects.get(application=locked, register=register)
    if row.answer not in _UNANSWERED:
        return Answer(row.answer)
    row.answer = Answer(outcome.said.value)
    row.attempts = min(row.attempts + 1, 32_000)
    row.asked_at = clock.now()
    row.answered_at = None if row.answer == Answer.FAILED else clock.now()
    row.save(update_fields=["answer", "attempts", "asked_at", "answered_at"])
    findings = after_answer(locked, register, Answer(row.answer))
    if findings != locked.findings:
        locked.findings = findings
        locked.save(update_fields=["findings"])
    details = {"register": register.value, "answer": row.answer}
    audit.record(
        "application.register-asked",
        by=SYSTEM,
        subject="application",
        subject_id=application.pk,
        details=details,
    )
    return Answer(row.answer)


def answers_about(application: Application) -> dict[str, str]:
    """What the registers have said, by register."""
    return dict(_answers(application_id=application.pk))
