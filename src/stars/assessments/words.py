"""What tests say: what each is for, the words of the scales, of the answers that count neither way."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stars.assessments.enums import Instrument, Scale

Text = str | Promise


@dataclass(frozen=True, slots=True)
class About:
    """What a test is for, what its result is, and how many minutes it usually takes."""

    purpose: Text
    outcome: Text
    minutes: int
    caution: Text = ""


ABOUT: Final[Mapping[Instrument, About]] = {
    Instrument.DIGITAL_SKILLS: About(
        _(
            "Find out where you stand in the 21 digital competences, from searching for information to safety."
        ),
        _(
            "You will see your five areas in a picture, your strengths, and programmes for what to learn next."
        ),
        20,
        _("You assess yourself; the result is as exact as your answers are honest."),
    ),
    Instrument.WORK_VALUES: About(
        _("See what you are like at work and what matters to you in it, and how the two go together."),
        _("You will see two pictures, and read what supports you and what may tire you."),
        15,
        _("This is a way to explore yourself. It is no diagnosis, and no answer is wrong."),
    ),
    Instrument.GROWTH: About(
        _("Think about how you learn: trust in yourself, wish to learn, belief in growth, perseverance."),
        _("You will see four bars and advice that you can try out at once."),
        10,
        _("This is a way to explore yourself. It is no diagnosis, and no answer is wrong."),
    ),
    Instrument.LEVEL: About(
        _("Find out from which of the three levels of learning to begin."),
        _("You will see your level and the programmes of that level."),
        15,
    ),
}

# From the lowest to the highest answer. Our own words for our own statements (facts 5.4 has those of DigCompSAT).
SCALE_WORDS: Final[Mapping[Scale, tuple[Text, ...]]] = {
    Scale.KNOWLEDGE: (
        _("I know nothing about it"),
        _("I know a little about it"),
        _("I know it well"),
        _("I know it so well that I can explain it to others"),
    ),
    Scale.SKILL: (
        _("I cannot do it"),
        _("I can do it with somebody’s help"),
        _("I can do it without help"),
        _("I can do it with confidence and help others"),
    ),
    Scale.ATTITUDE: (_("Never"), _("Seldom"), _("Often"), _("Always")),
    Scale.AGREEMENT: (
        _("I disagree completely"),
        _("I rather disagree"),
        _("I neither agree nor disagree"),
        _("I rather agree"),
        _("I agree completely"),
    ),
    Scale.IMPORTANCE: (
        _("Not important"),
        _("Of little importance"),
        _("Of some importance"),
        _("Important"),
        _("Very important"),
    ),
}
# The answers that count neither way, and in a choice for nothing.
NOT_CLEAR: Final = _("This question is not clear to me")
HARD_TO_SAY: Final = _("Hard to say")
NOT_KNOWN: Final = _("I do not know")
OTHERWISE: Final[Mapping[Scale, Text]] = {
    Scale.KNOWLEDGE: NOT_CLEAR,
    Scale.SKILL: NOT_CLEAR,
    Scale.ATTITUDE: NOT_CLEAR,
    Scale.AGREEMENT: HARD_TO_SAY,
    Scale.IMPORTANCE: HARD_TO_SAY,
    Scale.CHOICE: NOT_KNOWN,
}
