"""Sign-in by the national authentication module (Vienotās pieteikšanās modulis) behind one adapter.

`client` speaks OpenID Connect, `types` is what the rest of the platform sees, `simulator` stands in for the
national side in development and tests.
"""
