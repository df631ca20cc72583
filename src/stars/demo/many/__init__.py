"""Hundreds of invented people, a table at a time, so that reports have something to count. Nobody signs in as them."""
