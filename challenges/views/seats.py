"""An expert's seats: invitations to answer, and what is still to be scored."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.access import MemberRequired
from accounts.acting import Act
from challenges.forms import judging as forms
from challenges.presentation import desk, seat
from challenges.queries import judging, proposals
from challenges.services import panels, scores, seats


class ForExperts(MemberRequired):
    """The door of everything an expert does."""

    def allowed(self, membership):
        return membership.role == "expert"


class SeatList(ForExperts, View):
    """The expert's panels, what waits first."""

    template = "challenges/seat_list.html"

    def get(self, request):
        rows = seat.mine(proposals.seats_of(request.membership))
        context = {
            "rows": rows,
            "in_pool": judging.experts_visible_to(request.membership).filter(is_active=True).exists(),
        }
        return render(request, self.template, context)


class SeatDetail(ForExperts, View):
    """One seat: the invitation, or the proposals with how far one is."""

    template = "challenges/seat.html"

    def get(self, request, pk):
        found = get_object_or_404(proposals.seats_of(request.membership), pk=pk)
        rows = desk.queue(found, request.membership)
        context = {
            "seat": found,
            "challenge": found.challenge,
            "facts": seat.facts(found),
            "queue": rows,
            "done": sum(row["state"] == "done" for row in rows),
            "next_url": desk.next_url(rows) if found.permits("score") else "",
        }
        return render(request, self.template, context)


class OwnSeat(ForExperts, Act):
    """An act of the expert on an own seat."""

    key, argument = "pk", "seat"

    def found(self, value):
        return get_object_or_404(proposals.seats_of(self.request.membership), pk=value)

    def address(self, subject):
        return reverse("challenges:seat_detail", args=[subject.pk])

    def rows(self, subject):
        return seat.facts(subject)


class AcceptSeat(OwnSeat):
    """Accept, name whom one must not judge, promise secrecy."""

    form_class, service = forms.Accept, staticmethod(seats.accept)
    title, submit = gettext_lazy("Accept the seat"), gettext_lazy("Accept the seat")
    said = gettext_lazy("Your answer was recorded.")

    def possible(self, subject):
        return subject.state == "invited"

    def consequences(self, subject):
        sentences = [
            _("You score every eligible proposal within %(n)d working days.") % {"n": seats.SCORE_WORKDAYS},
            _("You see the scores of the others for a proposal once your own are in."),
            _("Teams and the firm never read your name, only “%(alias)s”.") % {"alias": subject.alias},
        ]
        if subject.challenge.season.is_blind:
            sentences.insert(1, _("The panel is blind: you do not see who proposes."))
        return sentences


class DeclineSeat(OwnSeat):
    """Give the seat up."""

    form_class, service = forms.Decline, staticmethod(seats.decline)
    title, submit = gettext_lazy("Give the seat up"), gettext_lazy("Give the seat up")
    said = gettext_lazy("You gave the seat up; a reserve is invited.")
    text = gettext_lazy("Scores given so far do not count.")

    def possible(self, subject):
        return subject.state in ("invited", "accepted")

    def address(self, subject):
        return reverse("challenges:seat_list") if subject.state == "declined" else super().address(subject)


class RecuseSeat(OwnSeat):
    """A conflict came to light while reading."""

    form_class, service = forms.Recuse, staticmethod(seats.recuse)
    title, submit = gettext_lazy("Step back for a conflict"), gettext_lazy("Step back")
    said = gettext_lazy("You stepped back; a reserve is invited.")
    text = gettext_lazy("Scores given so far do not count, and you will not see the proposal again.")
    danger = True

    def possible(self, subject):
        return subject.state in ("invited", "accepted", "done") and panels.is_scoring(subject.challenge)

    def form_more(self, subject):
        readable = subject.state in ("accepted", "done")
        return {"proposals": scores.readable(subject) if readable else []}

    def address(self, subject):
        return reverse("challenges:seat_list") if subject.state == "recused" else super().address(subject)
