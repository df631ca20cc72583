"""Numbers of applications come from a sequence, so that two submissions never wait for each other."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("applications", "0002_initial")]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE application_number", "DROP SEQUENCE application_number"),
    ]
