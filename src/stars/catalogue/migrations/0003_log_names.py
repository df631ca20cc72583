"""A renamed institution or classifier value is a change of the whole catalogue."""

from django.db import migrations

from stars.catalogue.triggers import CREATE_SQL, DROP_SQL


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_initial"),
        ("classifiers", "0001_initial"),
        ("organisations", "0001_initial"),
    ]

    operations = [migrations.RunSQL(CREATE_SQL, DROP_SQL)]
