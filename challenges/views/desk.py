"""The reviewer's desk: read, give points, hand in, next."""

import io

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import FileResponse, Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views import View

from challenges.forms import judging as forms
from challenges.presentation import desk as shown
from challenges.queries import proposals
from challenges.services import scores
from challenges.views.seats import ForExperts
from foundation.core import forms as core_forms
from foundation.core.clock import database_now
from foundation.core.display import moment
from foundation.core.errors import DomainError
from foundation.documents import blind
from foundation.jobs.typed import version_of


class OfSeat(ForExperts, View):
    """A proposal that one reads on an own seat; anything else is not there."""

    def found(self, pk, number):
        seat = get_object_or_404(proposals.seats_of(self.request.membership), pk=pk)
        readable = proposals.visible_to(self.request.membership).filter(challenge=seat.challenge_id)
        return seat, get_object_or_404(readable.select_related("opened"), number=number)


class Review(OfSeat):
    """One proposal with the rubric beside it."""

    template = "challenges/review.html"

    def get(self, request, pk, number):
        seat, proposal = self.found(pk, number)
        rows = scores.kept(seat, proposal)
        initial = forms.Scores.initial_of(rows) | {"version": scores.version_of(rows)}
        return self.page(seat, proposal, forms.Scores(criteria=seat.challenge.criteria.all(), initial=initial))

    def post(self, request, pk, number):
        seat, proposal = self.found(pk, number)
        form = forms.Scores(request.POST, criteria=seat.challenge.criteria.all())
        hands_in = request.POST.get("act") == "hand_in"
        if form.is_valid():
            act = scores.hand_in if hands_in else scores.save
            asked = {"given": form.given, "version": form.cleaned_data["version"]}
            core_forms.run(form, act, seat=seat, proposal=proposal, actor=request.membership, **asked)
        if form.has_error(NON_FIELD_ERRORS, scores.ScoresStale.code):
            return self.stale(seat, proposal, form)
        if form.errors:
            return self.page(seat, proposal, form, status=422)
        said = _("The scores of %(number)s are in.") if hands_in else _("The scores of %(number)s were saved.")
        messages.success(request, said % {"number": number})
        return HttpResponseRedirect(self.then(seat, number) if hands_in else request.path, status=303)

    def then(self, seat, number):
        """The next proposal, or the seat when everything is in."""
        rows = shown.queue(seat, self.request.membership)
        return shown.next_url(rows, number) or reverse("challenges:seat_detail", args=[seat.pk])

    def stale(self, seat, proposal, form):
        """What is typed stays in the fields, what another tab saved stands beside; sent again, it replaces that."""
        rows = scores.kept(seat, proposal)
        form.go_on_from(scores.version_of(rows), rows)
        return self.page(seat, proposal, form, status=409)

    def page(self, seat, proposal, form, status=200):
        membership = self.request.membership
        rows = shown.queue(seat, membership, proposal.number)
        given = shown.others(proposal, seat, membership)
        context = {
            "seat": seat,
            "challenge": seat.challenge,
            "proposal": shown.read(proposal, seat),
            "queue": rows,
            "done": sum(row["state"] == "done" for row in rows),
            "next_url": shown.next_url(rows, proposal.number),
            "given": given,
            "form": form,
            "scoring": not given and seat.permits("score") and proposal.permits("score"),
            "autosave": reverse("challenges:seat_autosave", args=[seat.pk, proposal.number]),
        }
        return render(self.request, self.template, context, status=status)


class Autosave(OfSeat):
    """Keep what is typed; answers JSON. Where another tab saved other points nothing is kept: saving shows both."""

    def post(self, request, pk, number):
        seat, proposal = self.found(pk, number)
        form = forms.Scores(request.POST, criteria=seat.challenge.criteria.all())
        if not form.is_valid():
            sentences = [str(one) for errors in form.errors.values() for one in errors]
            return JsonResponse({"detail": sentences[0]}, status=422)
        try:
            version = scores.save(
                seat=seat, proposal=proposal, given=form.given, version=version_of(request), actor=request.membership
            )
        except DomainError as error:
            return JsonResponse({"detail": error.sentence}, status=error.status)
        saved = _("Saved %(time)s") % {"time": moment(database_now(), seconds=True)}
        return JsonResponse({"saved": saved, "version": version})


class ProposalFile(OfSeat):
    """An attachment of a proposal, by its place; in a blind season without its name and what says who made it."""

    def get(self, request, pk, number, place):
        seat, proposal = self.found(pk, number)
        files = list(proposal.opened.files.order_by("pk"))
        if not 1 <= place <= len(files):
            raise Http404
        file = files[place - 1]
        content, name = file.content.open("rb"), file.original_name
        if seat.challenge.season.is_blind:
            content = io.BytesIO(blind.without_metadata(content.read(), file.content_type))
            name = f"{number}-{place}.{blind.SUFFIXES[file.content_type]}"
        answer = FileResponse(content, as_attachment=True, filename=name, content_type=file.content_type)
        answer["X-Content-Type-Options"] = "nosniff"
        patch_cache_control(answer, private=True, no_store=True)
        return answer
