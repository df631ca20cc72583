"""Which issuers of sign-ins the address alone gives away; settings check this before anything starts."""

from ipaddress import ip_address
from urllib.parse import urlsplit

# In the metadata of our simulator, so that it is known for what it is at any address.
SIMULATOR_MARK = "stars_simulator"


def is_simulator(issuer: str) -> bool:
    """Whether an issuer can only be a stand-in: on this machine, without encryption, or no address at all."""
    parts = urlsplit(issuer)
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme != "https" or not host or host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
