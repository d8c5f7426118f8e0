"""Claims for damages, the cost of a withdrawn lot; it stays as it was announced, as the other rules of the season do."""

import django.db.models.deletion
import foundation.core.clock
import foundation.core.models
from django.conf import settings
from django.db import migrations, models

from foundation.core.dbguards import MakersStay

# All rules of a season, as they were when this guard was made; a new rule needs a new migration.
COLUMNS = (
    "legal_form",
    "house_name",
    "house_license",
    "auctioneer_name",
    "auctioneer_license",
    "deposit_bp",
    "increments",
    "commissions",
    "max_steps",
    "on_grid",
    "own_raise",
    "window_seconds",
    "extension_seconds",
    "hard_limit",
    "resume_at",
    "notice_days",
    "viewing_days",
    "priority_days",
    "confirmation_days",
    "balance_days",
    "public_notice_days",
    "relist_cut_bp",
    "forfeit_platform_bp",
    "offer_to_underbidder",
    "agreement_zh_hans",
    "agreement_en",
    "code",
)
FIX = """
CREATE OR REPLACE FUNCTION kaixu_season_rules_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'draft' AND ROW({old}) IS DISTINCT FROM ROW({new}) THEN
    RAISE EXCEPTION 'season: the rules of % are fixed since its announcement', OLD.code
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
"""


def fixed(*columns: str) -> str:
    """The guard over these columns."""
    return FIX.format(**{side.lower(): ", ".join(f"{side}.{name}" for name in columns) for side in ("OLD", "NEW")})


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_group_head"),
        ("auctions", "0008_signals"),
        ("settlement", "0013_price_on_invoices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='season',
            name='withdrawal_cost_bp',
            field=models.PositiveIntegerField(default=100, verbose_name='cost of a withdrawn lot, basis points of the start price'),
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='created at')),
                ('updated_at', foundation.core.models.AwareDateTimeField(default=foundation.core.clock.stamp, editable=False, verbose_name='updated at')),
                ('kind', models.CharField(choices=[('compensation', 'Compensation by the seller in default'), ('shortfall', 'Shortfall owed by the buyer in default')], max_length=12)),
                ('amount_fen', models.BigIntegerField(verbose_name='amount')),
                ('reason', models.TextField(max_length=2000, verbose_name='reason')),
                ('raised_at', foundation.core.models.AwareDateTimeField()),
                ('answer_by_at', foundation.core.models.AwareDateTimeField(verbose_name='answer by')),
                ('agreed_fen', models.BigIntegerField(null=True, verbose_name='agreed')),
                ('answer', models.TextField(blank=True, max_length=2000, verbose_name='answer')),
                ('answered_at', foundation.core.models.AwareDateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('claimant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization')),
                ('obligation', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='settlement.obligation')),
                ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('respondent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization')),
                ('sale', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='claim', to='auctions.sale')),
            ],
            options={
                'verbose_name': 'Claim for damages',
                'verbose_name_plural': 'Claims for damages',
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='auctions_claim_is_positive'), models.CheckConstraint(condition=models.Q(('agreed_fen', None), models.Q(('agreed_fen__gte', 0), ('agreed_fen__lte', models.F('amount_fen'))), _connector='OR'), name='auctions_agreed_within_claim'), models.CheckConstraint(condition=models.Q(('answered_by', None), models.Q(('answered_by', models.F('raised_by')), _negated=True), _connector='OR'), name='auctions_claim_two_persons'), models.CheckConstraint(condition=models.Q(models.Q(('agreed_fen', None), ('answered_at', None), ('answered_by', None)), models.Q(('agreed_fen__isnull', False), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='auctions_claim_answered_by_somebody')],
            },
        ),
        MakersStay("auctions_claim", fixed="sale_id,kind,claimant_id,respondent_id,amount_fen,reason,raised_by_id",
                   approvers="answered_by_id,answered_at,agreed_fen"),
        migrations.RunSQL(fixed(*COLUMNS, "withdrawal_cost_bp"), fixed(*COLUMNS)),
    ]  # fmt: skip
