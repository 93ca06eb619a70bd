"""From when on everybody reads an edition: its history before that stays with the office."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plan", "0004_edition_licence"),
    ]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="public_since",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="public since"),
        ),
    ]
