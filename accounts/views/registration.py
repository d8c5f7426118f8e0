"""After sign-up: register an organization, or act as a person."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts import forms, queries, services
from accounts.access import UserRequired
from accounts.models import Kind
from accounts.views.pages import FormPage
from foundation.core.clock import database_now

REGISTRABLE = {
    Kind.UNIVERSITY: ("school", _("Registers with its unified social credit code.")),
    Kind.INSTITUTE: ("building-community", _("Registers with its unified social credit code.")),
    Kind.ENTERPRISE: (
        "building-factory-2",
        _("Companies and other bodies with a unified social credit code."),
    ),
    Kind.FOREIGN_COMPANY: (
        "building",
        _("Companies registered abroad, with the number of their home register."),
    ),
}


class Register(UserRequired, TemplateView):
    """Which kind of party: a list of links, and the invitations that wait."""

    template_name = "accounts/register.html"

    def get_context_data(self, **kwargs):
        kinds = [
            {"key": kind.value, "label": kind.label, "icon": icon, "text": text}
            for kind, (icon, text) in REGISTRABLE.items()
        ]
        waiting = queries.invitations.waiting_for(self.request.user, database_now())
        return super().get_context_data(kinds=kinds, invitations=waiting, **kwargs)


class RegisterOrganization(UserRequired, FormPage):
    """The form of one kind of organization."""

    form_class = forms.OrganizationForm
    service = services.register_organization
    submit = _("Register")
    back_url = "accounts:register"
    next_url = "accounts:verification"
    done = _("The organization is registered. You can now ask the province to verify it.")
    lead = _("You become its owner and can invite others afterwards.")

    @property
    def kind(self):
        if self.kwargs["kind"] not in {kind.value for kind in REGISTRABLE}:
            raise Http404
        return Kind(self.kwargs["kind"])

    @property
    def page_title(self):
        return _("Register: %(kind)s") % {"kind": self.kind.label}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"kind": self.kind}

    def arguments(self, form):
        return super().arguments(form) | {"user": self.request.user, "kind": self.kind.value}

    def get_success_url(self):
        self.request.session["membership"] = self.result.pk
        return super().get_success_url()


class RegisterPerson(UserRequired, FormPage):
    """The form of a natural person."""

    form_class = forms.PersonForm
    service = services.register_person
    page_title = _("Take part as a natural person")
    lead = _("Your document number is stored encrypted and shown to nobody.")
    submit = _("Register")
    back_url = "accounts:register"
    next_url = "accounts:verification"
    done = _("You are registered. You can now ask the province to verify you.")

    def arguments(self, form):
        return super().arguments(form) | {"user": self.request.user}

    def get_success_url(self):
        self.request.session["membership"] = self.result.pk
        return super().get_success_url()
