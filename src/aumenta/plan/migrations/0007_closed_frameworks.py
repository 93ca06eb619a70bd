from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plan', '0006_alignment_proposal'),
    ]

    operations = [
        migrations.AddField(
            model_name='framework',
            name='closed',
            field=models.BooleanField(default=False, help_text='All its items are known, whatever a plan names: only then can it be said how many are covered.', verbose_name='closed list'),
        ),
        migrations.AddField(
            model_name='frameworkitem',
            name='since',
            field=models.DateField(blank=True, help_text='Where it came later than the rest of its framework.', null=True, verbose_name='exists since'),
        ),
    ]
