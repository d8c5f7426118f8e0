"""The data room of a lot: documents, questions and answers, and who read what."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext
from django.views import View

from accounts.access import MemberRequired
from auctions.forms.acts import QuestionForm, ReplyForm
from auctions.queries import lots
from auctions.queries import rooms as asked
from auctions.rules import is_staff
from auctions.services import rooms
from auctions.views.lot_page import lot_or_404, page
from foundation.core import forms as core_forms
from foundation.core.errors import NotVisible

PAGE = 50


class ReadDocument(View):
    """The bytes of a document for its audience; each reading is logged. Visitors sign in for what is not public."""

    def get(self, request, number, pk):
        lot = lots.visible_to(request.membership).filter(number=number.upper()).first()
        document = asked.document(lot, pk).first() if lot is not None else None
        if document is None:
            raise Http404
        try:
            rooms.open_document(document=document, membership=request.membership)
        except NotVisible:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            raise PermissionDenied from None
        file = document.file
        response = FileResponse(
            file.content.open("rb"), as_attachment=True, filename=file.original_name, content_type=file.content_type
        )
        response["X-Content-Type-Options"] = "nosniff"
        patch_cache_control(response, private=True, no_store=True)
        return response


class Ask(MemberRequired, View):
    """A question about the lot."""

    def get(self, request, number):
        return redirect(lot_or_404(request, number).get_absolute_url() + "#questions")

    def post(self, request, number):
        lot, form = lot_or_404(request, number), QuestionForm(request.POST)
        if request.membership.organization_id == lot.seller_id or is_staff(request.membership):
            raise PermissionDenied
        if form.is_valid():
            text = form.cleaned_data["text"]
            core_forms.run(form, rooms.ask, lot=lot, text=text, actor=request.membership)
        if form.errors:
            return page(request, lot, question=form, status=422)
        messages.success(request, gettext("Your question stands on the page; the seller was told."))
        return redirect(lot.get_absolute_url() + "#questions")


class Answer(MemberRequired.having("declare"), View):
    """The seller answers."""

    def get(self, request, number, pk):
        return redirect(lot_or_404(request, number).get_absolute_url() + "#questions")

    def post(self, request, number, pk):
        lot, form = lot_or_404(request, number), ReplyForm(request.POST)
        question = get_object_or_404(asked.questions_of(lot), pk=pk)
        if request.membership.organization_id != lot.seller_id:
            raise PermissionDenied
        if form.is_valid():
            text = form.cleaned_data["text"]
            core_forms.run(form, rooms.answer_question, question=question, text=text, actor=request.membership)
        if form.errors:
            return page(request, lot, reply=form, replying=question.pk, status=422)
        messages.success(request, gettext("The answer stands on the page."))
        return redirect(lot.get_absolute_url() + "#questions")


class AccessLog(MemberRequired, View):
    """Who read what: all of it for the province, one's own for an organization."""

    def get(self, request, number):
        lot = lot_or_404(request, number)
        entries = Paginator(asked.accesses(lot, request.membership), PAGE).get_page(request.GET.get("page", "1")[:6])
        names = asked.readers(entries)
        context = {
            "lot": lot,
            "page": entries,
            "rows": [
                {"at": one.at, "title": one.document.title, "who": names.get(one.organization_id, "")}
                for one in entries
            ],
        }
        return render(request, "auctions/lot_access.html", context)
