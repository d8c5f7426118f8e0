"""The public notice of a selection: given by an officer, read by everybody, objected to, ruled about."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.acting import Act
from challenges.forms import selecting as forms
from challenges.presentation import selecting as shown
from challenges.queries import judging
from challenges.rules import may_propose, may_publish
from challenges.services import noticing
from foundation.core.clock import database_now


class SelectionNotice(View):
    """Winners, amounts and places, open to everybody while the notice runs and after it."""

    template = "challenges/selection_notice.html"

    def get(self, request, number):
        challenge, now = get_object_or_404(judging.noticed(), number=number), database_now()
        context = {
            "challenge": challenge,
            "winners": shown.winners(challenge),
            "facts": shown.facts(challenge),
            "running": challenge.permits("object") and now < challenge.notice_until_at,
            "may_object": shown.may_object(challenge, request.membership, now),
            "objections": shown.objections(challenge, request.membership),
        }
        return render(request, self.template, context)


class GiveNotice(Act):
    """An officer publishes a selection."""

    capability, argument = "review_any_city", "challenge"
    form_class, service = forms.GiveNotice, staticmethod(noticing.give_notice)
    title, submit = gettext_lazy("Give public notice"), gettext_lazy("Publish the selection")
    said = gettext_lazy("The public notice runs.")

    def found(self, value):
        return get_object_or_404(judging.panels_visible_to(self.request.membership), number=value)

    def possible(self, subject):
        return subject.state == "selected"

    def rows(self, subject):
        return [
            {"label": f"{row['place']}. {row['name']}", "value": str(row["amount"]), "note": row["number"]}
            for row in shown.winners(subject)
        ]

    def consequences(self, subject):
        return [
            _("Winners, amounts, ranking and all scores are public for %(n)d days.")
            % {"n": subject.season.notice_days},
            _("Any organization may object; while an objection is open the selection is not confirmed."),
        ]

    def address(self, subject):
        return reverse("challenges:panel_detail", args=[subject.number])


class ObjectToSelection(Act):
    """An organization objects."""

    argument = "challenge"
    form_class, service = forms.Object, staticmethod(noticing.object_to)
    title, submit = gettext_lazy("Object to the selection"), gettext_lazy("Send the objection")
    said = gettext_lazy("Your objection was sent; an officer answers it.")

    def allowed(self, membership):
        return may_propose(membership) or may_publish(membership)

    def found(self, value):
        return get_object_or_404(judging.noticed(), number=value)

    def possible(self, subject):
        return subject.permits("object")

    def address(self, subject):
        return reverse("challenges:selection_notice", args=[subject.number])


class DecideObjection(Act):
    """An officer rules."""

    capability, key, argument = "review_any_city", "pk", "objection"
    form_class, service = forms.DecideObjection, staticmethod(noticing.decide_objection)
    title, submit = gettext_lazy("Decide about the objection"), gettext_lazy("Decide")
    said = gettext_lazy("The objection was decided.")

    def found(self, value):
        rows = judging.objections_visible_to(self.request.membership)
        return get_object_or_404(rows, pk=value, challenge__number=self.kwargs["number"])

    def possible(self, subject):
        return subject.decided_at is None

    def rows(self, subject):
        return [
            {"label": _("The challenge"), "value": subject.challenge.title, "note": subject.challenge.number},
            {"label": _("Who objects"), "value": subject.organization.display_name},
            {"label": _("What is wrong"), "value": subject.reason},
        ]

    def address(self, subject):
        return reverse("challenges:panel_detail", args=[subject.challenge.number])
