"""Whoever submits a corrected case does not decide it either."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from foundation.core.dbguards import MakersStay

FOUR_EYES = """
CREATE OR REPLACE FUNCTION approvals_four_eyes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM approvals_review r
    WHERE r.id = NEW.review_id AND r.opener_user_id = NEW.opener_id AND r.opener_user_id <> NEW.maker_id{more}
  ) THEN
    RAISE EXCEPTION 'four eyes: decision % is not made by a second person', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
"""
MORE = "\n      AND r.submitter_user_id IS DISTINCT FROM NEW.maker_id"


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('approvals', '0002_guards'),
    ]

    operations = [
        migrations.AddField(
            model_name='review',
            name='submitter_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunSQL(FOUR_EYES.format(more=MORE), FOUR_EYES.format(more="")),
        MakersStay("approvals_review", facts="submitter_user_id", open_in="correction"),
    ]
