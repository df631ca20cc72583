import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0001_initial'),
        ('classifiers', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='LevelRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(unique=True)),
                ('level_2_from', models.PositiveSmallIntegerField()),
                ('level_3_from', models.PositiveSmallIntegerField()),
                ('valid_days', models.PositiveSmallIntegerField()),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='answer',
            name='answer_fits',
        ),
        migrations.RemoveConstraint(
            model_name='answer',
            name='answer_on_scale',
        ),
        migrations.RemoveConstraint(
            model_name='item',
            name='item_scale_known',
        ),
        migrations.RemoveConstraint(
            model_name='itembank',
            name='bank_instrument_known',
        ),
        migrations.RemoveConstraint(
            model_name='result',
            name='result_percent_has_band',
        ),
        migrations.AddField(
            model_name='attempt',
            name='asked',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None),
        ),
        # Attempts that there are ask their whole bank. The triggers would keep finished ones from being told so.
        migrations.RunSQL(
            """
            ALTER TABLE assessments_attempt DISABLE TRIGGER USER;
            UPDATE assessments_attempt SET asked = ARRAY(
                SELECT id FROM assessments_item WHERE bank_id = assessments_attempt.bank_id ORDER BY position
            );
            ALTER TABLE assessments_attempt ENABLE TRIGGER USER;
            """,
            reverse_sql=migrations.RunSQL.noop,
        ),
        migrations.AddField(
            model_name='item',
            name='dimension',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='item',
            name='level',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='item',
            name='options',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='item',
            name='right',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='result',
            name='level',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name='item',
            name='competence',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='classifiers.classifiervalue'),
        ),
        migrations.AlterField(
            model_name='item',
            name='scale',
            field=models.CharField(choices=[('knowledge', 'Knowledge'), ('skill', 'Skill'), ('attitude', 'Attitude'), ('agreement', 'Agreement'), ('importance', 'Importance'), ('choice', 'Knowledge question')], max_length=10),
        ),
        migrations.AlterField(
            model_name='itembank',
            name='instrument',
            field=models.CharField(choices=[('digital-skills', 'MyDigiSkills test'), ('work-values', 'Personality and work values in accord'), ('growth', 'My abilities for growth'), ('level', 'Self-assessment test of skills and knowledge')], max_length=20),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='answer',
            trigger=pgtrigger.compiler.Trigger(name='answer_fits', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NOT EXISTS (\n    SELECT 1 FROM assessments_attempt attempt JOIN assessments_item item ON item.id = ANY(attempt.asked)\n    WHERE attempt.id = NEW.attempt_id AND item.id = NEW.item_id AND attempt.finished_at IS NULL\n      AND (NEW.value IS NULL OR NEW.value <= CASE\n            WHEN item.scale = 'choice' THEN jsonb_array_length(item.options) - 1\n            WHEN item.scale IN ('agreement', 'importance') THEN 4\n            ELSE 3 END)\n) THEN\n    RAISE EXCEPTION 'an answer needs an open attempt that asks the item, and lies on its scale'\n        USING ERRCODE = 'integrity_constraint_violation';\nEND IF;\nRETURN NEW;\n", hash='a0c28f02059b912c6fa71957cae04f86ec0d937e', operation='INSERT OR UPDATE', pgid='pgtrigger_answer_fits_ff1fc', table='assessments_answer', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(('scale__in', ['knowledge', 'skill', 'attitude', 'agreement', 'importance', 'choice'])), name='item_scale_known'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('competence__isnull', False), ('dimension', '')), models.Q(('competence__isnull', True), models.Q(('dimension', ''), _negated=True)), _connector='OR'), name='item_measures_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('right__isnull', False), ('scale', 'choice')), models.Q(models.Q(('scale', 'choice'), _negated=True), ('options', []), ('right__isnull', True)), _connector='OR'), name='item_choice_has_right_option'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(('level__isnull', True), ('level__in', [1, 2, 3]), _connector='OR'), name='item_level_known'),
        ),
        migrations.AddConstraint(
            model_name='itembank',
            constraint=models.CheckConstraint(condition=models.Q(('instrument__in', ['digital-skills', 'work-values', 'growth', 'level'])), name='bank_instrument_known'),
        ),
        migrations.AddConstraint(
            model_name='levelrules',
            constraint=models.CheckConstraint(condition=models.Q(('level_2_from__gte', 1), ('level_3_from__gt', models.F('level_2_from')), ('level_3_from__lte', 100), ('valid_days__gte', 1)), name='level_rules_in_order'),
        ),
        migrations.AddConstraint(
            model_name='levelrules',
            constraint=models.CheckConstraint(condition=models.Q(('retired_at__isnull', True), ('retired_at__gte', models.F('published_at')), _connector='OR'), name='level_rules_retired_after_published'),
        ),
        migrations.AddConstraint(
            model_name='levelrules',
            constraint=models.UniqueConstraint(django.db.models.lookups.IsNull(models.F('retired_at'), True), condition=models.Q(('published_at__isnull', False), ('retired_at__isnull', True)), name='level_rules_one_published'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='levelrules',
            trigger=pgtrigger.compiler.Trigger(name='published_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.published_at IS NOT NULL AND (to_jsonb(NEW) - 'retired_at') IS DISTINCT FROM (to_jsonb(OLD) - 'retired_at'))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='f738f0b23395e888f1567fbbdff1c987ab9964dd', operation='UPDATE', pgid='pgtrigger_published_stays_f6e71', table='assessments_levelrules', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='levelrules',
            trigger=pgtrigger.compiler.Trigger(name='retired_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.retired_at IS NOT NULL AND NEW.retired_at IS DISTINCT FROM OLD.retired_at)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='62106f88d871a6a7453399388eef836c2099f23a', operation='UPDATE', pgid='pgtrigger_retired_stays_5d3bc', table='assessments_levelrules', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='levelrules',
            trigger=pgtrigger.compiler.Trigger(name='published_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."published_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='d8eaebe1aa94a9e5a394cf05b8d7576c6cee6c6a', operation='DELETE', pgid='pgtrigger_published_kept_009bb', table='assessments_levelrules', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='result',
            name='rules',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.levelrules'),
        ),
        migrations.AddConstraint(
            model_name='result',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('band', ''), ('level__isnull', True), ('percent__isnull', True), ('rules__isnull', True)), models.Q(('band__in', ['low', 'foundation', 'intermediate', 'advanced']), ('level__isnull', True), ('percent__isnull', False), ('percent__lte', 100), ('rules__isnull', True)), models.Q(('band', ''), ('level__in', [1, 2, 3]), ('level__isnull', False), ('percent__isnull', False), ('percent__lte', 100), ('rules__isnull', False)), _connector='OR'), name='result_percent_has_meaning'),
        ),
    ]
