"""A person with a browser at the simulated national sign-in, without a browser."""

import re
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

import requests

_PATIENCE_SECONDS = 60
_REQUEST_KEY = re.compile(r'name="request" value="([^"]+)"')


class Visitor:
    """Follows addresses of the simulator and returns where it sends the browser next; keeps its cookies."""

    def __init__(self) -> None:
        self._browser = requests.Session()
        self._browser.trust_env = False

    def open(self, address: str) -> requests.Response:
        """Return the simulator's answer, not following a redirect."""
        return self._browser.get(address, allow_redirects=False, timeout=_PATIENCE_SECONDS)

    def choose(self, authorize_url: str, slug: str, *, tool: str = "eparaksts-mobile") -> str:
        """Sign in as a person; return the address of the platform that the browser is sent back to."""
        return self._press(authorize_url, {"person": slug, "tool": tool})

    def cancel(self, authorize_url: str) -> str:
        """Give up; return the address of the platform that the browser is sent back to."""
        return self._press(authorize_url, {"action": "cancel"})

    def _press(self, authorize_url: str, button: dict[str, str]) -> str:
        page = self.open(authorize_url)
        found = _REQUEST_KEY.search(page.text)
        assert found, f"no page to choose on, but {page.status_code}"
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(authorize_url))
        answer = self._browser.post(
            f"{origin}/choice",
            data={"request": found[1], **button},
            allow_redirects=False,
            timeout=_PATIENCE_SECONDS,
        )
        assert answer.status_code == 303
        return answer.headers["Location"]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._browser.close()


def parameters(address: str) -> dict[str, str]:
    """Return the query parameters of an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
