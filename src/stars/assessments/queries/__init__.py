"""Reads of tests for those who manage them, and of results in figures."""
