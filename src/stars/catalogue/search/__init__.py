"""The search engine of the programme catalogue, in memory: plain values in, plain values out.

No tables and no request: PostgreSQL is the truth, `catalogue` reads it into `types.ProgrammeDocument` and
holds one `engine.CatalogueIndex`, which is immutable and safe to share between threads.
"""
