"""Where a trait supports what somebody wants from work, and where it strains it: a table of rules.

Only the poles of a trait say something about a value. A combination that is not in the table is neither; a trait in the
middle bends both ways and has no rule. The rules are ours, after facts 6.1: they give something to think about, and no
measure of how well anybody fits a job.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

from stars.assessments.enums import Trait, WorkValue
from stars.assessments.exploration.types import Effect, Rule, Standing

RULES: Final[dict[tuple[Trait, Standing, WorkValue], Rule]] = {
    (Trait.EXTRAVERSION, Standing.HIGH, WorkValue.RECOGNITION): Rule(
        Effect.SUPPORTS, _("You speak easily in front of others, so your work is noticed.")
    ),
    (Trait.EXTRAVERSION, Standing.HIGH, WorkValue.RELATIONSHIPS): Rule(
        Effect.SUPPORTS, _("You begin conversations easily, and good relations grow from them.")
    ),
    (Trait.EXTRAVERSION, Standing.HIGH, WorkValue.INDEPENDENCE): Rule(
        Effect.STRAINS, _("Independent work often means hours alone; plan conversations into the day.")
    ),
    (Trait.EXTRAVERSION, Standing.LOW, WorkValue.ACHIEVEMENT): Rule(
        Effect.SUPPORTS, _("Quiet concentration helps you to bring demanding work to a good end.")
    ),
    (Trait.EXTRAVERSION, Standing.LOW, WorkValue.INDEPENDENCE): Rule(
        Effect.SUPPORTS, _("Working alone suits you, and freedom at work often allows it.")
    ),
    (Trait.EXTRAVERSION, Standing.LOW, WorkValue.RECOGNITION): Rule(
        Effect.STRAINS, _("Quiet work is easily overlooked; tell your manager what you have done.")
    ),
    (Trait.EXTRAVERSION, Standing.LOW, WorkValue.RELATIONSHIPS): Rule(
        Effect.STRAINS,
        _("Good relations matter to you, but much company is tiring; a small team may suit you."),
    ),
    (Trait.AGREEABLENESS, Standing.HIGH, WorkValue.RELATIONSHIPS): Rule(
        Effect.SUPPORTS, _("You notice what others need; a team that holds together gains from it.")
    ),
    (Trait.AGREEABLENESS, Standing.HIGH, WorkValue.SUPPORT): Rule(
        Effect.SUPPORTS, _("You look for agreement, and a fair manager makes that easy.")
    ),
    (Trait.AGREEABLENESS, Standing.HIGH, WorkValue.RECOGNITION): Rule(
        Effect.STRAINS, _("You let others go first; to be recognised, name your own share too.")
    ),
    (Trait.AGREEABLENESS, Standing.HIGH, WorkValue.INDEPENDENCE): Rule(
        Effect.STRAINS, _("Regard for everybody can delay your own decision; set a day for it.")
    ),
    (Trait.AGREEABLENESS, Standing.LOW, WorkValue.INDEPENDENCE): Rule(
        Effect.SUPPORTS, _("You say openly what you think, which helps you to decide for yourself.")
    ),
    (Trait.AGREEABLENESS, Standing.LOW, WorkValue.RECOGNITION): Rule(
        Effect.SUPPORTS, _("You stand up for your view, so your share in the work is seen.")
    ),
    (Trait.AGREEABLENESS, Standing.LOW, WorkValue.RELATIONSHIPS): Rule(
        Effect.STRAINS, _("Frankness can hurt in a close team; ask first, then object.")
    ),
    (Trait.AGREEABLENESS, Standing.LOW, WorkValue.SUPPORT): Rule(
        Effect.STRAINS, _("Arguments with a manager can cost support; agree early on what matters.")
    ),
    (Trait.CONSCIENTIOUSNESS, Standing.HIGH, WorkValue.ACHIEVEMENT): Rule(
        Effect.SUPPORTS, _("You prepare and check your work, and results come from that.")
    ),
    (Trait.CONSCIENTIOUSNESS, Standing.HIGH, WorkValue.INDEPENDENCE): Rule(
        Effect.SUPPORTS, _("You keep order without supervision, so the choice of the way can be left to you.")
    ),
    (Trait.CONSCIENTIOUSNESS, Standing.HIGH, WorkValue.RECOGNITION): Rule(
        Effect.SUPPORTS, _("One can rely on you, and that earns respect.")
    ),
    (Trait.CONSCIENTIOUSNESS, Standing.HIGH, WorkValue.SUPPORT): Rule(
        Effect.SUPPORTS, _("Clear expectations let your sense of order bear fruit.")
    ),
    (Trait.CONSCIENTIOUSNESS, Standing.LOW, WorkValue.ACHIEVEMENT): Rule(
        Effect.STRAINS, _("A good idea needs an end; set yourself short deadlines.")
    ),
    (Trait.CONSCIENTIOUSNESS, Standing.LOW, WorkValue.INDEPENDENCE): Rule(
        Effect.STRAINS, _("Freedom without a plan slips away; agree on dates with somebody.")
    ),
    (Trait.CONSCIENTIOUSNESS, Standing.LOW, WorkValue.RELATIONSHIPS): Rule(
        Effect.STRAINS, _("Others wait for your part of the work; say early if it will be late.")
    ),
    (Trait.CONSCIENTIOUSNESS, Standing.LOW, WorkValue.SUPPORT): Rule(
        Effect.SUPPORTS, _("A manager who reminds you in time makes your work easier.")
    ),
    (Trait.STABILITY, Standing.HIGH, WorkValue.ACHIEVEMENT): Rule(
        Effect.SUPPORTS, _("Demanding tasks leave you calm, so you can aim high.")
    ),
    (Trait.STABILITY, Standing.HIGH, WorkValue.INDEPENDENCE): Rule(
        Effect.SUPPORTS, _("You stay calm when you have to decide.")
    ),
    (Trait.STABILITY, Standing.HIGH, WorkValue.RECOGNITION): Rule(
        Effect.SUPPORTS, _("You take criticism calmly, which helps where many look at your work.")
    ),
    (Trait.STABILITY, Standing.HIGH, WorkValue.RELATIONSHIPS): Rule(
        Effect.SUPPORTS, _("Your calm helps the people around you too.")
    ),
    (Trait.STABILITY, Standing.LOW, WorkValue.ACHIEVEMENT): Rule(
        Effect.STRAINS, _("High aims bring tension; plan rest as you plan work.")
    ),
    (Trait.STABILITY, Standing.LOW, WorkValue.INDEPENDENCE): Rule(
        Effect.STRAINS, _("Deciding alone can be hard; agree with somebody whom you may ask.")
    ),
    (Trait.STABILITY, Standing.LOW, WorkValue.RECOGNITION): Rule(
        Effect.STRAINS,
        _("Praise lifts you and criticism weighs on you; ask for feedback often and in small portions."),
    ),
    (Trait.STABILITY, Standing.LOW, WorkValue.SUPPORT): Rule(
        Effect.SUPPORTS, _("A manager who listens takes tension off you.")
    ),
    (Trait.STABILITY, Standing.LOW, WorkValue.CONDITIONS): Rule(
        Effect.SUPPORTS, _("Secure conditions give you the calm in which you work best.")
    ),
    (Trait.OPENNESS, Standing.HIGH, WorkValue.ACHIEVEMENT): Rule(
        Effect.SUPPORTS, _("Curiosity takes you to tasks that make you grow.")
    ),
    (Trait.OPENNESS, Standing.HIGH, WorkValue.INDEPENDENCE): Rule(
        Effect.SUPPORTS, _("You have ideas of your own, and freedom lets you try them.")
    ),
    (Trait.OPENNESS, Standing.HIGH, WorkValue.SUPPORT): Rule(
        Effect.STRAINS, _("Set procedures can feel narrow; ask where there is room to try the new.")
    ),
    (Trait.OPENNESS, Standing.HIGH, WorkValue.CONDITIONS): Rule(
        Effect.STRAINS, _("Secure and even work can become dull; look for something new beside it.")
    ),
    (Trait.OPENNESS, Standing.LOW, WorkValue.ACHIEVEMENT): Rule(
        Effect.STRAINS, _("Growing means trying the unfamiliar; take one small new thing at a time.")
    ),
    (Trait.OPENNESS, Standing.LOW, WorkValue.INDEPENDENCE): Rule(
        Effect.STRAINS,
        _("Freedom means finding a way of your own; begin with methods that have proved themselves."),
    ),
    (Trait.OPENNESS, Standing.LOW, WorkValue.SUPPORT): Rule(
        Effect.SUPPORTS, _("A thorough introduction suits you: you like to know how things are done.")
    ),
    (Trait.OPENNESS, Standing.LOW, WorkValue.CONDITIONS): Rule(
        Effect.SUPPORTS, _("You like what you know, and steady conditions preserve it.")
    ),
}
