"""Results counted by place, age and month: one statement, whatever the number of results. No name is read."""

from datetime import datetime

from django.conf import settings
from django.db import connection
from django.db.models import Min
from django.utils import timezone

from stars.assessments.enums import DIMENSIONS, Instrument
from stars.assessments.models import Attempt
from stars.assessments.scoring import WHOLE
from stars.assessments.summaries import NONE, Breakdown, Counted, Tally
from stars.common import clock
from stars.people.ages import YOUNGER_THAN
from stars.people.enums import AgeGroup

_BANDS = "\n".join(
    f"WHEN latest.finished < person.birth_date + INTERVAL '{years} years' THEN '{band}'"
    for years, band in YOUNGER_THAN
)
# The latest result of each person in the year, with what it is counted by. The municipality is that of the profile as it
# stands today; the age that of the day of the result.
_LATEST = f"""
WITH latest AS (
    SELECT DISTINCT ON (attempt.person_id) attempt.person_id, result.percent, result.scores,
        attempt.finished_at AT TIME ZONE %(zone)s AS finished,
        COALESCE(result.level::text, result.band) AS mark
    FROM assessments_attempt attempt
    JOIN assessments_itembank bank ON bank.id = attempt.bank_id
    JOIN assessments_result result ON result.attempt_id = attempt.id
    WHERE bank.instrument = %(instrument)s
      AND attempt.finished_at >= %(since)s AND attempt.finished_at < %(until)s
    ORDER BY attempt.person_id, attempt.finished_at DESC, attempt.id DESC
), counted AS (
    SELECT latest.mark, latest.percent, latest.scores,
        EXTRACT(MONTH FROM latest.finished)::int::text AS month,
        COALESCE(profile.municipality_id, '') AS place,
        CASE
            WHEN person.birth_date IS NULL THEN '{NONE}'
            {_BANDS}
            ELSE '{AgeGroup.OLDER}'
        END AS age
    FROM latest
    JOIN people_person person ON person.id = latest.person_id
    LEFT JOIN people_profile profile ON profile.person_id = latest.person_id
)
"""  # noqa: S608 our own words
_BY_MARK = f"""{_LATEST}
SELECT place, age, month, mark, COUNT(*), COUNT(percent), COALESCE(SUM(percent), 0)
FROM counted GROUP BY GROUPING SETS ((place, mark), (age, mark), (month, mark))
"""  # noqa: S608 our own words
_BY_DIMENSION = f"""{_LATEST}
SELECT place, age, month, dimension.key, COUNT(*), COUNT(*),
    SUM(ROUND(100.0 * (dimension.value ->> 0)::int / ({WHOLE} * (dimension.value ->> 1)::int)))::int
FROM counted CROSS JOIN LATERAL jsonb_each(counted.scores -> 'dimensions') dimension
WHERE (dimension.value ->> 1)::int > 0
GROUP BY GROUPING SETS ((place, dimension.key), (age, dimension.key), (month, dimension.key))
"""  # noqa: S608 our own words


def counted_in(year: int, instrument: Instrument) -> Counted:
    """Everybody's latest result of the year."""
    zone = timezone.get_default_timezone()
    values: dict[str, str | datetime] = {
        "zone": settings.TIME_ZONE,
        "instrument": instrument.value,
        "since": datetime(year, 1, 1, tzinfo=zone),
        "until": datetime(year + 1, 1, 1, tzinfo=zone),
    }
    by_dimension = _tallies(_BY_DIMENSION, values) if instrument in DIMENSIONS else {}
    return Counted(_tallies(_BY_MARK, values), by_dimension)


def years_with_results(instrument: Instrument) -> list[int]:
    """From this year back to that of the first result."""
    first = Attempt.objects.filter(bank__instrument=instrument, finished_at__isnull=False).aggregate(
        at=Min("finished_at")
    )["at"]
    return list(range(clock.today().year, timezone.localtime(first or clock.now()).year - 1, -1))


def _tallies(statement: str, values: dict[str, str | datetime]) -> dict[tuple[Breakdown, str, str], Tally]:
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        for place, age, month, name, *sums in cursor.fetchall():
            groups = {Breakdown.PLACE: place, Breakdown.AGE: age, Breakdown.MONTH: month}
            kind, group = next((kind, group) for kind, group in groups.items() if group is not None)
            found[kind, group, name] = Tally(*(int(each) for each in sums))
    return found
