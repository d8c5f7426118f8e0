"""An asked expert promises secrecy before reading a challenge that is not published, or steps back for a conflict.

Opinions given before stay as they are: nobody signed a promise then, and none is made up.
"""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

import foundation.core.models


class Migration(migrations.Migration):
    dependencies = [("challenges", "0012_second_officer_of_a_reopening")]

    operations = [
        migrations.AddField("opinion", "promised_at", foundation.core.models.AwareDateTimeField(null=True)),
        migrations.AddField("opinion", "promise_sha256", models.CharField(blank=True, default="", max_length=64)),
        migrations.AlterField("opinion", "promise_sha256", models.CharField(blank=True, max_length=64)),
        migrations.AddField("opinion", "declined_at", foundation.core.models.AwareDateTimeField(null=True)),
        AddConstraintNotValid(
            "opinion",
            models.CheckConstraint(
                condition=models.Q(
                    ("given_at__isnull", True),
                    models.Q(("declined_at__isnull", True), ("promised_at__isnull", False)),
                    _connector="OR",
                ),
                name="challenges_opinion_after_the_promise",
            ),
        ),
        migrations.AddConstraint(
            "opinion",
            models.CheckConstraint(
                condition=models.Q(
                    ("promised_at__isnull", True),
                    models.Q(("promise_sha256", ""), _negated=True),
                    _connector="OR",
                ),
                name="challenges_promise_names_its_text",
            ),
        ),
    ]
