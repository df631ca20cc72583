"""Tables of the catalogue."""

from stars.catalogue.models.approvals import ApprovalRequest
from stars.catalogue.models.changes import CatalogueChange
from stars.catalogue.models.funding import FundingSource, Round
from stars.catalogue.models.groups import Group, GroupOffer
from stars.catalogue.models.personal import Favourite, MutedReason
from stars.catalogue.models.programmes import Programme
from stars.catalogue.models.synonyms import SynonymGroup

__all__ = [
    "ApprovalRequest",
    "CatalogueChange",
    "Favourite",
    "FundingSource",
    "Group",
    "GroupOffer",
    "MutedReason",
    "Programme",
    "Round",
    "SynonymGroup",
]
