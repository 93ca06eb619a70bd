"""Attachments get a day of their own on which they go: half a year after the answer is due."""

from datetime import date, timedelta

from django.db import migrations, models


def day_of_each(apps, schema_editor):
    """Those that are there already go half a year after their answer is due too."""
    for one in apps.get_model("voices", "ContributionAttachment").objects.select_related("contribution"):
        due = one.contribution.answer_due or one.contribution.received_on
        one.forget_on = due + timedelta(days=180)
        one.save(update_fields=["forget_on"])


class Migration(migrations.Migration):
    dependencies = [("voices", "0004_answers")]

    operations = [
        migrations.AddField(
            model_name="contributionattachment",
            name="forget_on",
            field=models.DateField(default=date(2100, 1, 1), verbose_name="deleted on"),
            preserve_default=False,
        ),
        migrations.RunPython(day_of_each, migrations.RunPython.noop),
    ]
