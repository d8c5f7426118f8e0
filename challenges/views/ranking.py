"""The ranking with all scores, and the file to compute it again."""

from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views import View

from challenges.presentation import ranking as shown
from challenges.queries import judging


class Ranking(View):
    """Open to all from the public notice on; before that to the firm, the teams and the administration in turn."""

    template = "challenges/ranking.html"

    def get(self, request, number):
        challenge = get_object_or_404(judging.rankings_visible_to(request.membership), number=number)
        context = {
            "challenge": challenge,
            "details": shown.details(challenge),
            **shown.table(challenge, request.membership),
        }
        return render(request, self.template, context)


class RankingFile(View):
    """The same as JSON."""

    def get(self, request, number):
        challenge = get_object_or_404(judging.rankings_visible_to(request.membership), number=number)
        answer = JsonResponse(shown.record(challenge), json_dumps_params={"ensure_ascii": False, "indent": 1})
        answer["Content-Disposition"] = f'attachment; filename="{challenge.number}-scores.json"'
        return answer
