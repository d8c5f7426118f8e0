"""Declarations, their terms and checks, as the API shows them."""

from decimal import Decimal

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.rules import can
from foundation.core.serializers import MoneyField, Serializer, TextField
from licenses.models import Declaration, TermsVersion
from licenses.presentation import checks
from licenses.pricing import Anchor
from licenses.rules import in_charge

BP_PER_PERCENT = 100


class DeclarationToStart(Serializer):
    """Begin a declaration for a patent of one's own."""

    patent = TextField(max_length=60, identifier=True, help_text="The patent's number in any notation.")


class PatentNamed(serializers.Serializer):
    """The patent that is offered."""

    number = serializers.CharField()
    display_number = serializers.CharField()
    title_zh_hans = serializers.CharField()
    title_en = serializers.CharField()
    kind = serializers.CharField()
    expiry_date = serializers.DateField()


class PatenteeNamed(serializers.Serializer):
    """Who offers."""

    public_id = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()


class PartShown(serializers.Serializer):
    """One instalment: due `offset_days` after the notice or the effect, or by `due_date`; the first with the notice."""

    no = serializers.IntegerField()
    amount = MoneyField(source="amount_fen")
    anchor = serializers.ChoiceField(choices=[str(anchor) for anchor in Anchor])
    offset_days = serializers.IntegerField()
    due_date = serializers.CharField()


class TermsShown(serializers.ModelSerializer):
    """A terms version. `content_hash` is the SHA-256 of `content`; a notice names it."""

    state = serializers.CharField()
    cnipa_status = serializers.CharField()
    lump_sum = MoneyField()
    entry_fee = MoneyField()
    fixed_total = MoneyField(help_text="All fixed amounts together, in yuan.")
    instalments = serializers.SerializerMethodField()
    fee_on_notice = MoneyField(help_text="What a licensee pays on its notice, in yuan.")
    royalty_percent = serializers.SerializerMethodField()
    statutory = serializers.BooleanField(source="is_statutory")

    class Meta:
        model = TermsVersion
        fields = [
            "version", "state", "method", "lump_sum", "entry_fee", "fixed_total", "instalments",
            "fee_on_notice", "royalty_percent", "royalty_base", "royalty_period", "term_kind", "term_years",
            "payment_days", "territory", "offer_until", "explanation",
            "explanation_en", "ceiling_reason", "other_matters", "other_matters_en", "content", "content_hash",
            "statutory", "cnipa_status", "cnipa_date", "cnipa_reference", "enacted_at",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(PartShown(many=True))
    def get_instalments(self, terms) -> list[dict]:
        return PartShown(terms.offer.instalments, many=True).data

    def get_royalty_percent(self, terms) -> str:
        return f"{Decimal(terms.royalty_bp) / BP_PER_PERCENT:.2f}"


class CheckShown(serializers.Serializer):
    """One check: pass, fail, warn or unknown (never a pass), by which rule, from where, as of when, what to do."""

    code = serializers.CharField()
    outcome = serializers.ChoiceField(choices=["pass", "fail", "warn", "unknown"])
    title = serializers.CharField()
    reason = serializers.CharField()
    rule = serializers.CharField()
    source = serializers.CharField()
    as_of = serializers.DateTimeField(allow_null=True)
    remedy = serializers.CharField()
    section = serializers.CharField()
    blocks = serializers.BooleanField()


class EligibilityShown(serializers.Serializer):
    """The answer of all checks now."""

    checked_at = serializers.DateTimeField()
    blocking = serializers.ListField(child=serializers.CharField(), help_text="Codes that stand in the way.")
    checks = CheckShown(many=True)


class RemarkShown(serializers.Serializer):
    """What an officer wants corrected."""

    field = serializers.CharField()
    label = serializers.CharField()
    comment = serializers.CharField()


class DeclarationShown(serializers.ModelSerializer):
    """A declaration. `id` and, once submitted, `number` name it in addresses.

    Terms under review, remarks, the case and a contact that is not public are shown to the patentee's side and the
    officers only; null for others.
    """

    state = serializers.CharField()
    patent = PatentNamed()
    patentee = PatenteeNamed()
    terms = TermsShown(source="current_terms", allow_null=True)
    pending_terms = serializers.SerializerMethodField()
    contact = serializers.SerializerMethodField()
    corrections = serializers.SerializerMethodField()
    review = serializers.SerializerMethodField()

    class Meta:
        model = Declaration
        fields = [
            "id", "number", "state", "state_since", "patent", "patentee", "offer_until", "terms", "pending_terms",
            "contact", "summary_zh_hans", "summary_en", "readiness_level", "submitted_at", "published_at",
            "suspended_at", "suspension_reason", "ended_at", "corrections", "review",
        ]  # fmt: skip
        read_only_fields = fields

    def is_insider(self, declaration) -> bool:
        """The patentee's own people, the officers in charge and the auditor."""
        me = getattr(self.context.get("request"), "membership", None)
        if me is None:
            return False
        own = me.is_active and me.organization_id == declaration.patentee_id
        return own or in_charge(me, declaration) or can(me, "audit_read")

    @extend_schema_field(TermsShown(allow_null=True))
    def get_pending_terms(self, declaration):
        if self.context.get("short") or not self.is_insider(declaration):
            return None
        terms = declaration.terms_versions.exclude(pk=declaration.current_terms_id).order_by("-version").first()
        return TermsShown(terms).data if terms and terms.version > self._version(declaration) else None

    @staticmethod
    def _version(declaration) -> int:
        return declaration.current_terms.version if declaration.current_terms_id else 0

    @extend_schema_field(serializers.DictField(child=serializers.CharField(), allow_null=True))
    def get_contact(self, declaration):
        if not (declaration.published_at and declaration.contact_is_public) and not self.is_insider(declaration):
            return None
        return {name: getattr(declaration, f"contact_{name}") for name in ("name", "phone", "email")}

    @extend_schema_field(RemarkShown(many=True, allow_null=True))
    def get_corrections(self, declaration):
        if self.context.get("short") or not self.is_insider(declaration):
            return None
        return RemarkShown(checks.corrections_of(declaration), many=True).data

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_review(self, declaration):
        if self.context.get("short") or not self.is_insider(declaration):
            return None
        review = checks.review_of(declaration)
        return review.number if review else None
