"""Everything that writes memberships."""

from stars.organisations.operations.memberships import grant

__all__ = ["grant"]
