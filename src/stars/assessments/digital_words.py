"""What the test of digital skills says about its result: for the whole, for each area, for each band."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from stars.assessments.enums import Band
from stars.assessments.words import Text

Words = Mapping[Band, Text]

OVERALL: Final[Words] = {
    Band.LOW: _(
        "You are at the beginning, and that is a good place to start: small, useful steps come first. A short course of"
        " the basics will soon show results."
    ),
    Band.FOUNDATION: _(
        "You manage everyday things, sometimes with help. Practise what you need most often, and you will soon do it"
        " without help."
    ),
    Band.INTERMEDIATE: _(
        "You do most things independently. Choose one or two weaker areas and deepen them; the rest grows with use."
    ),
    Band.ADVANCED: _(
        "You are confident and can help others. Look for specialised programmes, or share what you know at work and at"
        " home."
    ),
}
NO_SCORE: Final = _(
    "You answered that no question was clear to you, so there is no score. That is an answer too: begin with the basics,"
    " or take the test together with somebody who can explain the questions."
)
NO_AREA_SCORE: Final = _("No question of this area was clear to you, so it has no score.")

AREAS: Final[Mapping[str, Words]] = {
    "dcarea-1": {
        Band.LOW: _("Begin with searching: how to ask, and how to tell whether a page can be trusted."),
        Band.FOUNDATION: _(
            "You find simple things. Learn to compare sources, and to keep files so that you find them again."
        ),
        Band.INTERMEDIATE: _(
            "You find and judge information by yourself. Next come advanced search and orderly data, for example in"
            " tables."
        ),
        Band.ADVANCED: _(
            "You find, judge and keep information with confidence. Data analysis could be your next step."
        ),
    },
    "dcarea-2": {
        Band.LOW: _(
            "Begin with what connects you with others: e-mail, calls, signing in to e-services of the state."
        ),
        Band.FOUNDATION: _(
            "You write and call. Learn to share documents and to take part in meetings at a distance."
        ),
        Band.INTERMEDIATE: _(
            "You communicate with ease. Next come working together in one document and care for your traces on the"
            " internet."
        ),
        Band.ADVANCED: _(
            "You work together online with confidence and can show others how. Leading a team at a distance may suit"
            " you."
        ),
    },
    "dcarea-3": {
        Band.LOW: _("Begin with one text and one picture: make it, save it, change it. More will follow."),
        Band.FOUNDATION: _("You make simple texts. Presentations and tables would make your work easier."),
        Band.INTERMEDIATE: _(
            "You make good content. Find out more about copyright, or try the first steps in programming."
        ),
        Band.ADVANCED: _(
            "You create content of many kinds with confidence. Programming or design can become more than a hobby."
        ),
    },
    "dcarea-4": {
        Band.LOW: _(
            "Begin right here: safe passwords, updates, and how to recognise fraud. It protects all the rest."
        ),
        Band.FOUNDATION: _(
            "You know the main risks. Switch on two-step sign-in and check which apps see your data."
        ),
        Band.INTERMEDIATE: _(
            "You protect yourself and your devices well. Think of backup copies and of healthy habits at the screen."
        ),
        Band.ADVANCED: _(
            "You handle risks with confidence. People at home and at work will be glad of your advice."
        ),
    },
    "dcarea-5": {
        Band.LOW: _("Begin with the usual troubles: restarting, settings, asking for help in clear words."),
        Band.FOUNDATION: _(
            "You mend simple troubles. Learn to look for solutions by yourself and to choose the right tool."
        ),
        Band.INTERMEDIATE: _(
            "You find solutions by yourself. Look for ways in which technology can make your work easier."
        ),
        Band.ADVANCED: _(
            "You solve problems creatively and see what to learn next. You could help a whole team to change."
        ),
    },
}
