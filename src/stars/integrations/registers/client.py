"""The registers over HTTP: a JSON object is posted, a JSON object comes back.

Timeouts are short, attempts few, pauses between them grow. Nothing here raises: what went wrong is a value, because
whoever asks goes on without the answer. Personal codes are in no address, no exception and no log.
"""

import logging
import time
from typing import Any

import requests
from django.conf import settings

from stars.integrations.registers.types import Codes, Outcome, Question, Register, Said

log = logging.getLogger(__name__)

PATHS: dict[Register, str] = {
    Register.TAX: "tax/employment",
    Register.POPULATION: "population/age",
    Register.SOCIAL: "social/low-income",
}
# Where no registers are set up, asking again later would not help.
NOT_CONFIGURED = "not-configured"
CODES_PATH = "population/codes"
_WORTH_ANOTHER_TRY = frozenset({429, 500, 502, 503, 504})
_LONGEST_ANSWER = 20_000


class _NoAnswer(Exception):
    """The register did not answer, or not understandably. `is_final`: another attempt would not help."""

    def __init__(self, fault: str, *, is_final: bool = False) -> None:
        super().__init__(fault)
        self.fault, self.is_final = fault, is_final


def ask(question: Question, *, attempts: int | None = None) -> Outcome:
    """Ask one register. FAILED when it did not answer within the attempts."""
    body: dict[str, Any] = {"person_code": question.person_code, "on": question.on.isoformat()}
    if question.register is Register.POPULATION:
        body["at_least"] = question.at_least
    try:
        said = _post(PATHS[question.register], body, attempts).get("answer")
        if said not in (Said.YES, Said.NO, Said.UNKNOWN):
            raise _NoAnswer("answer")
    except _NoAnswer as failure:
        log.warning("register %s did not answer: %s", question.register.value, failure.fault)
        return Outcome(Said.FAILED, failure.fault)
    return Outcome(Said(said))


def codes_of(person_code: str, *, attempts: int | None = None, timeout: float | None = None) -> Codes:
    """Every code, earlier and later, of the person who has this one. The code itself may be among them."""
    try:
        answer = _post(CODES_PATH, {"person_code": person_code}, attempts, timeout)
        if answer.get("answer") == Said.UNKNOWN:
            return Codes(Said.UNKNOWN)
        codes = answer.get("codes")
        if not isinstance(codes, list) or not all(_is_code(code) for code in codes):
            raise _NoAnswer("answer")
    except _NoAnswer as failure:
        log.warning("register %s did not answer: %s", Register.POPULATION.value, failure.fault)
        return Codes(Said.FAILED, fault=failure.fault)
    return Codes(Said.YES, tuple(codes))


def _is_code(text: object) -> bool:
    return isinstance(text, str) and len(text) == 11 and text.isascii() and text.isdecimal()


def _post(
    path: str, body: dict[str, Any], attempts: int | None, timeout: float | None = None
) -> dict[str, Any]:
    """The answer of the first attempt that had one. Raises `_NoAnswer`."""
    options = settings.REGISTERS if timeout is None else settings.REGISTERS | {"timeout": timeout}
    if not options["url"]:
        raise _NoAnswer(NOT_CONFIGURED, is_final=True)
    left = attempts or options["attempts"]
    pause = options["pause"]
    while True:
        left -= 1
        try:
            return _post_once(f"{options['url'].rstrip('/')}/{path}", body, options)
        except _NoAnswer as failure:
            if failure.is_final or left <= 0:
                raise
        time.sleep(pause)
        pause *= 2


def _post_once(url: str, body: dict[str, Any], options: dict[str, Any]) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {options['key']}"} if options["key"] else {}
    try:
        response = requests.post(
            url, json=body, headers=headers, timeout=options["timeout"], allow_redirects=False
        )
    except requests.Timeout:
        raise _NoAnswer("timeout") from None
    except requests.RequestException as error:
        raise _NoAnswer(type(error).__name__) from None
    if response.status_code != requests.codes.ok:
        is_final = response.status_code not in _WORTH_ANOTHER_TRY
        raise _NoAnswer(f"status-{response.status_code}", is_final=is_final)
    if len(response.content) > _LONGEST_ANSWER:
        raise _NoAnswer("too-long", is_final=True)
    try:
        answer = response.json()
    except requests.JSONDecodeError:
        raise _NoAnswer("not-json") from None
    if not isinstance(answer, dict):
        raise _NoAnswer("not-an-object", is_final=True)
    return answer
