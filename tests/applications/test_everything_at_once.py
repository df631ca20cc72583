"""Everybody does everything to the same few rows, with real threads on the real engine: no lock ever crosses another.

What comes out may be a refusal of ours; it is never a deadlock, a broken constraint, or rows that contradict each other.
"""

from collections.abc import Callable
from random import Random

import pytest
from tests.applications.seating import PROMISED, SUPPORT_CENTS, counted, make_hall, me
from tests.applications.test_races import together
from tests.factories import ApplicationFactory
from tests.world import World, make_staff

from stars.actors.actor import SYSTEM
from stars.applications import operations, seat_tasks
from stars.applications.models import Application
from stars.applications.operations import offering
from stars.catalogue.models import Group
from stars.catalogue.types import GroupDraft, RoundDraft
from stars.common import clock
from stars.enrolments import operations as enrolments
from stars.enrolments.models import Enrolment
from stars.funding import operations as funding
from stars.funding.models import LedgerEntry
from stars.merging import operations as merging
from stars.organisations import operations as organisations
from stars.organisations.models import Membership, Organisation

pytestmark = pytest.mark.django_db(transaction=True)
THREADS, STEPS = 8, 40
Step = Callable[[Random], object]


@pytest.mark.parametrize("seed", [1, 2])
def test_a_crowd_leaves_no_contradiction(world: World, seed: int) -> None:
    steps = _steps(world)

    def act(number: int) -> list[BaseException]:
        chance, broken = Random(seed * 100 + number), []
        for _ in range(STEPS):
            try:
                chance.choice(steps)(chance)
            except Exception as failure:
                if not _is_refusal(failure):
                    broken.append(failure)
        return broken

    results = together(*[lambda number=number: act(number) for number in range(THREADS)])

    assert results == [[]] * THREADS
    seat_tasks.turn_of_seats()
    assert enrolments.look_for_inconsistencies(by=SYSTEM) == {}
    for group in Group.objects.all():
        assert counted(group) == group.seats_taken <= group.seats_max
    # Something happened, of every kind that matters.
    assert LedgerEntry.objects.values("kind").distinct().count() >= 3


def _is_refusal(failure: Exception) -> bool:
    """A word of ours: said in the domain, or a row that is gone."""
    return type(failure).__module__.startswith("stars.")


def _steps(world: World) -> list[Step]:
    hall = make_hall(world, scheme="IMK")
    officer, agency, second = hall.officer, make_staff(2, "agency"), make_staff(3, "agency")
    groups = [hall.group(2), hall.group(1), hall.group(3, starts_on=clock.today())]
    doomed = hall.group(2)
    round_ = world.rounds["IMK"]
    waiting = [operations.wait(hall.eligible(groups[0]), groups[:2], by=officer) for _ in range(3)]
    confirmed = [hall.eligible(groups[number % 3]) for number in range(4)]
    learning = [operations.admit(hall.eligible(groups[2]), groups[2], by=officer) for _ in range(2)]
    lost = operations.admit(hall.eligible(doomed), doomed, by=officer)
    sent = [
        ApplicationFactory(
            submitted=True, scheme="IMK", programme=world.programme, round=round_, promised=PROMISED
        )
        for _ in range(4)
    ]
    everybody = [*waiting, *confirmed, *learning, lost, *sent]
    place = Organisation.objects.get(slug="tehnikums")
    make_staff(8, "institution", person=waiting[0].applicant)
    proposal = merging.propose(sent[0].applicant, learning[0].applicant, "Viena persona", by=agency)
    round_draft = RoundDraft(**{name: getattr(round_, name) for name in RoundDraft.__slots__})
    enough = (len(everybody) + 2) * SUPPORT_CENTS

    def one(chance: Random) -> Application:
        return chance.choice(everybody)

    def learn(chance: Random) -> object:
        found = one(chance)
        known = Enrolment.objects.filter(application=found).select_related("application").first()
        if known is None:
            return enrolments.enrol(found, contract_number="L-1", contract_on=clock.today(), by=officer)
        return chance.choice(
            [
                lambda: enrolments.note_attendance(known, hours=3, by=officer),
                lambda: enrolments.expel(known, reason="absence", on=clock.today(), by=officer),
                lambda: enrolments.complete(
                    known, document_number="A-1", document_on=clock.today(), grade=8, by=officer
                ),
            ]
        )()

    def employ(chance: Random) -> object:
        person = one(chance).applicant
        living = Membership.objects.filter(person=person, organisation=place, ended_at=None).first()
        if living is not None:
            return organisations.end(living, by=SYSTEM)
        return organisations.grant(place, person, role="officer", basis_document="Rīkojums", by=SYSTEM)

    def correct(chance: Random) -> object:
        paid = LedgerEntry.objects.filter(kind="payment").order_by("-pk").first()
        if paid is None:
            return None
        made = funding.propose_correction(paid.pk, reason="Kļūda", by=agency)
        return funding.settle_correction(made.pk, accept=True, by=second)

    def rename(chance: Random) -> object:
        group = Group.objects.get(pk=chance.choice(groups).pk)
        kept = ("name", "starts_on", "ends_on", "schedule", "seats_max", "seats_min", "address")
        values = {name: getattr(group, name) for name in kept}
        note = f"Kabinets {chance.randrange(9)}"
        draft = GroupDraft(**values, municipality=group.municipality_id, schedule_note=note)
        return offering.change_group(group, draft, by=officer)

    return [
        lambda chance: operations.confirm(chance.choice(sent), note="Pārbaudīts", by=agency),
        lambda chance: operations.confirm(chance.choice(sent), note="Pārbaudīts", by=second),
        lambda chance: operations.refuse(chance.choice(sent), reasons=["age"], by=agency),
        lambda chance: operations.reopen(one(chance), reasons=["mistake"], note="", by=second),
        lambda chance: operations.send_back(
            chance.choice(sent), fields=["occupation"], reasons=["incomplete"], note="", by=agency
        ),
        lambda chance: operations.admit(one(chance), chance.choice(groups), by=officer),
        lambda chance: operations.wait(one(chance), groups, by=officer),
        lambda chance: operations.not_admit(one(chance), reasons=["no-seats"], by=officer),
        lambda chance: operations.join((it := one(chance)), chance.choice(groups), by=me(it)),
        lambda chance: operations.accept((it := one(chance)), chance.choice(groups), by=me(it)),
        lambda chance: operations.decline((it := one(chance)), chance.choice(groups), by=me(it)),
        lambda chance: operations.give_up_place((it := one(chance)), chance.choice(groups), by=me(it)),
        lambda chance: enrolments.leave((it := chance.choice(waiting)), reason="time", by=me(it)),
        lambda chance: enrolments.withdraw((it := chance.choice(confirmed)), reason="time", by=me(it)),
        lambda chance: enrolments.cancel_group(doomed, reason="Pasniedzējs saslima", by=officer),
        lambda chance: funding.set_budget(round_, enough + chance.randrange(9), by=agency),
        lambda chance: funding.change_round(
            round_, round_draft, budget_cents=enough + chance.randrange(9), by=agency
        ),
        lambda chance: funding.expire_accounts(by=SYSTEM),
        lambda chance: merging.settle(proposal, by=second),
        lambda chance: seat_tasks.turn_of_seats(),
        lambda chance: enrolments.pay_begun(),
        learn,
        employ,
        correct,
        rename,
    ]
