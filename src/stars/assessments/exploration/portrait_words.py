"""What a trait of somebody at work and a value in work mean, what supports and what strains them.

Own words; they describe and do not judge, name no occupation and nobody's gender.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

from stars.assessments.enums import Trait, WorkValue
from stars.assessments.exploration.types import Standing, Words

OF_TRAITS: Final[dict[tuple[Trait, Standing], Words]] = {
    (Trait.EXTRAVERSION, Standing.HIGH): Words(
        _("You like to be among people and draw energy from conversations."),
        _("Work with customers, work in a team, speaking to groups."),
        _("Long hours in silence and alone."),
    ),
    (Trait.EXTRAVERSION, Standing.MIDDLE): Words(
        _("You like company and quiet in turn."),
        _("Work in which conversations and quiet hours take turns."),
        _("Days full of meetings, and days without a single conversation."),
    ),
    (Trait.EXTRAVERSION, Standing.LOW): Words(
        _("You like calm surroundings and think before you speak."),
        _("Quiet work with time to concentrate."),
        _("Noise, many meetings and constant phone calls."),
    ),
    (Trait.AGREEABLENESS, Standing.HIGH): Words(
        _("You consider others and look for agreement."),
        _("Work in which people help and trust one another."),
        _("Rivalry and open conflict."),
    ),
    (Trait.AGREEABLENESS, Standing.MIDDLE): Words(
        _("You help others and keep your own interests in mind."),
        _("A team in which both help and objections have their place."),
        _("Having always to give way, or always to insist."),
    ),
    (Trait.AGREEABLENESS, Standing.LOW): Words(
        _("You say what you think and judge matters soberly."),
        _("Work in which frankness and firm bargaining count."),
        _("Long searches for a compromise."),
    ),
    (Trait.CONSCIENTIOUSNESS, Standing.HIGH): Words(
        _("You plan, keep your word and check your work."),
        _("Clear aims, deadlines and a responsibility of your own."),
        _("Disorder, and plans that change every day."),
    ),
    (Trait.CONSCIENTIOUSNESS, Standing.MIDDLE): Words(
        _("You plan what matters and leave room for the rest."),
        _("Work with a firm aim and a free way to it."),
        _("Rules for every step, or no rules at all."),
    ),
    (Trait.CONSCIENTIOUSNESS, Standing.LOW): Words(
        _("You act as the moment demands and adapt easily."),
        _("Varied work in which quick reactions count."),
        _("Much paperwork and exact schedules."),
    ),
    (Trait.STABILITY, Standing.HIGH): Words(
        _("You keep calm when work is tense."),
        _("Work in which one has to decide under time pressure."),
        _("Work so even that nothing in it challenges you."),
    ),
    (Trait.STABILITY, Standing.MIDDLE): Words(
        _("Most things leave you calm; some touch you."),
        _("Busy times that are followed by quieter ones."),
        _("Tension that lasts for weeks."),
    ),
    (Trait.STABILITY, Standing.LOW): Words(
        _("You sense tension early and take work to heart."),
        _("A foreseeable rhythm, breaks and people to talk to."),
        _("Haste, sudden changes and harsh criticism."),
    ),
    (Trait.OPENNESS, Standing.HIGH): Words(
        _("You are drawn to new ideas and unusual questions."),
        _("Tasks without a ready answer, learning and change."),
        _("The same routine every day."),
    ),
    (Trait.OPENNESS, Standing.MIDDLE): Words(
        _("You welcome the new when you see its use."),
        _("Improving step by step what is there."),
        _("Change for its own sake, or no change at all."),
    ),
    (Trait.OPENNESS, Standing.LOW): Words(
        _("You trust what has proved itself and like clear answers."),
        _("Steady work with methods that you know."),
        _("Frequent changes and vague tasks."),
    ),
}
OF_VALUES: Final[dict[WorkValue, Words]] = {
    WorkValue.ACHIEVEMENT: Words(
        _("You want to use what you can do and to see what comes of it."),
        _("Tasks at the edge of what you can do, and visible results."),
        _("Tasks far below what you can do, and results that nobody sees."),
    ),
    WorkValue.INDEPENDENCE: Words(
        _("You want to decide how you work."),
        _("A responsibility of your own, and trust."),
        _("Close supervision and instructions for every step."),
    ),
    WorkValue.RECOGNITION: Words(
        _("You want your work to be seen and valued."),
        _("Feedback, a path upwards and a respected position."),
        _("Work that goes unnoticed."),
    ),
    WorkValue.RELATIONSHIPS: Words(
        _("You want good people around you and work that helps others."),
        _("A team that holds together, and work that does good."),
        _("Rivalry, and work against your conscience."),
    ),
    WorkValue.SUPPORT: Words(
        _("You want fair managers and clear expectations."),
        _("A thorough introduction, training and a manager who listens."),
        _("Unclear tasks, and being left alone with problems."),
    ),
    WorkValue.CONDITIONS: Words(
        _("You want security, fair pay and hours that fit your life."),
        _("A lasting contract, a known income and a suitable workplace."),
        _("Uncertain income and uncertain hours."),
    ),
}
