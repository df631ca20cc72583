"""Addresses and numbers in one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stars.people.contact import NotReachable, normal_email, normal_phone, readable_phone


@pytest.mark.parametrize(
    ("phone", "read"),
    [("+37129123456", "+371 29 123 456"), ("+48500000001", "+48 500 000 001"), ("", ""), ("x", "x")],
)
def test_numbers_are_shown_with_gaps(phone: str, read: str) -> None:
    assert readable_phone(phone).replace("\N{NO-BREAK SPACE}", " ") == read


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_number_or_is_refused(text: str) -> None:
    try:
        phone = normal_phone(text)
    except NotReachable:
        return
    assert phone[0] == "+"
    assert phone[1:].isdecimal()
    assert normal_phone(phone) == phone


@given(st.text(max_size=60) | st.emails())
def test_whatever_is_typed_is_an_address_or_is_refused(text: str) -> None:
    try:
        email = normal_email(text)
    except NotReachable:
        return
    assert normal_email(email) == email
