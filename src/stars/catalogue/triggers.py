"""SQL for a migration: a renamed institution or classifier value is a change of the whole catalogue.

The tables stand below the catalogue and know nothing of it, so their models cannot carry these triggers.
"""

_TABLES = {
    "organisations_organisation": "name, short_name, slug, municipality_id",
    "classifiers_classifiervalue": "name_lv, name_en, parent_id, position",
}

_FUNCTION = """
CREATE FUNCTION catalogue_log_all() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO catalogue_cataloguechange (programme_id, transaction)
    VALUES (NULL, pg_current_xact_id()::text::bigint);
    RETURN NULL;
END $$;
"""

CREATE_SQL = "\n".join(
    [
        _FUNCTION,
        *(
            f"CREATE TRIGGER catalogue_log_all AFTER UPDATE OF {columns} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION catalogue_log_all();"
            for table, columns in _TABLES.items()
        ),
    ]
)

DROP_SQL = "\n".join(
    [
        *(f"DROP TRIGGER IF EXISTS catalogue_log_all ON {table};" for table in _TABLES),
        "DROP FUNCTION IF EXISTS catalogue_log_all();",
    ]
)
