"""A stand-in for the state registers, for development and tests: no real person is in it."""
