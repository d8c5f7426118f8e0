"""Becoming a bidder: agreement and cost, check, deposit, paddle; and withdrawing before the start."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View

from accounts.access import MemberRequired
from auctions import agreement
from auctions.forms import registering as forms
from auctions.presentation import registering as presentation
from auctions.queries import lots, registrations
from auctions.services import registering as services
from foundation import audit
from foundation.core import forms as core_forms

Bids = MemberRequired.having("bid")


class Register(Bids, View):
    """Step 1: the agreement and the whole cost. Nothing is written."""

    template = "auctions/register.html"

    def get(self, request, number):
        lot = open_lot(request, number)
        own = registrations.mine(lot, request.membership)
        if own is not None and own.state not in presentation.ENDED:
            return redirect("auctions:registration_detail", pk=own.pk)
        form = forms.Agreement(initial={"agreement_sha256": agreement.sha256_of(lot.season)})
        return self._page(request, lot, form)

    def post(self, request, number):
        lot = open_lot(request, number)
        form = forms.Agreement(request.POST)
        if form.is_valid():
            request.session[agreed_key(lot)] = form.cleaned_data["agreement_sha256"]
            return redirect("auctions:register_check", number=number)
        return self._page(request, lot, form, status=422)

    def _page(self, request, lot, form, status=200):
        context = {
            "lot": lot,
            "form": form,
            "steps": presentation.steps("agreement"),
            "rows": presentation.lot_rows(lot),
            "cost": presentation.cost(lot),
            "agreement": agreement.text_of(lot.season),
            "agreement_sha256": agreement.sha256_of(lot.season),
            "bidder": request.membership.organization,
        }
        return render(request, self.template, context, status=status)


class RegisterCheck(Bids, View):
    """Step 2: check and register; then the deposit is paid on the pages of payments."""

    template = "auctions/register_check.html"

    def get(self, request, number):
        lot = open_lot(request, number)
        agreed = request.session.get(agreed_key(lot))
        if not agreed:
            return redirect("auctions:register", number=number)
        return self._page(request, lot, forms.Register(initial={"agreement_sha256": agreed}))

    def post(self, request, number):
        lot = open_lot(request, number)
        form = forms.Register(request.POST)
        if form.is_valid():
            made = core_forms.run(
                form,
                services.register,
                lot=lot,
                actor=request.membership,
                agreement_sha256=form.cleaned_data["agreement_sha256"],
            )
            if made:
                request.session.pop(agreed_key(lot), None)
                messages.success(request, _("Your organization is registered. Pay the deposit to be admitted."))
                return redirect("settlement:obligation_detail", number=made.obligation.number)
        return self._page(request, lot, form, status=422)

    def _page(self, request, lot, form, status=200):
        context = {
            "lot": lot,
            "form": form,
            "steps": presentation.steps("check"),
            "rows": presentation.lot_rows(lot),
            "cost": presentation.cost(lot),
            "bidder": request.membership.organization,
        }
        return render(request, self.template, context, status=status)


def open_lot(request, number):
    """A lot that this visitor sees and that has its floor."""
    return get_object_or_404(lots.visible_to(request.membership).filter(floor__isnull=False), number=number)


def agreed_key(lot) -> str:
    """Where the session keeps which agreement was read, between the two steps."""
    return f"agreed:{lot.pk}"


class RegistrationList(Bids, View):
    """The organization's registrations, newest first."""

    template = "auctions/registration_list.html"

    def get(self, request):
        found = registrations.visible_to(request.membership).order_by("-pk")[:200]
        return render(request, self.template, {"rows": presentation.list_rows(found)})


class RegistrationDetail(MemberRequired, View):
    """One registration: where it stands, the paddle, the deposit, what comes next."""

    template = "auctions/registration_detail.html"

    def get(self, request, pk):
        registration = get_object_or_404(registrations.visible_to(request.membership), pk=pk)
        context = {
            "registration": registration,
            "title": registration.lot.title,
            "steps": presentation.steps(presentation.step_of(registration)),
            "rows": presentation.rows(registration),
            "consequence": presentation.consequence(registration),
            "entries": presentation.entries(audit.timeline(registration, viewer=request.membership)[:50]),
            "may_withdraw": presentation.may_withdraw(registration, request.membership),
        }
        return render(request, self.template, context)


class WithdrawRegistration(Bids, View):
    """Go before the start; the deposit goes back."""

    template = "auctions/registration_withdraw.html"

    def get(self, request, pk):
        return self._page(request, self._registration(request, pk), forms.Withdraw())

    def post(self, request, pk):
        registration = self._registration(request, pk)
        form = forms.Withdraw(request.POST)
        if form.is_valid() and core_forms.run(
            form,
            services.withdraw,
            registration=registration,
            actor=request.membership,
            reason=form.cleaned_data["reason"],
        ):
            messages.success(request, _("The registration was withdrawn. The deposit goes back in full."))
            return redirect("auctions:registration_detail", pk=pk)
        return self._page(request, registration, form, status=422)

    def _registration(self, request, pk):
        return get_object_or_404(registrations.visible_to(request.membership), pk=pk)

    def _page(self, request, registration, form, status=200):
        context = {"registration": registration, "form": form, "title": registration.lot.title}
        return render(request, self.template, context, status=status)
