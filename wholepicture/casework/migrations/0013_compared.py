"""What was compared, in words, and by which weights: kept with each suggestion that somebody must choose from."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0012_disclosure_kept")]
    operations = [
        migrations.AddField("candidaterow", "compared", models.TextField(default="[]")),
        migrations.AddField("candidaterow", "more", models.BooleanField(default=False)),
        migrations.AddField("candidaterow", "model", models.TextField(default="")),
    ]
