"""Telephone numbers and e-mail addresses in one form, so that equal ones are equal."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

COUNTRY = "LV"


class NotReachable(ValueError):
    """The text is no telephone number or e-mail address."""


def normal_phone(text: str) -> str:
    """A number in international form, "+37129123456"; eight digits alone are Latvian. Raises `NotReachable`."""
    try:
        number = phonenumbers.parse(text, COUNTRY)
    except phonenumbers.NumberParseException as error:
        raise NotReachable("phone") from error
    if not phonenumbers.is_possible_number(number):
        raise NotReachable("phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def readable_phone(phone: str) -> str:
    """The number with its gaps, "+371 29 123 456"; as given when it cannot be read."""
    try:
        number = phonenumbers.parse(phone, COUNTRY)
    except phonenumbers.NumberParseException:
        return phone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def normal_email(text: str) -> str:
    """The address without blanks and with a small-letter domain. Raises `NotReachable`."""
    name, at, domain = text.strip().rpartition("@")
    address = f"{name}{at}{domain.lower()}"
    try:
        validate_email(address)
    except ValidationError as error:
        raise NotReachable("email") from error
    return address
