"""What an officer confirms is the extract as it was handed in, by whoever handed it in."""

from django.db import migrations, models

from foundation.core.dbguards import MakersStay

HANDED_IN = "patent_id,fact,value,extract_date,valid_until,document_id,submitted_by_id,organization_id"


class Migration(migrations.Migration):
    dependencies = [("patents", "0002_classification")]

    operations = [
        migrations.AddConstraint(
            model_name="registerextract",
            constraint=models.CheckConstraint(
                condition=models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", False), _connector="OR"),
                name="patents_extract_confirmed_by_somebody",
            ),
        ),
        MakersStay("patents_registerextract", fixed=HANDED_IN, approvers="confirmed_by_id,refused_by_id"),
    ]
