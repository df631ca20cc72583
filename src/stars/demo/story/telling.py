"""The whole story, told by the operations that staff and residents use, each on its day."""

from collections.abc import Mapping

from stars.actors.actor import Actor
from stars.catalogue.models import Programme, Round
from stars.common import clock
from stars.demo.many import telling as many
from stars.demo.rounds import Phase
from stars.demo.staff import INSTITUTION
from stars.demo.story import account, approvals, basics, employed, outcomes, tested
from stars.demo.story.budgets import set_budgets
from stars.demo.story.stage import open_stage
from stars.notices.models import Delivery, DeliveryStatus
from stars.people.models import Person
from stars.schemes.codes import SchemeCode


def tell(
    rounds: Mapping[tuple[str, Phase], Round], staff: Mapping[str, Actor], cast: dict[str, Person]
) -> None:
    """Everything that has happened until today. What was written to people on the way counts as sent."""
    before = Delivery.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    set_budgets(rounds)
    stage = open_stage(clock.today(), staff, rounds)
    own = (
        Programme.objects.filter(institution__slug=INSTITUTION, varam_level=None)
        .select_related("institution")
        .order_by("hours", "pk")
    )
    digital = [programme for programme in own if programme.digcomp_level]
    others = [programme for programme in own if not programme.digcomp_level]
    account.tell(stage, digital, cast["imk-citizen"])
    employed.tell(stage, others, cast)
    approvals.tell(stage, others[-1])
    basics.tell(stage, rounds)
    outcomes.tell(stage, digital, others, cast)
    tested.tell(stage, cast["tested-citizen"])
    past, present = (rounds[SchemeCode.VARAM, phase] for phase in (Phase.EARLIER, Phase.OPEN))
    many.tell(past, present, staff["varam-officer"])
    written = Delivery.objects.filter(pk__gt=before, status=DeliveryStatus.QUEUED)
    written.update(status=DeliveryStatus.SENT, sent_at=clock.now())
