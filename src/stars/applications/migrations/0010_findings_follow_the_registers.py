from django.db import migrations

# What registers had said until now stood beside the stored findings, and lists filtered by the latter.
FOLLOW = """
UPDATE applications_application application
SET findings = followed.findings
FROM (
    SELECT application.id, jsonb_agg(
        CASE said.answer
            WHEN 'yes' THEN row || '{"verdict": "met"}'
            WHEN 'no' THEN row || '{"verdict": "not-met"}'
            WHEN 'unknown' THEN row || '{"verdict": "to-check"}'
            WHEN 'failed' THEN row || '{"verdict": "to-check"}'
            ELSE row
        END ORDER BY place
    ) AS findings
    FROM applications_application application
    CROSS JOIN jsonb_array_elements(application.findings) WITH ORDINALITY finding(row, place)
    LEFT JOIN applications_registeranswer said ON said.application_id = application.id
        AND said.register = CASE row ->> 'rule' WHEN 'adult' THEN 'population' WHEN 'employed' THEN 'tax' END
    WHERE EXISTS (SELECT FROM applications_registeranswer WHERE application_id = application.id)
    GROUP BY application.id
) followed
WHERE application.id = followed.id AND application.findings <> followed.findings
"""


class Migration(migrations.Migration):
    """The findings of each application become what its page has shown."""

    dependencies = [("applications", "0009_lean_indexes")]

    operations = [migrations.RunSQL(FOLLOW, reverse_sql=migrations.RunSQL.noop)]
