"""Testi (manual 3.6): the list, the taking, and what came of it."""
