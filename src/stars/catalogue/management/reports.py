"""How commands tell what is wrong with a file."""

from django.utils.translation import gettext as _

from stars.catalogue.imports.tables import Fault


def fault_line(fault: Fault) -> str:
    """One line: the row, the column if it is one cell's fault, and the words."""
    if not fault.column:
        return _("Row %(row)s: %(message)s") % {"row": fault.row, "message": fault.message}
    return _("Row %(row)s, column “%(column)s”: %(message)s") % {
        "row": fault.row,
        "column": fault.column,
        "message": fault.message,
    }
