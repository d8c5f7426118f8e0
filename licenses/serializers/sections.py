"""The sections of a draft: what may be sent, in the words of the pages' fields.

These classes say what the fields are; what is right is decided by the forms and the service, for pages and API alike.
"""

from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers

from accounts.models import Industry
from foundation.core.serializers import Serializer, Strict, TextField
from licenses.forms.instalments import COLUMNS, NAME
from licenses.instalments import MOST, MOST_DAYS
from licenses.models import TermKind
from licenses.models.terms import BASE_CHOICES, PERIOD_CHOICES
from licenses.offers import INTERNAL_DECISION, PROMISES
from licenses.pricing import OFFERED, Anchor

LARGEST_VERSION = 10**9


def optional(**more):
    """Arguments of a text that may be left out."""
    return {"required": False, "allow_blank": True, "default": "", **more}


class Versioned(Serializer):
    """``version`` is that of the draft the client has seen; an older one is refused (409)."""

    version = serializers.IntegerField(min_value=0, max_value=LARGEST_VERSION)


class ContactSection(Versioned):
    """Who answers questions; published with the declaration."""

    contact_name = TextField(max_length=60)
    contact_phone = TextField(max_length=30, identifier=True)
    contact_email = serializers.EmailField(max_length=254)
    contact_is_public = serializers.BooleanField(help_text="The person agrees to the publication; must be true.")
    agency_name = TextField(max_length=120, **optional())
    agency_code = TextField(max_length=5, identifier=True, **optional(help_text="Five digits."))


class InstalmentRow(Strict):
    """One part: `days` or `day` by what `instalments_from` says; neither for the first one, due with the notice."""

    amount = TextField(max_length=30, identifier=True, help_text="Yuan.")
    days = serializers.IntegerField(min_value=1, max_value=MOST_DAYS, required=False, allow_null=True)
    day = serializers.DateField(required=False, allow_null=True)


class PriceSection(Versioned):
    """The one method and its amounts (yuan as texts, the rate in percent)."""

    method = serializers.ChoiceField(choices=[str(method) for method in OFFERED])
    lump_sum = TextField(max_length=30, identifier=True, **optional())
    instalments_total = TextField(max_length=30, identifier=True, **optional(help_text="The whole fee, yuan."))
    instalments_from = serializers.ChoiceField(choices=[str(anchor) for anchor in Anchor], **optional())
    instalments = InstalmentRow(
        many=True,
        required=False,
        max_length=MOST,
        help_text="The first is due with the notice. What is wrong with row 2 is named instalment_amount_2 and so on.",
    )
    entry_fee = TextField(max_length=30, identifier=True, **optional())
    royalty_rate = TextField(max_length=10, identifier=True, **optional(help_text="In percent, for example 2.5."))
    royalty_base = serializers.ChoiceField(
        choices=[key for key, _label in BASE_CHOICES if key != "units"], **optional()
    )
    royalty_period = serializers.ChoiceField(choices=[key for key, _label in PERIOD_CHOICES], **optional())
    royalty_minimum = TextField(max_length=30, identifier=True, **optional(help_text="Least in each period, yuan."))
    royalty_cap = TextField(max_length=30, identifier=True, **optional(help_text="Most of all royalties, yuan."))
    explanation = TextField(multiline=True, max_length=2_000, **optional())
    explanation_en = TextField(multiline=True, max_length=4_000, **optional())
    ceiling_reason = TextField(multiline=True, max_length=1_000, **optional())


class TermSection(Versioned):
    """How long the offer stands, and how long each license lasts."""

    offer_until = serializers.DateField()
    term_kind = serializers.ChoiceField(choices=TermKind.values)
    term_years = serializers.IntegerField(min_value=1, max_value=20, required=False, allow_null=True)


class OtherSection(Versioned):
    """Other matters; own use and earlier licenses are not published."""

    other_matters = TextField(multiline=True, max_length=2_000, **optional())
    other_matters_en = TextField(multiline=True, max_length=4_000, **optional())
    own_use = TextField(multiline=True, max_length=1_000, **optional())
    earlier_licenses = TextField(multiline=True, max_length=1_000, **optional())


class PromisesSection(Versioned):
    """The promises of Rule 86, each given by itself. State institutions add `internal_decision`."""

    def get_fields(self):
        made = super().get_fields()
        for name, text in PROMISES:
            made[name] = serializers.BooleanField(help_text=text)
        made[INTERNAL_DECISION[0]] = serializers.BooleanField(help_text=INTERNAL_DECISION[1], required=False)
        return made


class SummarySection(Versioned):
    """In plain words what it is good for; optional."""

    summary_zh_hans = TextField(multiline=True, max_length=1_000, **optional())
    summary_en = TextField(multiline=True, max_length=2_000, **optional())
    readiness_level = serializers.IntegerField(min_value=1, max_value=9, required=False, allow_null=True)
    industry = serializers.SlugRelatedField(
        slug_field="code",
        queryset=Industry.objects.all(),
        required=False,
        allow_null=True,
        help_text="See /industries/.",
    )


SECTIONS = {
    "contact": ContactSection,
    "price": PriceSection,
    "term": TermSection,
    "other": OtherSection,
    "promises": PromisesSection,
    "summary": SummarySection,
}
SectionToSave = PolymorphicProxySerializer(
    component_name="SectionToSave", serializers=list(SECTIONS.values()), resource_type_field_name=None
)


class DraftShown(serializers.Serializer):
    """The saved work on a declaration. `missing` names the sections that a submission still needs."""

    version = serializers.IntegerField()
    saved_at = serializers.DateTimeField()
    sections = serializers.DictField(child=serializers.DictField())
    missing = serializers.ListField(child=serializers.CharField())


def as_form_data(sent: dict) -> dict[str, str]:
    """Checked values as the fields of a page would send them."""
    data = {}
    for name, value in sent.items():
        if name == "industry":
            data["industry_id"] = str(value.pk) if value else ""
        elif name == "instalments":
            data |= _row_fields(value)
        elif isinstance(value, bool):
            data[name] = "true" if value else "false"
        else:
            data[name] = "" if value is None else str(value)
    return data


def _row_fields(rows: list[dict]) -> dict[str, str]:
    """Rows of instalments as the fields of a page."""
    return {
        f"instalment_{name}_{no}": "" if value is None else str(value)
        for no, row in enumerate(rows, 1)
        for name, value in row.items()
        if name == "amount" or no > 1
    }


def _with_rows(values: dict) -> dict:
    """The fields of a page's rows as a list."""
    made = {name: value for name, value in values.items() if not NAME.match(name)}
    count = sum(name.startswith("instalment_amount_") for name in values)
    made["instalments"] = [
        {name: values.get(f"instalment_{name}_{no}") or None for name in COLUMNS} for no in range(1, count + 1)
    ]
    return made


def shown(section: str, values: dict) -> dict:
    """A kept section in the words of the API."""
    if section == "price":
        return _with_rows(values)
    if section != "summary":
        return values
    made = {name: value for name, value in values.items() if name != "industry_id"}
    industry = Industry.objects.filter(pk=values.get("industry_id")).first()
    return {**made, "industry": industry.code if industry else None}
