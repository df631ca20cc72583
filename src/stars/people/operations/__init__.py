"""Everything that writes persons."""

from stars.people.operations.consent import accept_texts
from stars.people.operations.contact import (
    LinkNotValid,
    choose_language,
    confirm_email,
    send_confirmation,
    set_contact,
)
from stars.people.operations.profile import UnknownValue, correct_profile, save_profile
from stars.people.operations.signing_in import actor_of, arrive, sign_in
from stars.people.operations.typed import forget_typed, keep_typed

__all__ = [
    "LinkNotValid",
    "UnknownValue",
    "accept_texts",
    "actor_of",
    "arrive",
    "choose_language",
    "confirm_email",
    "correct_profile",
    "forget_typed",
    "keep_typed",
    "save_profile",
    "send_confirmation",
    "set_contact",
    "sign_in",
]
