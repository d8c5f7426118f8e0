"""Files of a challenge, the agreement to keep them secret, questions and answers."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View

from accounts.access import MemberRequired
from accounts.acting import Act
from challenges import texts
from challenges.forms.acts import QuestionForm, ReplyForm, SignForm
from challenges.presentation import challenge as shown
from challenges.queries import challenges
from challenges.queries import rooms as asked
from challenges.rules import is_officer, may_propose, may_publish
from challenges.services import rooms
from challenges.views.challenge_page import page
from challenges.views.pages import challenge_or_404
from foundation.core import forms as core_forms
from foundation.core.errors import NotVisible


def read(request, attachment):
    """The bytes of a file for whom it is; visitors sign in for what is not public."""
    try:
        rooms.open_attachment(attachment=attachment, membership=request.membership)
    except NotVisible:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise PermissionDenied from None
    file = attachment.file
    response = FileResponse(
        file.content.open("rb"), as_attachment=True, filename=file.original_name, content_type=file.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_store=True)
    return response


class ReadFile(View):
    """The bytes of a file; readings of confidential ones are kept. Who has to sign first is led there."""

    def get(self, request, number, pk):
        challenge = challenges.visible_to(request.membership).filter(number=number.upper()).first()
        attachment = asked.attachments_of(challenge).filter(pk=pk).first() if challenge is not None else None
        if attachment is None:
            raise Http404
        return read(request, attachment)


class SignNda(Act):
    """The non-disclosure agreement, read and signed for the organization."""

    template = "challenges/challenge_nda.html"
    form_class = SignForm
    service = staticmethod(rooms.sign_nda)
    argument = "challenge"
    title = _("Non-disclosure agreement")
    submit = _("Sign for my organization")
    said = _("Signed. The confidential annexes are open to your organization now.")

    def allowed(self, membership):
        return may_propose(membership)

    def found(self, value):
        challenge = challenge_or_404(self.request, value)
        if challenge.owner_id == self.request.membership.organization_id:
            raise PermissionDenied
        return challenge

    def possible(self, subject) -> bool:
        return subject.permits("sign_nda") and asked.signature_of(subject, self.request.membership) is None

    def form(self, subject, *data):
        return SignForm(*data, initial={"sha256": texts.sha256_of(subject.season, texts.NDA)})

    def address(self, subject) -> str:
        return subject.get_absolute_url() + "#files"

    def page(self, subject, form, status=200, **more):
        pinned = texts.sha256_of(subject.season, texts.NDA)
        if form.errors:
            form.data = {**form.data.dict(), "sha256": pinned}  # the text that stands there now is the one to be read
        said = {"agreement": texts.shown(subject.season, texts.NDA), "sha256": pinned}
        crumbs = shown.crumbs(subject, str(self.title))
        return super().page(subject, form, status, **said, crumbs=crumbs, **more)


class Ask(MemberRequired, View):
    """A question about the challenge."""

    def get(self, request, number):
        return redirect(challenge_or_404(request, number).get_absolute_url() + "#questions")

    def post(self, request, number):
        challenge, form = challenge_or_404(request, number), QuestionForm(request.POST)
        if request.membership.organization_id == challenge.owner_id or request.membership.is_administration:
            raise PermissionDenied
        if form.is_valid():
            text = form.cleaned_data["text"]
            core_forms.run(form, rooms.ask, challenge=challenge, text=text, actor=request.membership)
        if form.errors:
            return page(request, challenge, question=form, status=422)
        messages.success(request, gettext("Your question stands on the page; the firm was told."))
        return redirect(challenge.get_absolute_url() + "#questions")


class Answer(MemberRequired, View):
    """The firm or the platform answers, once or again."""

    def allowed(self, membership):
        return may_publish(membership) or is_officer(membership)

    def get(self, request, number, pk):
        return redirect(challenge_or_404(request, number).get_absolute_url() + "#questions")

    def post(self, request, number, pk):
        challenge, form = challenge_or_404(request, number), ReplyForm(request.POST)
        question = get_object_or_404(asked.questions_of(challenge), pk=pk)
        if request.membership.organization_id != challenge.owner_id and not is_officer(request.membership):
            raise PermissionDenied
        if form.is_valid():
            text = form.cleaned_data["text"]
            core_forms.run(form, rooms.answer, question=question, text=text, actor=request.membership)
        if form.errors:
            return page(request, challenge, reply=form, replying=question.pk, status=422)
        messages.success(request, gettext("The answer stands on the page."))
        return redirect(challenge.get_absolute_url() + "#questions")
