"""The sections of a declaration as forms: one thing a page. Each gives the clean plain values the service keeps."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import Industry
from foundation.core.forms import TextField
from licenses.forms.price import PriceSection
from licenses.forms.sections import Section
from licenses.models import TermKind
from licenses.offers import INTERNAL_DECISION, PROMISES

LEVELS = [("", _("Not stated"))] + [(str(n), str(n)) for n in range(1, 10)]
PHONE = RegexValidator(r"^\+?[0-9][0-9 \-]{5,28}$", _("Enter a phone number in digits, for example 025-84890000."))


class ContactSection(Section):
    """Who answers questions, and that this is published."""

    contact_name = TextField(label=_("Contact person or office"), max_length=60)
    contact_phone = TextField(label=_("Phone"), max_length=30, identifier=True, validators=[PHONE])
    contact_email = forms.EmailField(label=_("E-mail address"), max_length=254)
    contact_is_public = forms.BooleanField(
        label=_("The contact person agrees that name, phone and e-mail are published with the declaration"),
    )
    agency_name = TextField(
        label=_("Patent agency"), help_text=_("Only if an agency acts for you."), max_length=120, required=False
    )
    agency_code = forms.RegexField(
        label=_("Agency code"),
        regex=r"^[0-9]{5}$",
        required=False,
        error_messages={"invalid": _("The code of an agency has five digits.")},
        widget=forms.TextInput(attrs={"data-width": "short", "inputmode": "numeric"}),
    )


class TermSection(Section):
    """The two terms: how long the offer stands, and how long a license lasts."""

    offer_until = forms.DateField(
        label=_("The offer is open until"),
        help_text=_("The last day on which somebody may take a license."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "data-width": "medium"}),
    )
    term_kind = forms.ChoiceField(
        label=_("Each license lasts"),
        help_text=_("Counted from the day the license takes effect; never longer than the patent."),
        choices=TermKind.choices,
        widget=forms.RadioSelect,
    )
    term_years = forms.IntegerField(
        label=_("Years"),
        required=False,
        min_value=1,
        max_value=20,
        widget=forms.TextInput(attrs={"data-width": "short", "inputmode": "numeric"}),
    )

    def values(self) -> dict:
        clean = self.cleaned_data
        until = clean.get("offer_until")
        years = clean.get("term_years") if clean.get("term_kind") == "years" else None
        return {
            "offer_until": until.isoformat() if until else "",
            "term_kind": clean.get("term_kind") or "",
            "term_years": years,
        }


class OtherSection(Section):
    """What else has to be clear, and what the form of CNIPA asks about the past."""

    other_matters = TextField(
        label=_("Other matters to be made clear"),
        help_text=_("Technical data offered, what is not included, contact times. Published."),
        multiline=True,
        max_length=2_000,
        required=False,
    )
    other_matters_en = TextField(label=_("The same in English"), multiline=True, max_length=4_000, required=False)
    own_use = TextField(
        label=_("Own exploitation so far"),
        help_text=_("Read by the officer, not published."),
        multiline=True,
        max_length=1_000,
        required=False,
    )
    earlier_licenses = TextField(
        label=_("Licenses already given"),
        help_text=_("Kind, licensee, term and fee. Read by the officer, not published."),
        multiline=True,
        max_length=1_000,
        required=False,
    )


class PromisesSection(Section):
    """The promises of Rule 86, each given by itself."""

    def __init__(self, *args, state_institution: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        wanted = [*PROMISES, INTERNAL_DECISION] if state_institution else PROMISES
        for name, text in wanted:
            self.fields[name] = forms.BooleanField(
                label=_(text), error_messages={"required": _("This promise is required.")}
            )


class SummarySection(Section):
    """In plain words what it is good for; optional."""

    summary_zh_hans = TextField(
        label=_("In plain words, in Chinese"),
        help_text=_("What it does, for whom, what has to be changed to use it."),
        multiline=True,
        max_length=1_000,
        required=False,
    )
    summary_en = TextField(label=_("The same in English"), multiline=True, max_length=2_000, required=False)
    readiness_level = forms.TypedChoiceField(
        label=_("Technology readiness level"),
        help_text=_("1 idea … 7 pilot plant … 9 in series."),
        choices=LEVELS,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.Select(attrs={"data-width": "short"}),
    )
    industry_id = forms.ModelChoiceField(label=_("Industry of use"), queryset=Industry.objects.none(), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["industry_id"].queryset = Industry.objects.all()

    def values(self) -> dict:
        clean = super().values()
        industry = clean.get("industry_id")
        return {**clean, "industry_id": industry.pk if industry else None}


SECTION_FORMS = {
    "contact": ContactSection,
    "price": PriceSection,
    "term": TermSection,
    "other": OtherSection,
    "promises": PromisesSection,
    "summary": SummarySection,
}
