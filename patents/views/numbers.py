"""The page to paste a list of numbers into."""

from django.shortcuts import render
from django.views import View

from patents import numbers
from patents.forms import CheckForm

MOST_LINES = 2_000


def answers(text: str) -> list[dict]:
    """The verdicts of the lines that hold something, with the kind and the sentence for people."""
    found = []
    for line in [line for line in text.splitlines() if line.strip()][:MOST_LINES]:
        verdict = numbers.verdict(line.strip()[: numbers.LONGEST_NOTATION + 1])
        verdict["kind_label"] = numbers.LABELS[numbers.Kind(verdict["kind"])] if verdict["kind"] else ""
        verdict["sentence"] = numbers.REASONS[verdict["reason"]] if verdict["reason"] else ""
        found.append(verdict)
    return found


class CheckNumbers(View):
    """Checks digits, kind and year; needs no register and keeps nothing."""

    def get(self, request):
        return render(request, "patents/check_numbers.html", {"form": CheckForm()})

    def post(self, request):
        form = CheckForm(request.POST)
        if not form.is_valid():
            return render(request, "patents/check_numbers.html", {"form": form}, status=422)
        found = answers(form.cleaned_data["numbers"])
        valid = sum(verdict["valid"] for verdict in found)
        context = {"form": form, "answers": found, "valid": valid, "invalid": len(found) - valid}
        return render(request, "patents/check_numbers.html", context)
