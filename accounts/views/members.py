"""Members of the own organization: list, invitations, roles, leaving."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from accounts import forms, queries, rules, services
from accounts.access import MemberRequired
from accounts.views.pages import FormPage
from foundation.core.clock import database_now
from foundation.core.errors import DomainError, NotAllowed, NotVisible


class Members(MemberRequired, TemplateView):
    """Everybody of the organization, former members last; open invitations for who manages."""

    template_name = "accounts/members.html"

    def get_context_data(self, **kwargs):
        me = self.request.membership
        members = queries.memberships.visible_to(me).filter(organization=me.organization_id)
        may_manage = rules.can(me, "manage_members")
        rows = [
            {"member": one, "may_change": may_manage and one.pk != me.pk and grantable(me, one)}
            for one in members.order_by("-is_active", "pk")
        ]
        invitations = queries.invitations.visible_to(me).filter(
            pk__in=queries.invitations.open_for(me.organization, database_now())
        )
        return super().get_context_data(rows=rows, may_manage=may_manage, invitations=invitations, me=me, **kwargs)


def grantable(me, member):
    """Whether I could give the role this member has."""
    return rules.may_grant(me, member.role, me.organization)


class Invite(MemberRequired, FormPage):
    """Send an invitation."""

    capability = "manage_members"
    form_class = forms.InvitationForm
    service = services.invite
    page_title = _("Invite a member")
    lead = _("We send a link by e-mail. It works for 14 days.")
    submit = _("Send the invitation")
    done = _("The invitation is on its way.")
    next_url = back_url = "accounts:members"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"actor": self.request.membership}

    def get_initial(self):
        return {"language": self.request.user.language}

    def arguments(self, form):
        me = self.request.membership
        return super().arguments(form) | {"organization": me.organization, "actor": me}


class OneMember(MemberRequired):
    """A member of the own organization; another one's is not found."""

    capability = "manage_members"

    @property
    def member(self):
        me = self.request.membership
        mine = queries.memberships.visible_to(me).filter(organization=me.organization_id)
        return get_object_or_404(mine, pk=self.kwargs["pk"])


class ChangeRole(OneMember, FormPage):
    """Give a member another role."""

    template_name = "accounts/member.html"
    form_class = forms.RoleForm
    service = services.change_role
    page_title = _("Change the role")
    submit = _("Save")
    done = _("The role is changed. It holds from now on.")
    next_url = back_url = "accounts:members"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"actor": self.request.membership}

    def get_initial(self):
        return {"role": self.member.role, "city": self.member.city_id}

    def arguments(self, form):
        return super().arguments(form) | {
            "membership": self.member,
            "actor": self.request.membership,
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(member=self.member, **kwargs)


class Act(View):
    """A button: one service, then back to the list with what came of it."""

    http_method_names = ["post"]
    done = ""

    def post(self, request, **kwargs):
        try:
            self.act()
        except (NotAllowed, NotVisible):
            raise
        except DomainError as error:
            messages.error(request, error.sentence)
        else:
            messages.success(request, self.done)
        return redirect("accounts:members")


class DeactivateMember(OneMember, Act):
    """Take a member's rights away."""

    done = _("The member has no rights here any more.")

    def act(self):
        services.deactivate_member(membership=self.member, actor=self.request.membership)


class ReactivateMember(OneMember, Act):
    """Give a former member the rights back."""

    done = _("The member is active again.")

    def act(self):
        services.reactivate_member(membership=self.member, actor=self.request.membership)


class Leave(MemberRequired, Act):
    """Leave the organization oneself."""

    done = _("You have left the organization.")

    def act(self):
        services.leave(membership=self.request.membership)


class RevokeInvitation(MemberRequired, Act):
    """Take an invitation back."""

    capability = "manage_members"
    done = _("The invitation is withdrawn.")

    def act(self):
        me = self.request.membership
        invitation = get_object_or_404(queries.invitations.visible_to(me), pk=self.kwargs["pk"])
        services.revoke_invitation(invitation=invitation, actor=me)
