"""`python -m stars.integrations.registers.simulator`: the registers as a process, for this machine only.

Environment: `REGISTERS_PORT` (default `PORT` + 2, `PORT` is 8000).
"""

import os
import signal
import sys
from types import FrameType

from stars.integrations.identity.simulator.authority import today_in_latvia
from stars.integrations.registers.simulator.server import RegisterSimulator


def main() -> None:
    """Serve until interrupted or told to end."""
    signal.signal(signal.SIGTERM, _end)
    port = int(os.environ.get("REGISTERS_PORT") or int(os.environ.get("PORT") or 8000) + 2)
    simulator = RegisterSimulator(port, today=today_in_latvia)
    sys.stdout.write(f"Register simulator: {simulator.url}\n")
    sys.stdout.flush()
    try:
        simulator.serve_forever()
    except KeyboardInterrupt:
        sys.exit(0)


def _end(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


if __name__ == "__main__":
    main()
