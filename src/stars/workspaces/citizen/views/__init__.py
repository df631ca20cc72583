"""Views of the client profile."""
