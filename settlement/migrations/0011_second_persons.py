"""Two persons where one made it: approvers differ from makers, makers stay, and the signer of a day imported none of it."""

import settlement.banklifecycle
from django.db import migrations, models

from foundation.core.dbguards import MakersStay

# Who agreed to an offer or settled an objection so far stands in the history only.
KNOWN = """
UPDATE settlement_settlementoffer o SET
  claimant_agreed_by_id = CASE WHEN o.claimant_agreed_at IS NULL THEN NULL
    WHEN o.made_by_id = d.claimant_id THEN o.made_by_user_id ELSE coalesce((
      SELECT e.actor_user_id FROM audit_event e WHERE e.subject_kind = 'settlement.dispute' AND e.subject_id = d.id
        AND e.name = 'settlement.dispute.agreed' AND e.actor_organization_id = d.claimant_id ORDER BY e.seq DESC LIMIT 1
    ), 0) END,
  respondent_agreed_by_id = CASE WHEN o.respondent_agreed_at IS NULL THEN NULL
    WHEN o.made_by_id = d.respondent_id THEN o.made_by_user_id ELSE coalesce((
      SELECT e.actor_user_id FROM audit_event e WHERE e.subject_kind = 'settlement.dispute' AND e.subject_id = d.id
        AND e.name = 'settlement.dispute.agreed' AND e.actor_organization_id = d.respondent_id ORDER BY e.seq DESC LIMIT 1
    ), 0) END
FROM settlement_dispute d WHERE d.id = o.dispute_id;
UPDATE settlement_objection o SET settled_by_id = coalesce((
  SELECT e.actor_user_id FROM audit_event e WHERE e.subject_kind = 'settlement.obligation'
    AND e.subject_id = o.obligation_id AND e.name = 'settlement.obligation.objection_settled'
    AND e.occurred_at >= o.settled_at ORDER BY e.seq LIMIT 1
), 0) WHERE o.settled_at IS NOT NULL
"""
SIGNER = """
CREATE FUNCTION settlement_signer_imported() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM settlement_bankline l JOIN settlement_bankstatement s ON s.id = l.statement_id
    WHERE l.account_id = NEW.account_id AND l.booked_on = NEW.day AND s.imported_by_id = NEW.signed_by_id
  ) THEN
    RAISE EXCEPTION 'four eyes: who imported lines of % does not sign it', NEW.day USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER settlement_signer_imported AFTER INSERT ON settlement_signedday
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION settlement_signer_imported();
"""
NO_SIGNER = """
DROP TRIGGER settlement_signer_imported ON settlement_signedday;
DROP FUNCTION settlement_signer_imported();
"""
# What was approved is the whole run: nothing is added once it left its maker's hands.
RUNS = """
CREATE FUNCTION settlement_run_is_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM settlement_payoutrun WHERE id = NEW.run_id AND state = 'draft') THEN
    RAISE EXCEPTION 'four eyes: payout run % takes no more payouts', NEW.run_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER settlement_run_is_draft BEFORE INSERT ON settlement_payout
  FOR EACH ROW EXECUTE FUNCTION settlement_run_is_draft();
"""
NO_RUNS = """
DROP TRIGGER settlement_run_is_draft ON settlement_payout;
DROP FUNCTION settlement_run_is_draft();
"""
# Rows without persons come from migrations, that is from the owner of the tables.
LAWS = """
CREATE FUNCTION settlement_rule_has_makers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.made_by_id IS NULL AND NOT pg_has_role(current_user, (
    SELECT relowner FROM pg_class WHERE oid = TG_RELID
  ), 'USAGE') THEN
    RAISE EXCEPTION 'four eyes: a rule of % is laid down by two persons', TG_TABLE_NAME
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER settlement_rule_has_makers BEFORE INSERT ON settlement_taxrule
  FOR EACH ROW EXECUTE FUNCTION settlement_rule_has_makers();
CREATE TRIGGER settlement_rule_has_makers BEFORE INSERT ON settlement_feerule
  FOR EACH ROW EXECUTE FUNCTION settlement_rule_has_makers();
"""
NO_LAWS = """
DROP TRIGGER settlement_rule_has_makers ON settlement_feerule;
DROP TRIGGER settlement_rule_has_makers ON settlement_taxrule;
DROP FUNCTION settlement_rule_has_makers();
"""
OFFER = "claimant_agreed_at,claimant_agreed_by_id,respondent_agreed_at,respondent_agreed_by_id"
OWN_ACCOUNT = "kind,holder,bank,account_number,currency,opening_fen,opening_date,proposed_by_id"
GUARDS = [
    MakersStay("settlement_case", fixed="payment_id,kind", facts="proposed_by_id,resolution,obligation_id",
               approvers="decided_by_id", open_in="open", approvals="in_review>resolved"),
    MakersStay("settlement_payoutaccount", fixed="proposed_by_id", approvers="decided_by_id",
               approvals="proposed>verified"),
    MakersStay("settlement_payoutrun", facts="needs_second", approvers="approved_by_id", open_in="draft",
               approvals="waiting>approved"),
    MakersStay("settlement_refundrequest", fixed="asked_by_id,asked_for_id,obligation_id,amount_fen,currency",
               facts="reviewed_by_id,granted_fen", approvers="decided_by_id", open_in="requested",
               approvals="reviewed>approved"),
    MakersStay("settlement_ownentry", fixed="kind,amount_fen,currency,text,value_date,target_id,made_by_id,needs_second",
               approvers="approved_by_id"),
    MakersStay("settlement_ownaccount", fixed=OWN_ACCOUNT, approvers="confirmed_by_id", approvals="proposed>active"),
    MakersStay("settlement_accountingmonth", fixed="month", facts="asked_by_id", approvers="reopened_by_id",
               open_in="closed", approvals="reopening>reopened"),
    MakersStay("settlement_objection", fixed="obligation_id,raised_by_id,reason", approvers="settled_by_id,settled_at"),
    MakersStay("settlement_distributionobjection", fixed="distribution_id,raised_by_id,reason",
               approvers="answered_by_id,answered_at"),
    MakersStay("settlement_dispute", fixed="obligation_id,claimant_id,respondent_id,opened_by_id,amount_fen,currency",
               facts="answered_by_id", approvers="ruled_by_id", open_in="open", approvals="in_court>closed"),
    MakersStay("settlement_settlementoffer", fixed="dispute_id,made_by_id,made_by_user_id,back_fen", approvers=OFFER),
]  # fmt: skip

class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_group_head'),
        ('audit', '0002_guards'),
        ('settlement', '0010_nightly_proofs'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='case',
            name='settlement_two_persons_decide',
        ),
        migrations.RemoveConstraint(
            model_name='refundrequest',
            name='settlement_request_two_persons',
        ),
        migrations.AddField(
            model_name='accountingmonth',
            name='asked_by_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='accountingmonth',
            name='reopened_by_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='dispute',
            name='answered_by_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='dispute',
            name='ruled_by_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='feerule',
            name='approved_by_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='feerule',
            name='made_by_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='objection',
            name='settled_by_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='settlementoffer',
            name='claimant_agreed_by_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='settlementoffer',
            name='respondent_agreed_by_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='taxrule',
            name='approved_by_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='taxrule',
            name='made_by_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='accountingmonth',
            constraint=models.CheckConstraint(condition=models.Q(('reopened_by_id', None), models.Q(('asked_by_id__isnull', False), models.Q(('reopened_by_id', models.F('asked_by_id')), _negated=True)), _connector='OR'), name='settlement_month_two_persons'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by_id', None), models.Q(('proposed_by_id__isnull', False), models.Q(('decided_by_id', models.F('proposed_by_id')), _negated=True)), _connector='OR'), name='settlement_two_persons_decide'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(('ruled_by_id', None), models.Q(models.Q(('ruled_by_id', models.F('opened_by_id')), _negated=True), models.Q(('ruled_by_id', models.F('answered_by_id')), _negated=True)), _connector='OR'), name='settlement_nobody_rules_oneself'),
        ),
        migrations.AddConstraint(
            model_name='feerule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_by_id', None), ('made_by_id', None)), models.Q(('approved_by_id__isnull', False), ('made_by_id__isnull', False), models.Q(('approved_by_id', models.F('made_by_id')), _negated=True)), _connector='OR'), name='settlement_fee_rule_two_persons'),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.CheckConstraint(condition=models.Q(('settled_at', None), ('settled_by_id__isnull', False), _connector='OR'), name='settlement_objection_settled_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='distributionobjection',
            constraint=models.CheckConstraint(condition=models.Q(('answered_at', None), ('answered_by_id__isnull', False), _connector='OR'), name='settlement_objection_answered_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.CheckConstraint(condition=models.Q(('settled_by_id', None), models.Q(('settled_by_id', models.F('raised_by_id')), _negated=True), _connector='OR'), name='settlement_objection_two_persons'),
        ),
        migrations.AddConstraint(
            model_name='ownaccount',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', settlement.banklifecycle.OwnAccountState['ACTIVE']), _negated=True), models.Q(('confirmed_by_id__isnull', False), ('proposed_by_id__isnull', False)), _connector='OR'), name='settlement_own_account_confirmed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='refundrequest',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by_id', None), models.Q(('reviewed_by_id__isnull', False), models.Q(('decided_by_id', models.F('reviewed_by_id')), _negated=True), models.Q(('decided_by_id', models.F('asked_by_id')), _negated=True)), _connector='OR'), name='settlement_request_two_persons'),
        ),
        migrations.AddConstraint(
            model_name='settlementoffer',
            constraint=models.CheckConstraint(condition=models.Q(('claimant_agreed_by_id', None), ('respondent_agreed_by_id', None), models.Q(('claimant_agreed_by_id', models.F('respondent_agreed_by_id')), _negated=True), _connector='OR'), name='settlement_agreed_by_two_persons'),
        ),
        migrations.AddConstraint(
            model_name='settlementoffer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('claimant_agreed_at', None), ('claimant_agreed_by_id__isnull', False), _connector='OR'), models.Q(('respondent_agreed_at', None), ('respondent_agreed_by_id__isnull', False), _connector='OR')), name='settlement_agreed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='settlementoffer',
            constraint=models.CheckConstraint(condition=models.Q(('made_by__isnull', False), models.Q(models.Q(('claimant_agreed_by_id', models.F('made_by_user_id')), _negated=True), models.Q(('respondent_agreed_by_id', models.F('made_by_user_id')), _negated=True)), _connector='OR'), name='settlement_mediator_is_no_side'),
        ),
        migrations.AddConstraint(
            model_name='taxrule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_by_id', None), ('made_by_id', None)), models.Q(('approved_by_id__isnull', False), ('made_by_id__isnull', False), models.Q(('approved_by_id', models.F('made_by_id')), _negated=True)), _connector='OR'), name='settlement_tax_rule_two_persons'),
        ),
        migrations.RunSQL(SIGNER, NO_SIGNER),
        migrations.RunSQL(RUNS, NO_RUNS),
        migrations.RunSQL(LAWS, NO_LAWS),
        *GUARDS,
    ]
