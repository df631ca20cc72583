"""Pages that are the same for everybody who is not signed in are made once and kept for a minute.

Kept is only what depends on nothing but address, language, catalogue and minute: no session, no message, no token.
Such a page holds no secret, so it may also be sent compressed.
"""

import gzip
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Final, NamedTuple

import brotli  # type: ignore[import-untyped]  # comes without types
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

View = Callable[..., HttpResponseBase]

_MOST_PAGES: Final = 400
_MOST_BYTES: Final = 24_000_000
_LONGEST_ADDRESS: Final = 1_000
_SMALL: Final = 1_000
# Higher levels take twice the time for a tenth fewer bytes, and most searches are asked once. Brotli's is smaller than
# gzip's, and takes half the time.
_COMPRESS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "br": lambda body: brotli.compress(body, quality=1),
    "gzip": lambda body: gzip.compress(body, 1, mtime=0),
}
# A visitor who goes back and forth asks no server; whoever signs in has another cookie and gets another page.
_BROWSER: Final = "private, max-age=5"


class Page(NamedTuple):
    """The body of an answer as it is sent."""

    body: bytes
    content_type: str
    encoding: str


class KeptPages:
    """The pages of one generation (catalogue and minute), the latest used; the next generation begins empty."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._generation: object = None
        self._pages: OrderedDict[object, Page] = OrderedDict()
        self._bytes = 0

    def get(self, generation: object, key: object) -> Page | None:
        """The page, or None."""
        with self._lock:
            if generation != self._generation or key not in self._pages:
                return None
            self._pages.move_to_end(key)
            return self._pages[key]

    def put(self, generation: object, key: object, page: Page) -> None:
        """Keep a page; the least used give way."""
        with self._lock:
            if generation != self._generation:
                self._generation, self._bytes = generation, 0
                self._pages.clear()
            self._bytes += len(page.body) - len(self._pages.pop(key, Page(b"", "", "")).body)
            self._pages[key] = page
            while len(self._pages) > _MOST_PAGES or self._bytes > _MOST_BYTES:
                self._bytes -= len(self._pages.popitem(last=False)[1].body)


def kept_for_everybody(version: Callable[[], str]) -> Callable[[View], View]:
    """A decorator of a view's function: in `version`, what the page depends on besides address and language."""
    pages = KeptPages()
    # One page is made at a time: what many ask for at once is made once, and threads that compute side by side only
    # take the interpreter from each other.
    turn = threading.Lock()

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not is_plain(request):
                return view(request, *args, **kwargs)
            encoding = _encoding(request.headers.get("Accept-Encoding", ""))
            generation = (version(), int(time.time() // 60))
            key = (request.build_absolute_uri(), get_language(), encoding)
            if page := pages.get(generation, key):
                return _response(page)
            with turn:
                if page := pages.get(generation, key):
                    return _response(page)
                response = view(request, *args, **kwargs)
                if isinstance(response, SimpleTemplateResponse):
                    response.render()
                if not isinstance(response, HttpResponse) or not _may_be_kept(request, response):
                    return response
                page = _page(response, encoding)
                pages.put(generation, key, page)
            return _response(page)

        return answer

    return decorate


def is_plain(request: HttpRequest) -> bool:
    """True for a visitor of whom nothing is known: no session, no waiting message, nobody signed in."""
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
        and len(request.get_full_path()) <= _LONGEST_ADDRESS
    )


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Not what failed, sets cookies or holds a token against forged requests."""
    return (
        response.status_code == 200
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
    )


def _encoding(accepted: str) -> str:
    """The best of what the browser says that it can read; "" for none."""
    names = {name.strip() for name in accepted.split(",")}
    return next((name for name in _COMPRESS if name in names), "")


def _page(response: HttpResponse, encoding: str) -> Page:
    body = response.content
    if len(body) <= _SMALL:
        encoding = ""
    return Page(
        body=_COMPRESS[encoding](body) if encoding else body,
        content_type=response.headers["Content-Type"],
        encoding=encoding,
    )


def _response(page: Page) -> HttpResponse:
    response = HttpResponse(page.body, content_type=page.content_type)
    response.headers["Cache-Control"] = _BROWSER
    if page.encoding:
        response.headers["Content-Encoding"] = page.encoding
    patch_vary_headers(response, ("Cookie", "Accept-Encoding"))
    return response
