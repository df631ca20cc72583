"""The queue's door, apart from the tasks themselves, so that operations and tasks need not import each other."""

from procrastinate.contrib.django import app

ASK_REGISTERS = "applications.ask-registers"


def enqueue_registers(application_id: int) -> None:
    """Have the registers asked about the application, once the present transaction is through."""
    app.configure_task(ASK_REGISTERS, queue="registers").defer(application_id=application_id)
