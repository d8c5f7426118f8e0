"""Register extracts: handing in, and the officer's list."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views import View

from accounts.access import MemberRequired
from foundation.core.errors import DomainError
from foundation.core.forms import run
from patents import queries, services
from patents.forms import ExtractForm, RefuseForm
from patents.views.register import page_number

Keeper = MemberRequired.having("manage_portfolio")
Officer = MemberRequired.having("review")


class NewExtract(Keeper, View):
    """Hand in an extract for a patent of one's own."""

    def found(self, request, number):
        patent = queries.patents.owned_by(request.membership.organization).filter(number=number).first()
        if patent is None:
            raise Http404
        return patent

    def get(self, request, number):
        patent = self.found(request, number)
        return render(request, "patents/extract_form.html", {"form": ExtractForm(), "patent": patent})

    def post(self, request, number):
        patent = self.found(request, number)
        form = ExtractForm(request.POST, request.FILES)
        if form.is_valid():
            fact, _colon, value = form.cleaned_data["statement"].partition(":")
            extract = run(
                form,
                services.submit_extract,
                patent=patent,
                fact=fact,
                value=value,
                extract_date=form.cleaned_data["extract_date"],
                upload=form.cleaned_data["file"],
                actor=request.membership,
            )
            if extract is not None:
                messages.success(request, gettext("The extract was handed in. It counts once an officer confirms it."))
                return redirect(patent)
        return render(request, "patents/extract_form.html", {"form": form, "patent": patent}, status=422)


class ExtractList(Officer, View):
    """What waits for an officer."""

    def get(self, request):
        page = Paginator(queries.extracts.waiting_for(request.membership), 50).get_page(page_number(request))
        return render(request, "patents/extract_list.html", {"page": page, "form": RefuseForm()})


class ConfirmExtract(Officer, View):
    """The extract is genuine."""

    def post(self, request, pk):
        extract = get_object_or_404(queries.extracts.visible_to(request.membership), pk=pk)
        try:
            services.confirm_extract(extract=extract, actor=request.membership)
            messages.success(request, gettext("The extract is confirmed."))
        except DomainError as error:
            messages.error(request, error.sentence)
        return redirect("patents:extract_list")


class RefuseExtract(Officer, View):
    """The extract is not accepted."""

    def post(self, request, pk):
        extract = get_object_or_404(queries.extracts.visible_to(request.membership), pk=pk)
        form = RefuseForm(request.POST)
        if form.is_valid():
            done = run(
                form,
                services.refuse_extract,
                extract=extract,
                reason=form.cleaned_data["reason"],
                actor=request.membership,
            )
            if done is not None:
                return redirect("patents:extract_list")
        page = Paginator(queries.extracts.waiting_for(request.membership), 50).get_page(1)
        return render(request, "patents/extract_list.html", {"page": page, "form": form}, status=422)
