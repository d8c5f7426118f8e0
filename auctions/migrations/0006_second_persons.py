"""A sale ends against its course only by the decision of a second person, whoever tries it; objections likewise."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from foundation.core.dbguards import MakersStay

# Who decided so far stands in the cases and in the history only.
KNOWN = """
UPDATE auctions_ruling r SET decided_by_id = (
  SELECT d.maker_id FROM approvals_review v JOIN approvals_decision d ON d.review_id = v.id
  WHERE v.kind = 'auctions.ruling' AND v.subject_id = r.id ORDER BY d.id DESC LIMIT 1
) WHERE r.decided_at IS NOT NULL;
UPDATE auctions_saleobjection o SET decided_by_id = (
  SELECT e.actor_user_id FROM audit_event e WHERE e.subject_kind = 'auctions.sale' AND e.subject_id = o.sale_id
    AND e.name IN ('auctions.sale.objection_upheld', 'auctions.sale.objection_dismissed')
    AND e.occurred_at >= o.decided_at ORDER BY e.seq LIMIT 1
) WHERE o.decided_at IS NOT NULL
"""
RULED = """
CREATE FUNCTION auctions_sale_is_ruled() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wanted text := CASE NEW.state WHEN 'deposit_forfeited' THEN 'forfeit' WHEN 'annulled' THEN 'annul'
    ELSE NEW.state END;
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM auctions_ruling WHERE sale_id = NEW.id AND act = wanted AND approved AND decided_by_id <> made_by_id
  ) THEN
    RAISE EXCEPTION 'four eyes: sale % is not ended by one person', NEW.number USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER auctions_sale_is_ruled AFTER UPDATE ON auctions_sale DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.state IN ('deposit_forfeited', 'annulled', 'seller_default')
    AND OLD.state IS DISTINCT FROM NEW.state)
  EXECUTE FUNCTION auctions_sale_is_ruled();
"""
NO_RULED = """
DROP TRIGGER auctions_sale_is_ruled ON auctions_sale;
DROP FUNCTION auctions_sale_is_ruled();
"""
DECIDER = {
    "null": True,
    "on_delete": django.db.models.deletion.PROTECT,
    "related_name": "+",
    "to": settings.AUTH_USER_MODEL,
}
DECIDED = "decided_by_id,decided_at"


def two_persons(model: str, name: str, *, maker: str, answer: str) -> list:
    """The checks of the model, as they were when this was made."""
    columns = sorted(["decided_at__isnull", "decided_by__isnull", f"{answer}__isnull"])
    still, done = (models.Q(*((column, empty) for column in columns)) for empty in (True, False))
    other = models.Q(
        ("decided_by__isnull", True), models.Q(("decided_by", models.F(maker)), _negated=True), _connector="OR"
    )
    return [
        migrations.AddConstraint(model, models.CheckConstraint(condition=other, name=f"{name}_two_persons")),
        migrations.AddConstraint(
            model,
            models.CheckConstraint(
                condition=models.Q(still, done, _connector="OR"), name=f"{name}_decided_by_somebody"
            ),
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("approvals", "0003_submitter"),
        ("auctions", "0005_rulings_and_objections"),
    ]
    operations = [
        migrations.AddField("ruling", "decided_by", models.ForeignKey(**DECIDER)),
        migrations.AddField("saleobjection", "decided_by", models.ForeignKey(**DECIDER)),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
        *two_persons("ruling", "auctions_ruling", maker="made_by", answer="approved"),
        *two_persons("saleobjection", "auctions_objection", maker="raised_by", answer="upheld"),
        MakersStay("auctions_ruling", fixed="sale_id,act,then,reason,objection_id,made_by_id,made_at",
                   approvers=f"{DECIDED},approved"),
        MakersStay("auctions_saleobjection", fixed="sale_id,organization_id,raised_by_id,reason,raised_at",
                   approvers=f"{DECIDED},upheld"),
        migrations.RunSQL(RULED, NO_RULED),
    ]  # fmt: skip
