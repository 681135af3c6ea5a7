"""The words that can be seen on the pages of a PDF, beside the file, under the policy of its row."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0006_destruction")]
    operations = [migrations.AddField("filerow", "words", models.TextField(default=""))]
