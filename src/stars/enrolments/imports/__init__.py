"""Files of institutions: thin doors to the operations."""
