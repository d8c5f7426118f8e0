"""Who represents a legal person by law, as its license or certificate names them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_group_head")]

    operations = [
        migrations.AddField(
            model_name="organization",
            name="legal_representative",
            field=models.CharField(blank=True, default="", max_length=80, verbose_name="Legal representative"),
            preserve_default=False,
        ),
    ]
