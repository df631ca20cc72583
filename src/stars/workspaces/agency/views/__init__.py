"""Views of the workspace of the agency and of other authorities."""
