"""Forms in which an institution describes its programmes and groups, and in which they are approved."""

from stars.catalogue.forms.approval import SendBackForm
from stars.catalogue.forms.groups import GroupForm
from stars.catalogue.forms.programmes import ProgrammeForm

__all__ = [
    "GroupForm",
    "ProgrammeForm",
    "SendBackForm",
]
