"""Views of the institution workspace."""
