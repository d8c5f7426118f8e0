"""What the firm or an officer does with a published challenge: extend, award nobody, end, cancel."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.acting import Act
from challenges.forms.acts import ExtendForm, PublishedReasonForm, Token
from challenges.lifecycle import ChallengeState
from challenges.queries import challenges
from challenges.services import bounty, publishing, republishing, selecting
from challenges.views.pages import numbered_or_404
from foundation import audit
from foundation.core.display import last_moment, money


class Conduct(Act):
    """A move of the lifecycle on its own page, for those whom the table allows it; ``move`` is its name."""

    argument = "challenge"
    move = ""

    def found(self, value):
        challenge = numbered_or_404(self.request, value)
        row = next(one for one in challenge.LIFECYCLE.moves if one.name == self.move)
        if not audit.moves.may(challenge, row, self.request.membership):
            raise PermissionDenied
        return challenge

    def possible(self, subject) -> bool:
        return any(one.name == self.move for one in audit.actions_for(self.request.membership, subject))

    def address(self, subject) -> str:
        return subject.get_absolute_url()

    def rows(self, subject):
        rows = [{"label": gettext("Challenge"), "value": f"{subject.number} {subject.title}"}]
        held = bounty.held(subject)
        return [*rows, {"label": gettext("Held in escrow"), "value": money(held)}] if held else rows


class Extend(Conduct):
    """A later deadline, with a published reason."""

    move = "extend"
    form_class = ExtendForm
    service = staticmethod(publishing.extend)
    title = submit = _("Extend the deadline")
    text = _("Proposals made so far stay sealed and count. Everybody reads the new day and the reason.")
    said = _("The deadline was extended.")

    def form(self, subject, *data):
        return ExtendForm(*data, initial={"last_day": subject.deadline_date + timedelta(days=7)})

    def rows(self, subject):
        until = {"label": gettext("Proposals until"), "value": last_moment(subject.closes_at)}
        return [*super().rows(subject), until]


class AwardNone(Conduct):
    """Nobody is awarded; the reasons are published and the escrow goes back."""

    move = "award_none"
    form_class = PublishedReasonForm
    service = staticmethod(selecting.award_none)
    title = submit = _("Award nobody")
    text = _("No proposal is good enough. Every team needs your feedback first.")
    said = _("The challenge ended without an award; its escrow goes back.")
    danger = True

    def consequences(self, subject):
        return [
            gettext("All proposals are rejected and every team reads your feedback."),
            gettext("The reasons stand on the public page."),
            gettext("What is held in escrow goes back to your organization."),
        ]


class EndWithout(Conduct):
    """No proposal came: the firm ends the challenge."""

    move = "end_without"
    form_class = Token
    service = staticmethod(publishing.end_without)
    title = submit = _("End without a proposal")
    text = _("You may extend the deadline instead. Without either it ends by itself after 30 days.")
    said = _("The challenge has ended; its escrow goes back.")
    danger = True


class Republish(Act):
    """Begin a challenge that found nobody anew, in the latest season that takes challenges."""

    capability, argument = "take_license", "challenge"
    form_class, service = Token, staticmethod(republishing.republish)
    title = submit = _("Begin it anew")
    text = _("A draft with everything this challenge said, its documents included. You look it over, give it a new "
             "deadline and submit it.")  # fmt: skip
    said = _("The draft is filled in. Look it over and submit it.")

    def found(self, value):
        return get_object_or_404(challenges.of_owner(self.request.membership), number=value)

    def possible(self, subject):
        return republishing.possible(subject, self.request.membership) and self.season() is not None

    def season(self):
        """Where the draft goes."""
        return challenges.collecting().order_by("-code").first()

    def values(self, form, subject):
        return {"season": self.season()}

    def form(self, subject, *data):
        if data and self.season() is None:
            raise Http404
        return super().form(subject, *data)

    def rows(self, subject):
        season = self.season()
        return [{"label": gettext("List season"), "value": season.title}] if season else []

    def consequences(self, subject):
        if subject.state != ChallengeState.NO_PROPOSAL:
            return []
        return [gettext("This challenge ends; what is held in escrow goes back to your organization.")]

    def address(self, subject):
        return subject.get_absolute_url()

    def after(self, subject, done):
        return self.go("challenges:challenge_task_list", done.pk)


class Cancel(Conduct):
    """Out of the list, with a published reason."""

    move = "cancel"
    form_class = PublishedReasonForm
    service = staticmethod(publishing.cancel)
    title = submit = _("Cancel the challenge")
    text = _("Possible until the deadline. Nobody reads what was submitted.")
    said = _("The challenge was cancelled; its escrow goes back.")
    danger = True

    def consequences(self, subject):
        made = [gettext("What is held in escrow goes back to the firm.")]
        if subject.state == ChallengeState.OPEN:
            made.insert(0, gettext("Proposals end unread; their teams are told. The reason stands on the public page."))
        return made
