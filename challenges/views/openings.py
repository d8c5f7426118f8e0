"""Keys of the openers, and the opening: a share from each of two, then the record that everybody may read."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.access import MemberRequired
from accounts.acting import Act
from challenges.forms import openings as forms
from challenges.models import OpenerKey
from challenges.presentation import openings as shown
from challenges.queries import challenges, proposals
from challenges.services import openers, opening, reopening
from foundation.core import forms as core_forms


class Opener(MemberRequired):
    """Whoever may hold a part of the key: officer, auditor, finance."""

    def allowed(self, membership):
        return openers.part_for(membership) is not None


class OpenerKeys(Opener, View):
    """Who holds which part of a season's key; taking one's own. The share is shown once, here."""

    def get(self, request, code):
        return self.page(request, self.season(request, code), forms.KeyForm())

    def post(self, request, code):
        season, form = self.season(request, code), forms.KeyForm(request.POST)
        if form.is_valid():
            passphrase = form.cleaned_data["passphrase"]
            done = core_forms.run(
                form, openers.take_key, season=season, passphrase=passphrase, actor=request.membership
            )
            if done is not None:
                return self.handed_out(request, season, done)
        return self.page(request, season, form, status=422)

    def season(self, request, code):
        """A season that this member sees."""
        return get_object_or_404(challenges.seasons_visible_to(request.membership), code=code)

    def handed_out(self, request, season, done):
        """The share, kept by no cache."""
        context = {"season": season, "key": done.key, "share": done.share, "file": shown.share_address(done.share)}
        answer = render(request, "challenges/opener_share.html", context)
        add_never_cache_headers(answer)
        return answer

    def page(self, request, season, form, status=200):
        part = openers.part_for(request.membership)
        rows = shown.key_rows(season, request.membership)
        context = {
            "season": season,
            "form": form,
            "rows": rows,
            "part": OpenerKey.Part(part).label,
            "holds": any(row["mine"] for row in rows),
            "missing": openers.missing_parts(season),
        }
        return render(request, "challenges/opener_keys.html", context, status=status)


class LoseKey(Act):
    """A share is lost or told: proposals from now on are not sealed for it."""

    key, argument, danger = "pk", "key", True
    form_class, service = forms.LossForm, staticmethod(openers.retire_key)
    title = submit = gettext_lazy("Report a lost share")
    text = gettext_lazy("Proposals submitted from now on are sealed without it; the two other openers open the earlier "
                        "ones. If a second share is lost, teams have to submit again.")  # fmt: skip
    said = gettext_lazy("The key is retired. Its holder takes a new one now.")

    def allowed(self, membership):
        return openers.part_for(membership) is not None

    def found(self, value):
        return get_object_or_404(challenges.opener_keys_visible_to(self.request.membership), pk=value)

    def rows(self, subject):
        return shown.key_facts(subject)

    def address(self, subject):
        return shown.keys_url(subject.season)


class OpeningDetail(View):
    """The opening: planned, under way, or its record. Open to all; before its end it says nothing about proposals."""

    def get(self, request, number):
        challenge = one(request, number)
        context = {
            "challenge": challenge,
            "state": shown.state(challenge),
            "openers": shown.openers(challenge),
            "record": shown.record(challenge),
            "paper": challenges.opening_record(challenge),
            "rows": shown.record_rows(challenge),
            "reopened": shown.reopened_rows(challenge, request.membership),
            "may_hand_in": challenge.permits("open_proposals") and openers.part_for(request.membership) is not None,
            "may_reopen": "reopen" in [move.name for move in shown.moves(challenge, request.membership)],
            "proposals": proposals.opened_of(challenge, request.membership),
        }
        return render(request, "challenges/opening_detail.html", context)


class OpeningRecord(View):
    """The signed record as a PDF, as soon as it is made; public."""

    def get(self, request, number):
        challenge = one(request, number)
        file = challenges.opening_record(challenge)
        if file is None:
            raise Http404
        name = f"{challenge.number}-opening.pdf"
        answer = FileResponse(
            file.content.open("rb"), as_attachment=True, filename=name, content_type="application/pdf"
        )
        answer["X-Content-Type-Options"] = "nosniff"
        return answer


def one(request, number):
    """A published challenge."""
    return get_object_or_404(challenges.visible_to(request.membership), number=number)


class HandInShare(Opener, View):
    """An opener hands in a share. It is used and forgotten."""

    def get(self, request, number):
        challenge = one(request, number)
        if not challenge.permits("open_proposals"):
            return redirect("challenges:opening_detail", number=number)
        return self.page(request, challenge, forms.ShareForm())

    def post(self, request, number):
        challenge, form = one(request, number), forms.ShareForm(request.POST, request.FILES)
        if form.is_valid():
            data = {name: form.cleaned_data[name] for name in ("share", "passphrase")}
            done = core_forms.run(form, opening.hand_in, challenge=challenge, actor=request.membership, **data)
            if done is not None:
                return redirect("challenges:opening_detail", number=number)
        return self.page(request, challenge, form, status=422)

    def page(self, request, challenge, form, status=200):
        context = {"challenge": challenge, "form": form, "openers": shown.openers(challenge)}
        return render(request, "challenges/opening_share.html", context, status=status)


class ReopenChallenge(Act):
    """Two shares are lost: proposals are taken again."""

    argument, capability, danger = "challenge", "review_any_city", True
    form_class, service = forms.ReopenForm, staticmethod(reopening.reopen)
    title = submit = gettext_lazy("Take proposals again")
    text = gettext_lazy("Only where two shares are lost: what was sealed can then never be read. It takes two officers "
                        "who decide on the same day.")  # fmt: skip
    said = gettext_lazy("Your decision is kept. Once two officers have decided on the same day, proposals are taken "
                        "again, and every team that had submitted is told to submit again.")  # fmt: skip

    def found(self, value):
        return one(self.request, value)

    def possible(self, subject):
        return subject.permits("open_proposals")

    def form(self, subject, *data):
        first = reopening.asked(subject)
        initial = {"last_day": first.last_day, "reason": first.reason} if first is not None else {}
        return self.form_class(*data, initial=initial)

    def rows(self, subject):
        return shown.reopening_rows(reopening.asked(subject))

    def consequences(self, subject):
        return [
            _("Every sealed proposal becomes an empty draft of its team; its receipt brings back what was submitted."),
            _("Who does not submit again by the new last day does not take part."),
            _("First every lost key is reported and replaced."),
        ]

    def address(self, subject):
        return shown.opening_url(subject)


class ProposalList(MemberRequired, View):
    """The opened proposals of a challenge: for the firm, officers and the auditor; experts have their own list."""

    def get(self, request, number):
        challenge = one(request, number)
        found = proposals.opened_of(challenge, request.membership)
        insider = shown.sees_all(challenge, request.membership)
        context = {"challenge": challenge, "proposals": found if insider else []}
        if not insider or challenge.is_sealed:
            return redirect("challenges:opening_detail", number=number)
        return render(request, "challenges/proposal_list.html", context)
