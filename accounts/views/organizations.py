"""Organizations: the public page, the own settings, identity, verification, switching."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, ListView, View

from accounts import forms, queries, rules, services
from accounts.access import MemberRequired, UserRequired
from accounts.history import entries
from accounts.middleware import SESSION_KEY
from accounts.views.pages import FormPage
from foundation.core import handlers

FACT_KEYS = "organization_facts:"


class OrganizationList(ListView):
    """Everybody who takes part and may be seen."""

    template_name = "accounts/organization_list.html"
    context_object_name = "organizations"
    paginate_by = 30

    def get_queryset(self):
        text = self.request.GET.get("q", "")
        return queries.organizations.named(text.replace("\x00", "")[:100])

    def get_context_data(self, **kwargs):
        return super().get_context_data(q=self.request.GET.get("q", "")[:100], **kwargs)


class OrganizationDetail(DetailView):
    """The public page: name, kind, city, what the markets count, and the history one may see."""

    template_name = "accounts/organization_detail.html"
    slug_field = slug_url_kwarg = "public_id"

    def get_queryset(self):
        return queries.organizations.visible_to(self.request.membership)

    def get_context_data(self, **kwargs):
        organization, member = self.object, self.request.membership
        facts = [
            fact
            for _key, collect in handlers.collect(FACT_KEYS)
            for fact in collect(organization=organization, membership=member)
        ]
        return super().get_context_data(
            facts=facts,
            history=entries(organization, member),
            is_own=rules.is_in(member, organization),
            sees_registered=rules.sees_registered(member, organization),
            **kwargs,
        )


class SwitchOrganization(UserRequired, View):
    """Act for another organization of one's own from the next page on."""

    http_method_names = ["post"]

    def post(self, request):
        wanted = request.POST.get("membership", "")
        mine = {str(membership.pk): membership for membership in request.memberships}
        if wanted not in mine:
            raise Http404
        request.session[SESSION_KEY] = mine[wanted].pk
        target = request.POST.get("next", "")
        if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
            target = "marketplace:my_work"
        return redirect(target)


class OwnOrganization(MemberRequired):
    """The organization one acts for; changing it needs the capability."""

    capability = "manage_organization"

    @property
    def organization(self):
        return get_object_or_404(
            queries.organizations.visible_to(self.request.membership),
            pk=self.request.membership.organization_id,
        )

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        return kwargs | {"kind": self.request.membership.organization.kind}

    def arguments(self, form):
        return super().arguments(form) | {
            "organization": self.organization,
            "actor": self.request.membership,
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(organization=self.organization, **kwargs)


class OrganizationSettings(OwnOrganization, FormPage):
    """Everything that no review depends on."""

    template_name = "accounts/organization_settings.html"
    form_class = forms.DetailsForm
    service = services.update_organization
    page_title = _("Organization settings")
    submit = _("Save")
    done = _("The details are saved.")
    next_url = "accounts:organization_settings"

    def get_initial(self):
        return {name: getattr(self.organization, name) for name in forms.DetailsForm.base_fields}


class OrganizationIdentity(OwnOrganization, FormPage):
    """Registered name, code and legal representative; a change takes the verification away."""

    form_class = forms.IdentityForm
    service = services.amend_identity
    page_title = _("Registered name and code")
    lead = _("After a change the province has to verify the organization again.")
    submit = _("Save")
    done = _("The registered details are saved.")
    next_url = "accounts:verification"
    back_url = "accounts:organization_settings"

    def get_initial(self):
        names = ("name", "uscc", "foreign_registration", "country", "legal_representative")
        return {name: getattr(self.organization, name) for name in names}


class Verify(MemberRequired, FormPage):
    """Where the verification stands, and the request for it."""

    template_name = "accounts/verification.html"
    form_class = forms.VerificationForm
    service = services.submit_verification
    page_title = _("Verification by the province")
    submit = _("Submit for verification")
    done = _("The request is with the office. You will be told of the decision.")
    next_url = "accounts:verification"

    def dispatch(self, request, *args, **kwargs):
        manager = rules.can(request.membership, "manage_organization")
        if request.method == "POST" and request.membership and not manager:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"kind": self.request.membership.organization.kind}

    def get_initial(self):
        organization = self.request.membership.organization
        head = organization.group
        return {
            "group_head": head.uscc if head else "",
            "legal_representative": organization.legal_representative,
        }

    def arguments(self, form):
        membership = self.request.membership
        return {
            "organization": membership.organization,
            "statement": form.cleaned_data["statement"],
            "upload": form.cleaned_data["file"],
            "group_head": form.cleaned_data["group_head"],
            "legal_representative": form.cleaned_data.get("legal_representative", ""),
            "actor": membership,
        }

    def get_context_data(self, **kwargs):
        membership = self.request.membership
        organization = membership.organization
        requests = queries.verifications.visible_to(membership)
        return super().get_context_data(
            organization=organization,
            identity=forms_identity(organization),
            requests=requests.filter(organization=organization),
            may_submit=rules.can(membership, "manage_organization")
            and any(m.name == "submit" for m in organization.LIFECYCLE.moves_from(organization.state)),
            **kwargs,
        )


def forms_identity(organization):
    """Rows of the summary: what the office reads."""
    rows = [
        {"label": _("Registered name"), "value": organization.name},
        {"label": _("Kind of organization"), "value": organization.get_kind_display()},
    ]
    if organization.uscc:
        rows.append({"label": _("Unified social credit code"), "value": organization.uscc})
    if organization.foreign_registration:
        number = f"{organization.country} {organization.foreign_registration}"
        rows.append({"label": _("Registration number in the home country"), "value": number})
    if organization.legal_representative:
        rows.append({"label": _("Legal representative"), "value": organization.legal_representative})
    if organization.is_person:
        rows.append({"label": _("Document number"), "value": organization.person.document_masked})
    if organization.group:
        rows.append({"label": _("Head of the group"), "value": organization.group.display_name})
    if organization.city:
        rows.append({"label": _("City"), "value": organization.city.name})
    return rows
