"""What each of the four strengths for learning means, what supports and strains it, and a next step that can be taken."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stars.assessments.enums import Growth
from stars.assessments.exploration.types import Advice, Door, Standing

SUPPORTS: Final[dict[Growth, Promise]] = {
    Growth.SELF_EFFICACY: _("Small tasks that succeed, and people who show how it is done."),
    Growth.LEARNING_MOTIVATION: _("An aim of your own, and a fixed hour for learning."),
    Growth.GROWTH_MINDSET: _("Feedback that says what to do differently."),
    Growth.PERSEVERANCE: _("A big aim in small steps, and somebody who learns with you."),
}
STRAINS: Final[dict[Growth, Promise]] = {
    Growth.SELF_EFFICACY: _("Comparing yourself with people who have practised for years."),
    Growth.LEARNING_MOTIVATION: _("Learning only because somebody demands it."),
    Growth.GROWTH_MINDSET: _("Praise for talent alone, and fear of mistakes."),
    Growth.PERSEVERANCE: _("Too much at once, and a start without a plan."),
}
ADVICE: Final[dict[tuple[Growth, Standing], Advice]] = {
    (Growth.SELF_EFFICACY, Standing.LOW): Advice(
        _("New tasks often make you doubt yourself."),
        _("Choose a short programme for beginners: a first success is the best proof."),
        Door.PROGRAMMES,
    ),
    (Growth.SELF_EFFICACY, Standing.MIDDLE): Advice(
        _("You trust yourself with familiar tasks, with new ones less."),
        _("Choose a programme that is one step harder than what you know."),
        Door.PROGRAMMES,
    ),
    (Growth.SELF_EFFICACY, Standing.HIGH): Advice(
        _("You trust yourself with new tasks."),
        _("Choose a programme that asks more of you than the last one."),
        Door.PROGRAMMES,
    ),
    (Growth.LEARNING_MOTIVATION, Standing.LOW): Advice(
        _("At the moment learning appears to you as a duty."),
        _("Write down one thing that you want to do more easily at work, and look for a programme about it."),
        Door.PROGRAMMES,
    ),
    (Growth.LEARNING_MOTIVATION, Standing.MIDDLE): Advice(
        _("You learn when you see the use of it."),
        _("Mark two programmes as favourites, and choose the one that you need this year."),
        Door.PROGRAMMES,
    ),
    (Growth.LEARNING_MOTIVATION, Standing.HIGH): Advice(
        _("You like to learn and know what for."),
        _("Plan the next half-year: choose one programme with its dates."),
        Door.PROGRAMMES,
    ),
    (Growth.GROWTH_MINDSET, Standing.LOW): Advice(
        _("You see ability as something given rather than practised."),
        _(
            "Take the test of digital skills before a programme and after it: the "
            "comparison shows how ability grows."
        ),
        Door.TESTS,
    ),
    (Growth.GROWTH_MINDSET, Standing.MIDDLE): Advice(
        _("In some things you believe in practice, in others in talent."),
        _("Choose a short programme about something for which you think you have no gift."),
        Door.PROGRAMMES,
    ),
    (Growth.GROWTH_MINDSET, Standing.HIGH): Advice(
        _("You see ability as something that grows with practice."),
        _("Take the test of digital skills, and practise the competence that comes out weakest."),
        Door.TESTS,
    ),
    (Growth.PERSEVERANCE, Standing.LOW): Advice(
        _("Beginning is easier for you than finishing."),
        _("Choose a programme of few hours, and put every lesson into your calendar at once."),
        Door.PROGRAMMES,
    ),
    (Growth.PERSEVERANCE, Standing.MIDDLE): Advice(
        _("You finish what matters to you; the rest is sometimes left."),
        _("Choose a group whose days and hours you can keep free before you apply."),
        Door.PROGRAMMES,
    ),
    (Growth.PERSEVERANCE, Standing.HIGH): Advice(
        _("You stay with a task even when it is dull or hard."),
        _("Choose a longer programme: you have the staying power for it."),
        Door.PROGRAMMES,
    ),
}
