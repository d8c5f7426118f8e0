"""It takes two officers to undo a sealing, a file beside a draft has a random key, confidential annexes are kept apart,
and an opening that found nothing is over once its challenge was extended."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import challenges.models.proposal
import foundation.core.models

# One key for all rows would not be unique: rows there may be get theirs before the constraint.
KEYS = "UPDATE challenges_draftfile SET key = left(md5(random()::text || id::text), 12)"
APART = """
UPDATE documents_file SET is_apart = true
WHERE id IN (SELECT file_id FROM challenges_attachment WHERE is_confidential)
"""
OVER = """
UPDATE challenges_opening o SET given_up_at = o.finished_at FROM challenges_challenge c
WHERE c.id = o.challenge_id AND o.finished_at IS NOT NULL AND o.given_up_at IS NULL
  AND c.state IN ('open', 'closed_for_proposals')
"""
PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [
        ("challenges", "0006_cancelled_before_publication"),
        ("documents", "0002_files_kept_apart"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("draftfile", "key", models.CharField(default="", editable=False, max_length=20)),
        migrations.RunSQL(KEYS, migrations.RunSQL.noop),
        migrations.AlterField(
            "draftfile",
            "key",
            models.CharField(default=challenges.models.proposal.new_key, editable=False, max_length=20, unique=True),
        ),
        migrations.RunSQL(APART, migrations.RunSQL.noop),
        migrations.AddField("opening", "damaged_at", foundation.core.models.AwareDateTimeField(null=True)),
        migrations.RunSQL(OVER, migrations.RunSQL.noop),
        migrations.CreateModel(
            "Reopening",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("last_day", models.DateField()),
                ("reason", models.CharField(max_length=2000)),
                ("asked_at", foundation.core.models.AwareDateTimeField()),
                ("done_at", foundation.core.models.AwareDateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "challenge",
                    models.ForeignKey(on_delete=PROTECT, related_name="reopenings", to="challenges.challenge"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("done_at__isnull", True)),
                        fields=("challenge",),
                        name="challenges_one_reopening_asked",
                    )
                ]
            },
        ),
    ]
