"""Payout accounts, payout runs, refund requests, disputes, and entries in the own books."""

import django.db.models.deletion
import foundation.core.clock
import foundation.core.models
import settlement.lifecycle_disputes
import settlement.lifecycle_payouts
import settlement.models.payouts
from django.db import migrations, models

from foundation.core.dbguards import AppendOnly, InstallStateGuard
from settlement.lifecycle_disputes import DISPUTE, OWN_ENTRY, REFUND_REQUEST
from settlement.lifecycle_payouts import PAYOUT, PAYOUT_ACCOUNT, PAYOUT_RUN


FACTS = """
CREATE FUNCTION settlement_payout_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.run_id, NEW.number, NEW.account_id, NEW.party_id, NEW.ref_kind, NEW.ref_id, NEW.amount_fen, NEW.currency,
      NEW.holder, NEW.number_encrypted, NEW.bank_code)
    IS DISTINCT FROM (OLD.run_id, OLD.number, OLD.account_id, OLD.party_id, OLD.ref_kind, OLD.ref_id, OLD.amount_fen,
      OLD.currency, OLD.holder, OLD.number_encrypted, OLD.bank_code) THEN
    RAISE EXCEPTION 'payout %: amount and destination do not change', OLD.number USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER settlement_payout_stays BEFORE UPDATE ON settlement_payout
  FOR EACH ROW EXECUTE FUNCTION settlement_payout_stays();

CREATE FUNCTION settlement_account_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.organization_id, NEW.holder, NEW.number_encrypted, NEW.bank_code, NEW.proposed_by_id)
    IS DISTINCT FROM (OLD.organization_id, OLD.holder, OLD.number_encrypted, OLD.bank_code, OLD.proposed_by_id) THEN
    RAISE EXCEPTION 'payout account %: a changed account is a new one', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER settlement_account_stays BEFORE UPDATE ON settlement_payoutaccount
  FOR EACH ROW EXECUTE FUNCTION settlement_account_stays();

CREATE FUNCTION settlement_run_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.number, NEW.key, NEW.rail, NEW.made_by_id) IS DISTINCT FROM (OLD.number, OLD.key, OLD.rail, OLD.made_by_id)
    OR (OLD.approved_by_id IS NOT NULL AND NEW.approved_by_id IS DISTINCT FROM OLD.approved_by_id) THEN
    RAISE EXCEPTION 'payout run %: its maker and its approver do not change', OLD.number
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER settlement_run_stays BEFORE UPDATE ON settlement_payoutrun
  FOR EACH ROW EXECUTE FUNCTION settlement_run_stays();
"""
UNDO = """
DROP TRIGGER settlement_run_stays ON settlement_payoutrun;
DROP FUNCTION settlement_run_stays();
DROP TRIGGER settlement_account_stays ON settlement_payoutaccount;
DROP FUNCTION settlement_account_stays();
DROP TRIGGER settlement_payout_stays ON settlement_payout;
DROP FUNCTION settlement_payout_stays();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_reference_tables'),
        ('documents', '__first__'),
        ('settlement', '0008_income_and_invoices'),
    ]

    operations = [
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(editable=False, max_length=40, verbose_name='state')),
                ('state_since', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='in this state since')),
                ('created_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='created at')),
                ('updated_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='updated at')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='number')),
                ('opened_by_id', models.BigIntegerField()),
                ('amount_fen', models.BigIntegerField(verbose_name='disputed amount')),
                ('currency', models.CharField(default='CNY', max_length=3)),
                ('claim', models.CharField(max_length=2000, verbose_name='claim')),
                ('answer', models.CharField(blank=True, max_length=2000, verbose_name='answer')),
                ('answered_at', foundation.core.models.AwareDateTimeField(null=True)),
                ('due_at', foundation.core.models.AwareDateTimeField(null=True)),
                ('mediator', models.CharField(blank=True, max_length=200, verbose_name='mediator')),
                ('forum', models.CharField(blank=True, max_length=200, verbose_name='arbitration or court')),
                ('forum_reference', models.CharField(blank=True, max_length=100, verbose_name='case number there')),
                ('outcome', models.CharField(blank=True, max_length=2000, verbose_name='outcome')),
                ('back_fen', models.BigIntegerField(null=True, verbose_name='back to the payer')),
                ('ended_at', foundation.core.models.AwareDateTimeField(null=True)),
                ('claimant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization')),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='settlement.obligation')),
                ('respondent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization')),
            ],
            options={
                'verbose_name': 'Dispute',
                'verbose_name_plural': 'Disputes',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='OwnEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(editable=False, max_length=40, verbose_name='state')),
                ('state_since', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='in this state since')),
                ('created_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='created at')),
                ('updated_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='updated at')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='number')),
                ('key', models.CharField(max_length=120, unique=True)),
                ('kind', models.CharField(choices=[('charge', 'Bank charge'), ('compensation', 'Compensation'), ('reversal', 'Reversal of an entry')], max_length=12, verbose_name='kind')),
                ('amount_fen', models.BigIntegerField(verbose_name='amount')),
                ('currency', models.CharField(default='CNY', max_length=3)),
                ('text', models.CharField(max_length=200, verbose_name='reason')),
                ('value_date', models.DateField(verbose_name='booked on')),
                ('made_by_id', models.BigIntegerField()),
                ('approved_by_id', models.BigIntegerField(null=True)),
                ('needs_second', models.BooleanField(default=True)),
                ('entry', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='settlement.journalentry')),
                ('target', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='settlement.journalentry')),
            ],
            options={
                'verbose_name': 'Entry in the own books',
                'verbose_name_plural': 'Entries in the own books',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='PayoutAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(editable=False, max_length=40, verbose_name='state')),
                ('state_since', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='in this state since')),
                ('created_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='created at')),
                ('updated_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='updated at')),
                ('holder', models.CharField(max_length=200, verbose_name='account holder')),
                ('bank_name', models.CharField(blank=True, max_length=200, verbose_name='bank and branch')),
                ('bank_code', models.CharField(blank=True, max_length=12, verbose_name='bank code (CNAPS)')),
                ('number_encrypted', models.TextField(editable=False)),
                ('number_masked', models.CharField(max_length=20, verbose_name='account number')),
                ('proposed_by_id', models.BigIntegerField()),
                ('decided_by_id', models.BigIntegerField(null=True)),
                ('decided_at', foundation.core.models.AwareDateTimeField(null=True)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization')),
            ],
            options={
                'verbose_name': 'Payout account',
                'verbose_name_plural': 'Payout accounts',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='PayoutRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(editable=False, max_length=40, verbose_name='state')),
                ('state_since', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='in this state since')),
                ('created_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='created at')),
                ('updated_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='updated at')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='number')),
                ('key', models.CharField(max_length=120, unique=True)),
                ('rail', models.CharField(max_length=20, verbose_name='by way of')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='note')),
                ('made_by_id', models.BigIntegerField()),
                ('approved_by_id', models.BigIntegerField(null=True)),
                ('needs_second', models.BooleanField(default=True)),
                ('job_id', models.BigIntegerField(null=True)),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.file')),
            ],
            options={
                'verbose_name': 'Payout run',
                'verbose_name_plural': 'Payout runs',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Payout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(editable=False, max_length=40, verbose_name='state')),
                ('state_since', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='in this state since')),
                ('created_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='created at')),
                ('updated_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='updated at')),
                ('holder', models.CharField(max_length=200, verbose_name='account holder')),
                ('bank_name', models.CharField(blank=True, max_length=200, verbose_name='bank and branch')),
                ('bank_code', models.CharField(blank=True, max_length=12, verbose_name='bank code (CNAPS)')),
                ('number_encrypted', models.TextField(editable=False)),
                ('number_masked', models.CharField(max_length=20, verbose_name='account number')),
                ('number', models.CharField(default=settlement.models.payouts.new_payout_id, max_length=40, unique=True, verbose_name='number')),
                ('ref_kind', models.CharField(blank=True, max_length=60)),
                ('ref_id', models.BigIntegerField(null=True)),
                ('ref_number', models.CharField(blank=True, max_length=60)),
                ('amount_fen', models.BigIntegerField(verbose_name='amount')),
                ('currency', models.CharField(default='CNY', max_length=3)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('next_check_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.machine_now)),
                ('transaction_id', models.CharField(blank=True, max_length=64, verbose_name='bank reference')),
                ('paid_on', models.DateField(null=True, verbose_name='booked on')),
                ('problem', models.CharField(blank=True, max_length=200, verbose_name='problem')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='settlement.ledgeraccount', verbose_name='account')),
                ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization')),
                ('refund', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='payouts', to='settlement.refund')),
                ('destination', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='payouts', to='settlement.payoutaccount')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payouts', to='settlement.payoutrun')),
            ],
            options={
                'verbose_name': 'Payout',
                'verbose_name_plural': 'Payouts',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='RefundRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(editable=False, max_length=40, verbose_name='state')),
                ('state_since', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='in this state since')),
                ('created_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='created at')),
                ('updated_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='updated at')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='number')),
                ('kind', models.CharField(choices=[('declaration_ended', 'The declaration was withdrawn or suspended already'), ('duplicate', 'Paid twice'), ('breach', 'The licensor is in breach of the contract'), ('trial', 'The trial ended without a license'), ('annulled', 'The auction was annulled'), ('invalidated', 'The patent was invalidated'), ('other', 'Another reason')], max_length=20, verbose_name='reason')),
                ('amount_fen', models.BigIntegerField(verbose_name='amount asked for')),
                ('granted_fen', models.BigIntegerField(null=True, verbose_name='amount granted')),
                ('currency', models.CharField(default='CNY', max_length=3)),
                ('text', models.CharField(max_length=2000, verbose_name='what happened')),
                ('opinion', models.CharField(blank=True, max_length=2000, verbose_name='opinion of finance')),
                ('asked_by_id', models.BigIntegerField()),
                ('reviewed_by_id', models.BigIntegerField(null=True)),
                ('decided_by_id', models.BigIntegerField(null=True)),
                ('asked_for', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization')),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refund_requests', to='settlement.obligation')),
                ('refunds', models.ManyToManyField(related_name='requests', to='settlement.refund')),
            ],
            options={
                'verbose_name': 'Refund request',
                'verbose_name_plural': 'Refund requests',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='SenderAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('holder', models.CharField(max_length=200, verbose_name='account holder')),
                ('bank_name', models.CharField(blank=True, max_length=200, verbose_name='bank and branch')),
                ('bank_code', models.CharField(blank=True, max_length=12, verbose_name='bank code (CNAPS)')),
                ('number_encrypted', models.TextField(editable=False)),
                ('number_masked', models.CharField(max_length=20, verbose_name='account number')),
                ('payment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sender', to='settlement.payment')),
            ],
            options={
                'verbose_name': 'Account of a sender',
                'verbose_name_plural': 'Accounts of senders',
            },
        ),
        migrations.CreateModel(
            name='SettlementOffer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_by_user_id', models.BigIntegerField()),
                ('back_fen', models.BigIntegerField(verbose_name='back to the payer')),
                ('text', models.CharField(blank=True, max_length=2000, verbose_name='reasons')),
                ('made_at', foundation.core.models.AwareDateTimeField()),
                ('claimant_agreed_at', foundation.core.models.AwareDateTimeField(null=True)),
                ('respondent_agreed_at', foundation.core.models.AwareDateTimeField(null=True)),
                ('ended_at', foundation.core.models.AwareDateTimeField(null=True)),
                ('dispute', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='settlement.dispute')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Sweep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='number')),
                ('key', models.CharField(max_length=120, unique=True)),
                ('amount_fen', models.BigIntegerField(verbose_name='amount')),
                ('vat_fen', models.BigIntegerField(verbose_name='VAT in it')),
                ('currency', models.CharField(default='CNY', max_length=3)),
                ('value_date', models.DateField(verbose_name='booked on')),
                ('made_by_id', models.BigIntegerField(null=True)),
            ],
            options={
                'verbose_name': 'Sweep of own fees',
                'verbose_name_plural': 'Sweeps of own fees',
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0), ('vat_fen__gte', 0), ('vat_fen__lte', models.F('amount_fen'))), name='settlement_sweep_is_sound')],
            },
        ),
        migrations.AddIndex(
            model_name='dispute',
            index=models.Index(condition=models.Q(('state__in', [settlement.lifecycle_disputes.DisputeState['OPEN'], settlement.lifecycle_disputes.DisputeState['FAILED']])), fields=['due_at'], name='settlement_disputes_due'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='settlement_disputed_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(('back_fen', None), models.Q(('back_fen__gte', 0), ('back_fen__lte', models.F('amount_fen'))), _connector='OR'), name='settlement_back_within_disputed'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', [settlement.lifecycle_disputes.DisputeState['SETTLED'], settlement.lifecycle_disputes.DisputeState['CLOSED'], settlement.lifecycle_disputes.DisputeState['WITHDRAWN']]), _negated=True), fields=('obligation',), name='settlement_one_open_dispute'),
        ),
        migrations.AddConstraint(
            model_name='ownentry',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='settlement_own_entry_positive'),
        ),
        migrations.AddConstraint(
            model_name='ownentry',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by_id', None), models.Q(('approved_by_id', models.F('made_by_id')), _negated=True), _connector='OR'), name='settlement_own_entry_two_persons'),
        ),
        migrations.AddConstraint(
            model_name='ownentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', settlement.lifecycle_disputes.OwnEntryState['POSTED']), _negated=True), ('needs_second', False), ('approved_by_id__isnull', False), _connector='OR'), name='settlement_own_entry_approved'),
        ),
        migrations.AddConstraint(
            model_name='ownentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'reversal'), ('target__isnull', False)), models.Q(models.Q(('kind', 'reversal'), _negated=True), ('target', None)), _connector='OR'), name='settlement_reversal_has_target'),
        ),
        migrations.AddConstraint(
            model_name='payoutaccount',
            constraint=models.UniqueConstraint(condition=models.Q(('state', settlement.lifecycle_payouts.AccountState['VERIFIED'])), fields=('organization',), name='settlement_one_payout_account'),
        ),
        migrations.AddConstraint(
            model_name='payoutaccount',
            constraint=models.UniqueConstraint(condition=models.Q(('state', settlement.lifecycle_payouts.AccountState['PROPOSED'])), fields=('organization',), name='settlement_one_proposed_account'),
        ),
        migrations.AddConstraint(
            model_name='payoutaccount',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by_id', None), models.Q(('decided_by_id', models.F('proposed_by_id')), _negated=True), _connector='OR'), name='settlement_account_two_persons'),
        ),
        migrations.AddConstraint(
            model_name='payoutaccount',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', [settlement.lifecycle_payouts.AccountState['VERIFIED'], settlement.lifecycle_payouts.AccountState['RETIRED']]), _negated=True), ('decided_by_id__isnull', False), _connector='OR'), name='settlement_account_confirmed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='payoutrun',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by_id', None), models.Q(('approved_by_id', models.F('made_by_id')), _negated=True), _connector='OR'), name='settlement_run_two_persons'),
        ),
        migrations.AddConstraint(
            model_name='payoutrun',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', [settlement.lifecycle_payouts.RunState['DRAFT'], settlement.lifecycle_payouts.RunState['WAITING'], settlement.lifecycle_payouts.RunState['CANCELLED']]), ('needs_second', False), ('approved_by_id__isnull', False), _connector='OR'), name='settlement_run_approved'),
        ),
        migrations.AddIndex(
            model_name='payout',
            index=models.Index(fields=['run', 'state'], name='settlement_payouts_of_run'),
        ),
        migrations.AddIndex(
            model_name='payout',
            index=models.Index(fields=['party', 'state'], name='settlement_payouts_to'),
        ),
        migrations.AddIndex(
            model_name='payout',
            index=models.Index(condition=models.Q(('state', settlement.lifecycle_payouts.PayoutState['SENT'])), fields=['next_check_at'], name='settlement_payout_waiting'),
        ),
        migrations.AddConstraint(
            model_name='payout',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='settlement_payout_positive'),
        ),
        migrations.AddConstraint(
            model_name='payout',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', [settlement.lifecycle_payouts.PayoutState['PLANNED'], settlement.lifecycle_payouts.PayoutState['FAILED']])), fields=('account', 'currency', 'party', 'ref_kind', 'ref_id'), name='settlement_one_waiting_payout', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='refundrequest',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='settlement_asked_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='refundrequest',
            constraint=models.CheckConstraint(condition=models.Q(('granted_fen', None), ('granted_fen__gt', 0), _connector='OR'), name='settlement_granted_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='refundrequest',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by_id', None), models.Q(models.Q(('decided_by_id', models.F('reviewed_by_id')), _negated=True), models.Q(('decided_by_id', models.F('asked_by_id')), _negated=True)), _connector='OR'), name='settlement_request_two_persons'),
        ),
        migrations.AddConstraint(
            model_name='refundrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reviewed_by_id', models.F('asked_by_id')), _negated=True), ('decided_by_id__isnull', False), models.Q(('state__in', [settlement.lifecycle_disputes.RequestState['APPROVED'], settlement.lifecycle_disputes.RequestState['PAID']]), _negated=True), _connector='OR'), name='settlement_request_not_ones_own'),
        ),
        migrations.AddConstraint(
            model_name='refundrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', [settlement.lifecycle_disputes.RequestState['REQUESTED'], settlement.lifecycle_disputes.RequestState['REVIEWED']])), fields=('obligation',), name='settlement_one_open_request'),
        ),
        migrations.AddConstraint(
            model_name='settlementoffer',
            constraint=models.CheckConstraint(condition=models.Q(('back_fen__gte', 0)), name='settlement_offer_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='settlementoffer',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('dispute',), name='settlement_one_open_offer'),
        ),
        migrations.RunSQL(FACTS, UNDO),
        AppendOnly("settlement_sweep"),
        AppendOnly("settlement_senderaccount"),
        InstallStateGuard("settlement.PayoutAccount", PAYOUT_ACCOUNT),
        InstallStateGuard("settlement.PayoutRun", PAYOUT_RUN),
        InstallStateGuard("settlement.Payout", PAYOUT),
        InstallStateGuard("settlement.RefundRequest", REFUND_REQUEST),
        InstallStateGuard("settlement.Dispute", DISPUTE),
        InstallStateGuard("settlement.OwnEntry", OWN_ENTRY),
    ]
