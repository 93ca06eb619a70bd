"""Access that ends with the event, devices that can be held and left out, and secrets that are encrypted.

PINs and keys from before stay readable: what has no mark of encryption is read as it is, and encrypted when it is
written next.
"""

import django.db.models.deletion
from django.db import migrations, models

import aumenta.events.models.venue
import aumenta.people.secrets


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0001_initial"),
    ]

    operations = [
        migrations.DeleteModel(name="Attempt"),
        migrations.RemoveField(model_name="table", name="wrong_pins"),
        migrations.RemoveField(model_name="table", name="locked_until"),
        migrations.AddField(
            model_name="event",
            name="tables_open_until",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="table",
            name="pin",
            field=aumenta.people.secrets.EncryptedTextField(verbose_name="PIN"),
        ),
        migrations.AlterField(
            model_name="table",
            name="export_key",
            field=aumenta.people.secrets.EncryptedBinaryField(
                default=aumenta.events.models.venue.new_export_key, editable=False
            ),
        ),
        migrations.AddField(
            model_name="tabledevice",
            name="held_for",
            field=models.CharField(
                blank=True,
                choices=[
                    ("entries", "more entries than a whole morning has"),
                    ("texts", "more observations than a table says"),
                ],
                max_length=7,
                verbose_name="held, because it sent",
            ),
        ),
        migrations.AddField(
            model_name="tabledevice",
            name="allowed",
            field=models.PositiveSmallIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="tabledevice",
            name="left_out",
            field=models.BooleanField(default=False, verbose_name="what it sent is left out"),
        ),
        migrations.AddField(
            model_name="tabledevice",
            name="minute_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="tabledevice",
            name="minute_entries",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="tabledevice",
            name="minute_size",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="tableoperation",
            name="sent_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="operations",
                to="events.tabledevice",
                verbose_name="sent by",
            ),
        ),
    ]
