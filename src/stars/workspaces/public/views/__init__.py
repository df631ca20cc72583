"""Views of the public workspace."""
