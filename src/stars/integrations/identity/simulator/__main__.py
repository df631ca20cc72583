"""`python -m stars.integrations.identity.simulator`: the simulator as a process, for this machine only.

Environment: `IDP_PORT` (default `PORT` + 1, `PORT` is 8000), `IDP_ISSUER` (default
`http://localhost:<IDP_PORT>`), `IDENTITY_CLIENT_ID` and `IDENTITY_CLIENT_SECRET` as the platform has them,
`IDP_CLIENT_ORIGINS` (origins besides loopback that may be returned to, divided by commas).
"""

import os

from stars.integrations.identity.simulator.clients import RegisteredClient
from stars.integrations.identity.simulator.server import Simulator
from stars.integrations.serving import serve


def main() -> None:
    """Serve until interrupted or told to end."""
    port = int(os.environ.get("IDP_PORT") or int(os.environ.get("PORT") or 8000) + 1)
    known = RegisteredClient()
    simulator = Simulator(
        port,
        issuer=os.environ.get("IDP_ISSUER") or f"http://localhost:{port}",
        client=RegisteredClient(
            client_id=os.environ.get("IDENTITY_CLIENT_ID") or known.client_id,
            client_secret=os.environ.get("IDENTITY_CLIENT_SECRET") or known.client_secret,
            origins=frozenset(filter(None, os.environ.get("IDP_CLIENT_ORIGINS", "").split(","))),
        ),
    )
    serve("Sign-in simulator", simulator.issuer, simulator.serve_forever)


if __name__ == "__main__":
    main()
