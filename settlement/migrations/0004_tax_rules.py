"""Rules of tax and of own fees by kind and day, with the rules of today. Rules are only added."""

from datetime import date

from django.db import migrations, models

from foundation.core.dbguards import AppendOnly

VAT_NOTICE = "Cai Shui [2016] 36 (财税〔2016〕36号)"
VAT_LAW = "VAT Law Art. 10(3) (增值税法第十条第三项)"
EXEMPTION = "Cai Shui [2016] 36, annex 3 (26) (财税〔2016〕36号附件3第二十六项)"
STAMP_LAW = "Stamp Duty Law, table of rates (印花税法税目税率表)"
AWARDS = "Cai Shui [2018] 58 (财税〔2018〕58号)"
REASON = "Technology transfer; the contract is registered with the science and technology authority"

# kind, valid from, rate in basis points, why nothing is due, needs a registered contract, source
TAX_RULES = [
    ("vat.technology", date(2016, 5, 1), 600, "", False, VAT_NOTICE),
    ("vat.technology", date(2026, 1, 1), 600, "", False, VAT_LAW),
    ("vat.technology_registered", date(2016, 5, 1), 0, REASON, True, EXEMPTION),
    ("vat.service", date(2016, 5, 1), 600, "", False, VAT_NOTICE),
    ("vat.service", date(2026, 1, 1), 600, "", False, VAT_LAW),
    ("stamp.license", date(2022, 7, 1), 3, "", False, STAMP_LAW),
    ("stamp.transfer", date(2022, 7, 1), 3, "", False, STAMP_LAW),
    ("income.award", date(2018, 7, 1), 5000, "", False, AWARDS),
]
# purpose, valid from, rate in basis points: the platform takes nothing until somebody decides otherwise
FEE_RULES = [("license.fee", date(2016, 5, 1), 0), ("license.royalty", date(2016, 5, 1), 0)]


def seed(apps, schema_editor):
    TaxRule, FeeRule = apps.get_model("settlement", "TaxRule"), apps.get_model("settlement", "FeeRule")
    for kind, first, rate, reason, registered, source in TAX_RULES:
        TaxRule.objects.create(kind=kind, valid_from=first, rate_bp=rate, exempt_reason=reason,
                               needs_registration=registered, source=source)  # fmt: skip
    for purpose, first, rate in FEE_RULES:
        FeeRule.objects.create(purpose=purpose, valid_from=first, rate_bp=rate)



class Migration(migrations.Migration):

    dependencies = [
        ('settlement', '0003_expired_may_be_paid'),
    ]

    operations = [
        migrations.CreateModel(
            name='FeeRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=40, verbose_name='purpose')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('rate_bp', models.PositiveIntegerField(verbose_name='rate')),
                ('minimum_fen', models.BigIntegerField(default=0, verbose_name='at least')),
                ('cap_fen', models.BigIntegerField(blank=True, null=True, verbose_name='at most')),
                ('payer', models.CharField(choices=[('payee', 'The payee, from what is released')], default='payee', max_length=10, verbose_name='borne by')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
            ],
            options={
                'verbose_name': 'Fee rule',
                'verbose_name_plural': 'Fee rules',
                'ordering': ['purpose', '-valid_from'],
                'constraints': [models.UniqueConstraint(fields=('purpose', 'valid_from'), name='settlement_fee_rule_once_a_day'), models.CheckConstraint(condition=models.Q(('minimum_fen__gte', 0), ('rate_bp__lte', 10000), models.Q(('cap_fen', None), ('cap_fen__gte', models.F('minimum_fen')), _connector='OR')), name='settlement_fee_rule_is_sound')],
            },
        ),
        migrations.CreateModel(
            name='TaxRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('vat.technology', 'VAT on patent licenses and transfers'), ('vat.technology_registered', 'VAT on patent licenses with a registered contract'), ('vat.service', "VAT on the platform's own fees"), ('stamp.license', 'Stamp duty on technology contracts'), ('stamp.transfer', 'Stamp duty on transfers of patents'), ('income.award', 'Part of a cash award that counts as wage income')], max_length=40, verbose_name='kind')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='valid until')),
                ('rate_bp', models.PositiveIntegerField(verbose_name='rate')),
                ('exempt_reason', models.CharField(blank=True, max_length=200, verbose_name='why nothing is due')),
                ('needs_registration', models.BooleanField(default=False, verbose_name='needs the registration of the contract')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
            ],
            options={
                'verbose_name': 'Tax rule',
                'verbose_name_plural': 'Tax rules',
                'ordering': ['kind', '-valid_from'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'valid_from'), name='settlement_tax_rule_once_a_day'), models.CheckConstraint(condition=models.Q(('rate_bp__lte', 10000)), name='settlement_tax_within_the_whole'), models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='settlement_tax_rule_ends_after_its_start')],
            },
        ),
        migrations.RunPython(seed, migrations.RunPython.noop),
        AppendOnly("settlement_taxrule"),
        AppendOnly("settlement_feerule"),
    ]
