"""Proposals are addressed by a random key, a draft has files of its own, and an opening may need a third share."""

import django.db.models.deletion
from django.db import migrations, models

import challenges.models.proposal
import foundation.core.models
from challenges.lifecycle import CHALLENGE
from challenges.lifecycle_parties import PROPOSAL
from foundation.core.dbguards import InstallStateGuard

# One key for all rows would not be unique: rows there may be get theirs before the constraint.
KEYS = "UPDATE challenges_proposal SET key = left(md5(random()::text || id::text), 12)"
CASCADE, PROTECT = django.db.models.deletion.CASCADE, django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [("challenges", "0002_guards")]

    operations = [
        migrations.AddField("proposal", "key", models.CharField(default="", editable=False, max_length=20)),
        migrations.RunSQL(KEYS, migrations.RunSQL.noop),
        migrations.AlterField(
            "proposal",
            "key",
            models.CharField(default=challenges.models.proposal.new_key, editable=False, max_length=20, unique=True),
        ),
        migrations.CreateModel(
            "DraftFile",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about", models.TextField(editable=False)),
                ("content", models.TextField(editable=False)),
                ("size", models.PositiveIntegerField()),
                (
                    "proposal",
                    models.ForeignKey(on_delete=CASCADE, related_name="draft_files", to="challenges.proposal"),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.RemoveField("halfopened", "copy"),  # nothing was opened before this
        migrations.AddField(
            "halfopened",
            "copy",
            models.ForeignKey(on_delete=PROTECT, related_name="half_opened", to="challenges.sealedcopy"),
            preserve_default=False,
        ),
        migrations.AddField(
            "halfopened",
            "share",
            models.ForeignKey(on_delete=CASCADE, related_name="half_opened", to="challenges.sharehandedin"),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "halfopened",
            models.UniqueConstraint(fields=("copy", "share"), name="challenges_half_opened_once"),
        ),
        migrations.AddField("opening", "given_up_at", foundation.core.models.AwareDateTimeField(null=True)),
        migrations.AlterField(
            "opening",
            "challenge",
            models.ForeignKey(on_delete=PROTECT, related_name="openings", to="challenges.challenge"),
        ),
        migrations.AddConstraint(
            "opening",
            models.UniqueConstraint(
                condition=models.Q(("given_up_at__isnull", True)), fields=("challenge",), name="challenges_one_opening"
            ),
        ),
        InstallStateGuard("challenges.Challenge", CHALLENGE),
        InstallStateGuard("challenges.Proposal", PROPOSAL),
    ]
