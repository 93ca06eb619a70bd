from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plan', '0003_search'),
    ]

    operations = [
        migrations.AddField(
            model_name='edition',
            name='licence',
            field=models.CharField(blank=True, help_text='As the authority states it, such as CC BY 4.0. Left empty, files say that it states none.', max_length=100, verbose_name='licence of its texts'),
        ),
        migrations.AddField(
            model_name='edition',
            name='licence_address',
            field=models.URLField(blank=True, verbose_name='address of the licence'),
        ),
    ]
