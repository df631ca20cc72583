"""What the simulator can be told to do wrong, so that tests see the platform refuse it."""

from enum import StrEnum


class Spoil(StrEnum):
    """One fault; any number of them can be switched on at once."""

    WRONG_ISSUER = "wrong-issuer"
    WRONG_AUDIENCE = "wrong-audience"
    WRONG_NONCE = "wrong-nonce"
    MISSING_NONCE = "missing-nonce"
    EXPIRED = "expired"
    FOREIGN_SIGNATURE = "foreign-signature"
    NO_PROOF = "no-proof"
    MISSING_SUBJECT = "missing-subject"
    MISSING_NAMES = "missing-names"
    UNKNOWN_IDENTIFIER = "unknown-identifier"
    MISSING_BIRTH_DATE = "missing-birth-date"
    BROKEN_METADATA = "broken-metadata"
    FOREIGN_METADATA = "foreign-metadata"
    BROKEN_KEYS = "broken-keys"
    EXCHANGE_FAILS = "exchange-fails"
    SLOW_EXCHANGE = "slow-exchange"
    NO_SIGN_OUT = "no-sign-out"
