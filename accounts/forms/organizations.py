"""Registration, details, identity and verification of an organization."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import identifiers, queries
from accounts.countries import COUNTRIES
from accounts.models import Kind, Person, Size
from accounts.models.organizations import REPRESENTED
from foundation.core.errors import DomainError
from foundation.core.forms import FormToken, TextField


class PhoneField(TextField):
    """Digits, blanks, brackets, a plus in front."""

    def validate(self, value):
        super().validate(value)
        if value and not all(char in "0123456789 +()-" for char in value):
            raise forms.ValidationError(
                _("A phone number has digits, blanks, brackets, hyphens and a plus only."),
                code="phone",
            )


class IndustryChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return f"{obj.code} {obj.name}"


def checked(parse, text, field, form):
    """The normal form of an identifier; what is wrong stands beside its field."""
    try:
        return parse(text)
    except DomainError as error:
        form.add_error(field, forms.ValidationError(error.sentence, code=error.code))
        return text


def _representative(*, required: bool) -> TextField:
    return TextField(
        label=_("Legal representative"),
        help_text=_(
            "As the license or registration certificate names them. Shown to your members and the office only."
        ),
        max_length=80,
        required=required,
        widget=forms.TextInput(attrs={"data-width": "medium"}),
    )


class IdentityFields(forms.Form):
    """Name and official number; which number depends on the kind."""

    name = TextField(label=_("Registered name"), max_length=200)
    uscc = TextField(
        label=_("Unified social credit code"),
        help_text=_("18 characters, as printed on the license. Blanks and hyphens do not matter."),
        max_length=60,
        identifier=True,
        widget=forms.TextInput(attrs={"data-width": "medium", "autocapitalize": "characters"}),
    )
    foreign_registration = TextField(
        label=_("Registration number in the home country"),
        max_length=60,
        identifier=True,
        widget=forms.TextInput(attrs={"data-width": "medium"}),
    )
    country = forms.ChoiceField(label=_("Country or region"), choices=COUNTRIES)
    legal_representative = _representative(required=False)

    def keep_fields_of(self, kind):
        """Remove the fields that this kind of organization does not have."""
        unused = {"foreign_registration", "country"}
        if kind == Kind.FOREIGN_COMPANY:
            unused = {"uscc"}
        elif kind in (Kind.PERSON, Kind.ADMINISTRATION):
            unused = {"uscc", "foreign_registration", "country", "legal_representative"}
        for name in unused:
            self.fields.pop(name, None)

    def clean(self):
        data = super().clean()
        if data.get("uscc"):
            data["uscc"] = checked(identifiers.parse_uscc, data["uscc"], "uscc", self)
        return data


class DetailFields(forms.Form):
    """What no review depends on."""

    name_en = TextField(label=_("English name"), max_length=200, required=False)
    city = forms.ModelChoiceField(label=_("City"), queryset=None, required=False)
    industry = IndustryChoice(label=_("Industry"), queryset=None, required=False)
    size = forms.ChoiceField(label=_("Size"), choices=[("", _("Not stated")), *Size.choices], required=False)
    is_state_owned = forms.BooleanField(label=_("State-owned"), required=False)
    address = TextField(label=_("Address"), max_length=200, required=False)
    contact_email = forms.EmailField(label=_("Contact e-mail"), required=False, max_length=254)
    contact_phone = PhoneField(label=_("Contact phone"), max_length=30, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["city"].queryset = queries.cities()
        self.fields["industry"].queryset = queries.industries()


class OrganizationForm(FormToken, DetailFields, IdentityFields):
    """Register an organization of one kind."""

    field_order = ["name", "name_en", "uscc", "foreign_registration", "country", "legal_representative", "city"]

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.keep_fields_of(kind)
        if kind == Kind.FOREIGN_COMPANY:
            for name in ("city", "is_state_owned"):
                self.fields.pop(name)
        else:
            self.fields["city"].required = True


class DetailsForm(DetailFields):
    """Change the details of an organization."""

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        if kind == Kind.PERSON:
            for name in ("industry", "size", "is_state_owned"):
                self.fields.pop(name)


class IdentityForm(IdentityFields):
    """Change the registered name or the code."""

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.keep_fields_of(kind)


class PersonForm(FormToken):
    """Take part as a natural person."""

    name = TextField(label=_("Name as on the document"), max_length=80)
    document_kind = forms.ChoiceField(
        label=_("Kind of document"),
        choices=Person.Document.choices,
        widget=forms.RadioSelect,
        initial=Person.Document.RESIDENT_ID,
    )
    document_number = TextField(
        label=_("Document number"),
        help_text=_("Stored encrypted. Other people never see it; you see its ends only."),
        max_length=60,
        identifier=True,
        widget=forms.TextInput(attrs={"data-width": "medium", "autocomplete": "off"}),
    )
    city = forms.ModelChoiceField(label=_("City"), queryset=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["city"].queryset = queries.cities()

    def clean(self):
        data = super().clean()
        if data.get("document_number") and data.get("document_kind"):
            is_card = data["document_kind"] == Person.Document.RESIDENT_ID
            parse = identifiers.parse_resident_id if is_card else identifiers.parse_passport
            data["document_number"] = checked(parse, data["document_number"], "document_number", self)
        return data


class VerificationForm(FormToken):
    """Ask the province to verify; legal persons name who represents them."""

    legal_representative = _representative(required=True)
    statement = TextField(label=_("Message to the office"), multiline=True, max_length=1000, required=False)
    file = forms.FileField(
        label=_("Business license, registration certificate or identity document"),
        help_text=_("A scan: PDF, PNG or JPEG. The office compares it with the details above."),
        required=False,
    )
    group_head = TextField(
        label=_("Head of the group"),
        help_text=_(
            "Only if your organization is controlled by another one, or controlled together with others: the unified "
            "social credit code of the organization at the head of the group. Licenses inside a group are marked."
        ),
        max_length=60,
        identifier=True,
        required=False,
        widget=forms.TextInput(attrs={"data-width": "medium", "autocapitalize": "characters"}),
    )
    is_true = forms.BooleanField(label=_("The details are complete and true, and I may act for this organization."))

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        if kind not in REPRESENTED:
            self.fields.pop("legal_representative")
