"""Kinds of classifier. The value is also the prefix of each code."""

from django.db import models


class Kind(models.TextChoices):
    """Which closed list a value belongs to."""

    MUNICIPALITY = "muni"
    REGION = "region"
    FIELD = "field"
    EDUCATION = "edu"
    ECONOMIC_STATUS = "econ"
    REGISTRATION_REASON = "reason"
    CHOICE_REASON = "choice"
    HOW_HEARD = "heard"
    PROGRAMME_KIND = "kind"
    QUALIFICATION = "qual"
    DIGCOMP_AREA = "dcarea"
    DIGCOMP_COMPETENCE = "dccomp"
    DIGCOMP_LEVEL = "dclevel"

    @property
    def prefix(self) -> str:
        """What every code of the kind begins with: "muni-"."""
        return f"{self.value}-"
