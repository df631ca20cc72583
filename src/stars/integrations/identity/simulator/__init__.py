"""A stand-in for the national sign-in, for development and tests; production settings refuse it."""
