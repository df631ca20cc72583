"""Whoever was merged into another person gets nothing any more, also from a request that began before the merge."""

from django.db import migrations

# The merge locks the person's row; whoever writes something of theirs waits for it here, and reads it anew.
FUNCTION = """
CREATE FUNCTION nothing_for_the_merged() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept uuid;
BEGIN
    EXECUTE format('SELECT merged_into_id FROM people_person WHERE id = ($1).%I FOR KEY SHARE', TG_ARGV[0])
        INTO kept USING NEW;
    IF kept IS NOT NULL THEN
        RAISE EXCEPTION 'the person was merged into another'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'nothing_for_the_merged';
    END IF;
    RETURN NEW;
END
$$
"""
COLUMNS = {
    "applications_application": "applicant_id",
    "enrolments_enrolment": "person_id",
    "funding_learningaccount": "person_id",
    "organisations_membership": "person_id",
    "people_personidentifier": "person_id",
    "people_profile": "person_id",
}


class Migration(migrations.Migration):
    dependencies = [
        ("merging", "0001_initial"),
        ("applications", "0002_initial"),
        ("enrolments", "0001_initial"),
        ("funding", "0001_initial"),
        ("organisations", "0002_memberships"),
        ("people", "0002_merging"),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION nothing_for_the_merged"),
        *(
            migrations.RunSQL(
                f"CREATE TRIGGER nothing_for_the_merged BEFORE INSERT OR UPDATE OF {column} ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION nothing_for_the_merged('{column}')",
                f"DROP TRIGGER nothing_for_the_merged ON {table}",
            )
            for table, column in COLUMNS.items()
        ),
    ]
