"""Reads of the catalogue in the database; searching is `stars.catalogue.search`."""
