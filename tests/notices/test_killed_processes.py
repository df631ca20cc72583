"""A real worker, stopped dead while the mail server has its letter; another one goes on."""

import re
import signal
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob
from tests import processes
from tests.notices.test_killed_workers import look_for_stalled
from tests.notices.test_operations import send

from stars.notices.models import Delivery, DeliveryStatus

_WORK = """
from django.conf import settings
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", {port}, False
from procrastinate.contrib.django import app
with app.replace_connector(app.connector.get_worker_connector()) as own:
    own.run_worker(queues=["notices"], concurrency=1, wait=False)
"""


class _Talk(socketserver.StreamRequestHandler):
    """As much of a mail server as a letter needs."""

    server: "PostOffice"

    def handle(self) -> None:
        self._stop_at("greeting")
        self._say("220 post")
        for line in self.rfile:
            word = line[:4].upper().strip()
            if word == b"DATA":
                self._say("354 go on")
                self.server.letters.append(self._letter())
                self._stop_at("receipt")
            self._say("221 bye" if word == b"QUIT" else "250 fine")

    def _letter(self) -> str:
        text = b""
        while not text.endswith(b"\r\n.\r\n"):
            text += self.rfile.readline()
        return text.decode()

    def _say(self, words: str) -> None:
        try:
            self.wfile.write(f"{words}\r\n".encode())
        except OSError:
            # The worker is dead by now, as it should be.
            return

    def _stop_at(self, moment: str) -> None:
        if moment == self.server.stops_at and len(self.server.letters) >= self.server.after:
            self.server.is_reached.set()
            self.server.goes_on.wait(60)


class PostOffice(socketserver.ThreadingTCPServer):
    """Takes letters; at `stops_at`, with so many letters taken, it says nothing more until it is told to go on."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, stops_at: str, after: int) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.stops_at, self.after = stops_at, after
        self.letters: list[str] = []
        self.is_reached, self.goes_on = threading.Event(), threading.Event()

    @property
    def numbers(self) -> list[str]:
        """The Message-ID of each letter that was taken."""
        return [re.findall(r"^Message-ID: (\S+)", text, re.M)[0] for text in self.letters]


@contextmanager
def post_office(stops_at: str, *, after: int) -> Iterator[PostOffice]:
    with PostOffice(stops_at, after) as office:
        threading.Thread(target=office.serve_forever, daemon=True).start()
        yield office
        office.goes_on.set()
        office.shutdown()


def work(office: PostOffice) -> str:
    return _WORK.format(port=office.server_address[1])


def time_passes() -> None:
    """Half a minute without a heartbeat of whoever is dead."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("stops_at", "after", "times"),
    # Killed before the mail server took the second letter, nothing leaves twice. Killed between its taking and our
    # knowing, that one letter leaves twice, by the same number: the window that `operations.deliver` names.
    [("greeting", 1, [1, 1]), ("receipt", 2, [1, 2])],
    ids=["before-it-left", "before-we-knew"],
)
def test_a_killed_worker_repeats_only_the_letter_that_it_had_in_hand(
    stops_at: str, after: int, times: list[int]
) -> None:
    first, second = send(), send()
    with post_office(stops_at, after=after) as office:
        with processes.start(work(office)) as worker:
            try:
                processes.wait_for(office.is_reached.is_set)
            finally:
                worker.send_signal(signal.SIGKILL)
        assert worker.returncode == -signal.SIGKILL
        jobs = list(ProcrastinateJob.objects.filter(queue_name="notices").order_by("id"))
        assert [job.status for job in jobs] == ["succeeded", "doing"]
        second.refresh_from_db()
        assert (second.status, second.attempts) == (DeliveryStatus.QUEUED, 0)

        office.stops_at = ""
        office.goes_on.set()
        time_passes()
        look_for_stalled()
        for _ in range(2):
            with processes.start(work(office)) as successor:
                assert successor.wait(60) == 0
        numbers = office.numbers

    assert [sum(f"<delivery-{one.pk}." in number for number in numbers) for one in (first, second)] == times
    assert len(set(numbers)) == 2
    assert {(one.status, one.attempts) for one in Delivery.objects.all()} == {(DeliveryStatus.SENT, 1)}
