"""The legal basis of a license is the one at the time of effect; it no longer follows the terms."""

from django.db import migrations, models
from django.db.models import Q


def freeze(apps, schema_editor):
    """Take the basis from the certificate's facts, fixed at the time of effect, else from the terms as they stand."""
    License = apps.get_model("licenses", "License")
    Certificate = apps.get_model("documents", "Certificate")
    issued = dict(
        Certificate.objects.filter(subject_kind="licenses.license").values_list("subject_id", "facts__statutory")
    )
    for license in License.objects.filter(effective_at__isnull=False).select_related("terms_version").iterator():
        said = issued.get(license.pk)
        now = license.terms_version.cnipa_status == "announced"
        License.objects.filter(pk=license.pk).update(statutory_at_effect=now if said is None else said)


class Migration(migrations.Migration):
    dependencies = [("licenses", "0007_royalty_guards"), ("documents", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="license",
            name="statutory_at_effect",
            field=models.BooleanField(null=True),
        ),
        migrations.RunPython(freeze, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="license",
            constraint=models.CheckConstraint(
                condition=Q(effective_at__isnull=True) | Q(statutory_at_effect__isnull=False),
                name="licenses_effective_with_its_basis",
            ),
        ),
    ]
