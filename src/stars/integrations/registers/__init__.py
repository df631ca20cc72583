"""State registers that are asked about a person: tax, natural persons, municipal social services."""
