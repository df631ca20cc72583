"""Which addresses can only be the simulator's; settings check this before anything starts."""

from stars.integrations.identity.issuers import is_simulator


def is_stand_in(url: str) -> bool:
    """Whether the address can only be a stand-in: on this machine, without encryption, or no address at all."""
    return is_simulator(url)
