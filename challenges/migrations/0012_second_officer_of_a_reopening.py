"""Who confirmed that proposals are taken again stands in the row; what was asked for does not change."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from foundation.core.dbguards import MakersStay

# Who confirmed it so far stands in the history alone: the event of the same transaction has the same time.
CONFIRMED = """
UPDATE challenges_reopening r SET confirmed_by_id = e.actor_user_id FROM audit_event e
WHERE e.name = 'challenges.challenge.reopen' AND e.subject_kind = 'challenges.challenge'
  AND e.subject_id = r.challenge_id AND e.occurred_at = r.confirmed_at
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_guards"),
        ("challenges", "0011_reserves_stand_down"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint("reopening", "challenges_one_reopening_asked"),
        migrations.RenameField("reopening", "done_at", "confirmed_at"),
        migrations.AddField(
            "reopening",
            "confirmed_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunSQL(CONFIRMED, migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),  # before the table is altered
        migrations.AddConstraint(
            "reopening",
            models.UniqueConstraint(
                condition=models.Q(("confirmed_at__isnull", True)),
                fields=("challenge",),
                name="challenges_one_reopening_asked",
            ),
        ),
        migrations.AddConstraint(
            "reopening",
            models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by__isnull", True),
                    models.Q(("confirmed_by", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="challenges_reopening_two_persons",
            ),
        ),
        migrations.AddConstraint(
            "reopening",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                    _connector="OR",
                ),
                name="challenges_reopening_confirmed_by_somebody",
            ),
        ),
        MakersStay(
            "challenges_reopening",
            fixed="challenge_id,last_day,reason,asked_by_id,asked_at",
            approvers="confirmed_by_id,confirmed_at",
        ),
    ]
