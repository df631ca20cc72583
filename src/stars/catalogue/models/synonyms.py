"""Words that mean the same to somebody who searches."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from stars.catalogue.models.changes import log_change


class SynonymGroup(models.Model):
    """Equivalent words or phrases (sinonīmi), in base form."""

    terms = ArrayField(models.CharField(max_length=80))

    class Meta:
        """A single word is equivalent to nothing."""

        constraints = [models.CheckConstraint(condition=Q(terms__len__gte=2), name="synonyms_two_or_more")]
        triggers = [log_change("log_change", "NULL")]

    def __str__(self) -> str:
        return " | ".join(self.terms)
