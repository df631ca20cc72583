"""Reading a file with a bank of items: all of it is checked before anything is kept.

JSON as one object: `instrument` (when it is not the test of digital skills), `title_lv`, `title_en`, `framework`,
`source`, and `items`, each with `code`, `competence` ("1.1") or `dimension`, `scale`, `text_lv`, and if wanted
`text_en` and `reverse`. A choice has `options`, each with `lv` and `en`, and the place of the `right` one from 0;
questions of the level test have their `level`. Files that number their items with `n` instead of `code` are read too.
A LimeSurvey structure (.lss) is read by `limesurvey`, and then checked alike.
"""

from stars.assessments.bank_files.reading import LARGEST_BYTES, parse_bank, read_bank
from stars.assessments.bank_files.values import BankFile, FaultyBank, Option, Row

__all__ = [
    "LARGEST_BYTES",
    "BankFile",
    "FaultyBank",
    "Option",
    "Row",
    "parse_bank",
    "read_bank",
]
