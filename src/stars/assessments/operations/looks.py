"""That staff looked at figures made of people's results."""

from stars.actors.actor import Actor
from stars.assessments.enums import Instrument
from stars.assessments.scope import must_manage
from stars.audit import operations as audit


def note_summary(instrument: Instrument, year: int, *, by: Actor, what: str = "viewed") -> None:
    """Somebody saw the figures of a year, or took them along in a file (`what` "exported")."""
    must_manage(instrument, by=by)
    audit.record(
        f"test-summary.{what}",
        by=by,
        subject="instrument",
        subject_id=instrument.value,
        details={"year": year},
    )
