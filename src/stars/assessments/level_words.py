"""What each level of learning means for whoever the level test found it for (facts 1.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from stars.assessments.words import Text


@dataclass(frozen=True, slots=True)
class LevelWords:
    """Where somebody stands, and what programmes of the level teach."""

    standing: Text
    teaches: Text


LEVELS: Final[Mapping[int, LevelWords]] = {
    1: LevelWords(
        _("It is best to begin with the basics. The lessons are calm, and no earlier knowledge is needed."),
        _(
            "You will learn to use a computer and a phone with confidence: to search the internet, to write e-mails, "
            "to keep photos and documents, to choose safe passwords."
        ),
    ),
    2: LevelWords(
        _("You know the basics. Now learn to settle your affairs online."),
        _(
            "You will learn to use e-services: the portal Latvija.gov.lv, the e-address, eParaksts and the internet "
            "bank, and to recognise fraud."
        ),
    ),
    3: LevelWords(
        _("You can already do what everyday life needs. You can go further."),
        _(
            "You will learn what helps at work and in studies: tables and documents, working together online, "
            "checking information, protecting data, solving technical problems."
        ),
    ),
}
