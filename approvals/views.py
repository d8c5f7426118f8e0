"""The review desk: queue, case and decision on one page."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views import View

from accounts.access import MemberRequired
from accounts.rules import can
from approvals import presentation, queries, services
from approvals.forms import DecisionForm, ReasonForm, RemarkForm, TokenForm
from foundation.core.clock import database_now
from foundation.core.errors import DomainError
from foundation.core.forms import run


class Office(MemberRequired):
    """Officers decide; the auditor reads."""

    def allowed(self, membership):
        return can(membership, "review") or can(membership, "audit_read")

    def review(self, request, number):
        """A case in scope; 404 for others."""
        return get_object_or_404(queries.reviews.visible_to(request.membership), number=number)


class Reviewing(Office):
    """Acts of the desk: officers only."""

    def allowed(self, membership):
        return can(membership, "review")


class Desk(Office, View):
    """The queue; the most urgent case is one click away."""

    def get(self, request):
        mine = request.GET.get("show") == "mine"
        context = {
            "queue": presentation.queue(request.membership, database_now(), mine=mine),
            "mine": mine,
            "now": database_now(),
        }
        return render(request, "approvals/desk.html", context)


def page(request, review, form=None, remark_form=None, status=200):
    """Queue, case and decision."""
    case = presentation.case(review, request.membership)
    if form is None and case["mine"]:
        form = DecisionForm(kind=review.kind, initial={"text": case["letter"]})
    context = {
        **case,
        "queue": presentation.queue(request.membership, database_now(), selected=review),
        "form": form,
        "token_form": TokenForm(),
        "undo_form": ReasonForm() if case["undo"] else None,
        "remark_form": remark_form,
        "remark_on": request.GET.get("remark", ""),
        "now": database_now(),
    }
    return render(request, "approvals/review.html", context, status=status)


class ReviewDetail(Office, View):
    """One case."""

    def get(self, request, number):
        return page(request, self.review(request, number))


class Claim(Reviewing, View):
    """Take a case."""

    def post(self, request, number):
        review = self.review(request, number)
        try:
            services.claim(review=review, actor=request.membership)
        except DomainError as error:
            messages.error(request, error.sentence)
        return redirect("approvals:detail", number=number)


class Release(Reviewing, View):
    """Put a case back."""

    def post(self, request, number):
        review = self.review(request, number)
        try:
            services.release(review=review, actor=request.membership)
        except DomainError as error:
            messages.error(request, error.sentence)
            return redirect("approvals:detail", number=number)
        return redirect("approvals:desk")


class Remark(Reviewing, View):
    """Write or take away a remark on a field."""

    def post(self, request, number):
        review = self.review(request, number)
        try:
            if request.POST.get("act") == "remove":
                field = request.POST.get("field", "")[:60]
                services.remove_remark(review=review, field=field, actor=request.membership)
            else:
                form = RemarkForm(request.POST)
                if not form.is_valid():
                    return page(request, review, remark_form=form, status=422)
                services.remark(review=review, actor=request.membership, **form.cleaned_data)
        except DomainError as error:
            messages.error(request, error.sentence)
        return redirect(reverse("approvals:detail", args=[number]) + "#declaration")


class Decide(Reviewing, View):
    """Approve, return or reject; then the next case."""

    def post(self, request, number):
        review = self.review(request, number)
        form = DecisionForm(request.POST, kind=review.kind)
        if form.is_valid():
            data = form.cleaned_data
            decision = run(
                form,
                services.decide,
                review=review,
                outcome=data["outcome"],
                reasons=data["reasons"],
                text=data["text"],
                correction_days=data["correction_days"],
                actor=request.membership,
            )
            if decision is not None:
                messages.success(request, gettext("Decided: %(outcome)s") % {"outcome": decision.get_outcome_display()})
                return redirect(self.next_one(request))
        return page(request, self.review(request, number), form=form, status=422)

    def next_one(self, request) -> str:
        """The most urgent case that somebody can work on, else the desk."""
        following = queries.reviews.queue(request.membership).exclude(state="correction").first()
        return following.get_absolute_url() if following else reverse("approvals:desk")


class Undo(Reviewing, View):
    """Undo an approval that has not taken effect."""

    def post(self, request, number):
        review = self.review(request, number)
        form = ReasonForm(request.POST)
        if form.is_valid():
            done = run(
                form,
                services.undo_approval,
                review=review,
                reason=form.cleaned_data["reason"],
                actor=request.membership,
            )
            if done is not None:
                messages.success(request, gettext("The approval was undone."))
                return redirect("approvals:detail", number=number)
        for errors in form.errors.values():
            messages.error(request, str(errors[0]))
        return redirect("approvals:detail", number=number)
