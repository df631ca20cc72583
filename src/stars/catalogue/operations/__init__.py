"""Everything that writes the catalogue. Each operation is atomic, needs a permission and leaves an audit event."""
