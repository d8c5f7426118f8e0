"""The forms of a proposal: beginning one, its parts, and what is added to its lists."""

from django import forms
from django.utils.translation import gettext_lazy as _

from auctions.models import Lot, LotDocument, PriorityHolder, Subject
from auctions.services.lots import LICENSES
from foundation.core.forms import FormToken, MoneyField, TextField
from foundation.core.money import Money

MEDIUM = {"data-width": "medium"}
YUAN = {"data-prefix": "¥", "data-width": "medium"}
MOST_NUMBERS = 50


class NewLotForm(FormToken):
    """What is needed to begin: season, subject, patents, start price."""

    season = forms.ModelChoiceField(label=_("Season"), queryset=None, to_field_name="code", empty_label=None)
    subject = forms.ChoiceField(label=_("What is sold"), choices=Subject.choices, widget=forms.RadioSelect)
    number = TextField(
        label=_("Patent numbers"),
        help_text=_("One in each line, in any notation; several make a bundle. A project may have none."),
        multiline=True,
        required=False,
        max_length=2_000,
    )
    start = MoneyField(
        label=_("Start price (yuan)"),
        help_text=_("You may change it until you submit."),
        minimum=1,
        widget=forms.TextInput(attrs=YUAN),
    )

    def __init__(self, *args, seasons, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["season"].queryset = seasons
        self.fields["season"].label_from_instance = lambda season: f"{season.title} ({season.code})"

    def clean_number(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["number"].splitlines()]
        return [line for line in lines if line][:MOST_NUMBERS]


class PartForm(forms.Form):
    """A part of a proposal; ``version`` is that of the autosaved draft."""

    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def values(self) -> dict:
        """The values for `save_part`."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class AboutForm(PartForm):
    """What is sold, in words."""

    subject = forms.ChoiceField(label=_("What is sold"), choices=Subject.choices, widget=forms.RadioSelect)
    title_zh_hans = TextField(label=_("Title (Chinese)"), max_length=300)
    title_en = TextField(label=_("Title (English)"), required=False, max_length=300)
    about_zh_hans = TextField(label=_("Description (Chinese)"), multiline=True, required=False, max_length=4_000)
    about_en = TextField(label=_("Description (English)"), multiline=True, required=False, max_length=4_000)
    license_years = forms.IntegerField(
        label=_("Term of the license in years"),
        help_text=_("Only where a license is sold."),
        required=False,
        min_value=1,
        max_value=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "short"}),
    )

    @classmethod
    def initial_of(cls, lot: Lot, reserve: Money | None) -> dict:
        return {name: getattr(lot, name) for name in cls.base_fields if name != "version"}

    def clean(self):
        data = super().clean()
        if data.get("subject") in LICENSES and not data.get("license_years") and "license_years" not in self.errors:
            self.add_error("license_years", _("Say how many years the license lasts."))
        return data


class PriceForm(PartForm):
    """Start price, secret reserve, valuation."""

    start = MoneyField(label=_("Start price (yuan)"), minimum=1, widget=forms.TextInput(attrs=YUAN))
    reserve = MoneyField(
        label=_("Secret reserve (yuan)"),
        help_text=_("Leave it empty if the start price is enough. It is encrypted; only your organization reads it. "
                    "The page says that there is one. Below it the lot is not sold (Auction Law Art. 50)."),
        required=False,
        minimum=1,
        widget=forms.TextInput(attrs=YUAN),
    )  # fmt: skip
    valuation = MoneyField(
        label=_("Valuation (yuan)"),
        help_text=_("Universities, institutes and state-owned firms need one; the report belongs in the data room."),
        required=False,
        minimum=1,
        widget=forms.TextInput(attrs=YUAN),
    )
    valuation_date = forms.DateField(
        label=_("Valuation as of"), required=False, widget=forms.DateInput(attrs={"type": "date", **MEDIUM})
    )
    valuation_by = TextField(label=_("Valued by"), required=False, max_length=200)

    @classmethod
    def initial_of(cls, lot: Lot, reserve: Money | None) -> dict:
        valuation = None if lot.valuation_fen is None else Money(lot.valuation_fen)
        return {"start": lot.start, "reserve": reserve, "valuation": valuation,
                "valuation_date": lot.valuation_date, "valuation_by": lot.valuation_by}  # fmt: skip


class DisclosureForm(PartForm):
    """Defects and burdens, and who answers questions."""

    defects = TextField(
        label=_("Known defects and burdens"),
        help_text=_("Licenses, disputes, pending requests, dependence on other rights. Write “none known” where there "
                    "is none: whoever conceals defects is liable (Auction Law Arts. 18, 27 and 61)."),
        multiline=True,
        max_length=4_000,
    )  # fmt: skip
    contact_name = TextField(label=_("Contact"), max_length=60)
    contact_phone = TextField(label=_("Contact phone"), max_length=30, widget=forms.TextInput(attrs=MEDIUM))

    @classmethod
    def initial_of(cls, lot: Lot, reserve: Money | None) -> dict:
        return {name: getattr(lot, name) for name in ("defects", "contact_name", "contact_phone")}


PART_FORMS: dict[str, type] = {"about": AboutForm, "price": PriceForm, "disclosure": DisclosureForm}


class AddPatentForm(FormToken):
    """One more patent of the bundle."""

    number = TextField(label=_("Patent number"), identifier=True, max_length=60, widget=forms.TextInput(attrs=MEDIUM))


class HolderForm(FormToken):
    """Somebody who comes first on equal terms."""

    basis = forms.ChoiceField(label=_("Basis"), choices=PriorityHolder.Basis.choices)
    name = TextField(label=_("Name"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The first right is told by letter to this address when the lot is selected."),
        max_length=200,
    )


class DocumentForm(FormToken):
    """A file for the data room."""

    upload = forms.FileField(label=_("File"), help_text=_("PDF, PNG or JPEG"))
    kind = forms.ChoiceField(label=_("What it is"), choices=LotDocument.Kind.choices)
    title = TextField(label=_("Title"), max_length=200)
    audience = forms.ChoiceField(
        label=_("Who may read it"), choices=LotDocument.Audience.choices, initial=LotDocument.Audience.MEMBERS
    )


class WaiverForm(FormToken):
    """A waiver signed on paper."""

    upload = forms.FileField(label=_("Signed waiver"), help_text=_("PDF, PNG or JPEG"))
