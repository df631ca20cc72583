"""`python -m stars.integrations.registers.simulator`: the registers as a process, for this machine only.

Environment: `REGISTERS_PORT` (default `PORT` + 2, `PORT` is 8000).
"""

import os

from stars.integrations.identity.simulator.authority import today_in_latvia
from stars.integrations.registers.simulator.server import RegisterSimulator
from stars.integrations.serving import serve


def main() -> None:
    """Serve until interrupted or told to end."""
    port = int(os.environ.get("REGISTERS_PORT") or int(os.environ.get("PORT") or 8000) + 2)
    simulator = RegisterSimulator(port, today=today_in_latvia)
    serve("Register simulator", simulator.url, simulator.serve_forever)


if __name__ == "__main__":
    main()
