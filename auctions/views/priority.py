"""Holders of a first right answer: by the link of the letter without an account, or signed in."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from accounts.access import MemberRequired
from auctions.forms.acts import AnswerForm
from auctions.queries import lots
from auctions.services import priority
from foundation.core import forms as core_forms
from foundation.core.errors import NotVisible


class Answering:
    """What both ways share: the page and the posted answer."""

    template = "auctions/priority_answer.html"

    def page(self, request, holder, form, status=200):
        """Who is asked, for which lot, until when."""
        context = {"holder": holder, "lot": holder.lot, "form": form, "patents": lots.patents_of(holder.lot)}
        return render(request, self.template, context, status=status)

    def take(self, request, holder, actor):
        """Store the answer and show it; 422 with the form where it is refused."""
        form = AnswerForm(request.POST)
        if form.is_valid():
            answer = form.cleaned_data["answer"]
            core_forms.run(form, priority.answer, holder=holder, answer=answer, actor=actor)
        if form.errors:
            return self.page(request, holder, form, status=422)
        return redirect(request.path)


@method_decorator(never_cache, name="dispatch")
class ByLetter(Answering, View):
    """Whoever holds the link of the letter."""

    def holder(self, token):
        """The holder the link names; 404 for a link that is none of ours."""
        try:
            return priority.holder_of(token)
        except NotVisible as error:
            raise Http404 from error

    def get(self, request, token):
        return self.page(request, self.holder(token), AnswerForm())

    def post(self, request, token):
        return self.take(request, self.holder(token), None)


class Mine(Answering, MemberRequired.having("bid"), View):
    """The organization that was named."""

    def get(self, request, pk):
        holder = get_object_or_404(lots.first_rights_of(request.membership), pk=pk)
        return self.page(request, holder, AnswerForm())

    def post(self, request, pk):
        holder = get_object_or_404(lots.first_rights_of(request.membership), pk=pk)
        return self.take(request, holder, request.membership)
