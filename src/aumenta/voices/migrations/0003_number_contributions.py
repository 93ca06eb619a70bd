"""Give those that came before there were numbers theirs: by year, in the order they were entered."""

from itertools import groupby

from django.db import migrations
from django.utils import timezone


def number(apps, schema_editor):
    Contribution = apps.get_model("voices", "Contribution")
    Counter = apps.get_model("voices", "ContributionCounter")
    rows = Contribution.objects.filter(number=None).order_by("entered_at", "pk").only("pk", "entered_at")
    for year, some in groupby(list(rows), key=lambda one: timezone.localtime(one.entered_at).year):
        counter, _made = Counter.objects.get_or_create(year=year)
        for one in some:
            counter.last += 1
            Contribution.objects.filter(pk=one.pk).update(year=year, number=counter.last)
        counter.save()


class Migration(migrations.Migration):
    dependencies = [("voices", "0002_consultations")]
    operations = [migrations.RunPython(number, migrations.RunPython.noop)]
