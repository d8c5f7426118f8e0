"""The pool of experts: its list and profiles for officers, the own profile for an expert."""

from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.access import MemberRequired
from accounts.acting import Act
from challenges.forms import experts as forms
from challenges.presentation import experts as shown
from challenges.queries import judging
from challenges.services import experts

PAGE_SIZE = 50


class ExpertList(MemberRequired, View):
    """Everybody in the pool, with the panels they sit on."""

    template = "challenges/expert_list.html"

    def allowed(self, membership):
        return judging.is_insider(membership)

    def get(self, request):
        found = shown.ordered(judging.experts_visible_to(request.membership), request.GET.get("q", ""))
        page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
        context = {"page": page, "keeps": self.keeps(request.membership), "q": request.GET.get("q", "")[:100]}
        return render(request, self.template, context)

    def keeps(self, membership):
        return judging.is_officer(membership)


class NewExpert(Act):
    """An officer takes somebody into the pool."""

    capability = "review_any_city"
    form_class = forms.NewExpert
    title, submit = gettext_lazy("Take an expert into the pool"), gettext_lazy("Take into the pool")
    text = gettext_lazy("The account needs the role of an expert first: invite it under Members.")
    said = gettext_lazy("The expert is in the pool.")
    service = staticmethod(lambda subject, **values: experts.add(**values))

    def get(self, request):
        return self.page(None, self.form(None))

    def post(self, request):
        return super().post(request, number=None)

    def found(self, value):
        return None

    def address(self, subject):
        return reverse("challenges:expert_list")


class EditExpert(Act):
    """An officer corrects a profile."""

    capability, key, argument = "review_any_city", "pk", "expert"
    form_class, service = forms.Profile, staticmethod(experts.save)
    title, submit = gettext_lazy("Profile of an expert"), gettext_lazy("Save")
    said = gettext_lazy("The profile was saved.")

    def found(self, value):
        return get_object_or_404(judging.experts_visible_to(self.request.membership), pk=value)

    def form_more(self, subject):
        return {"initial": forms.Profile.initial_of(subject)}

    def rows(self, subject):
        return shown.facts(subject)

    def address(self, subject):
        return reverse("challenges:expert_list")


class MoveExpert(EditExpert):
    """Out of the pool, or back into it."""

    form_class, service = forms.Reason, staticmethod(experts.set_active)
    said = gettext_lazy("The pool was changed.")

    @property
    def active(self):
        return self.kwargs["where"] == "in"

    @property
    def title(self):
        return _("Back into the pool") if self.active else _("Out of the pool")

    @property
    def submit(self):
        return self.title

    def possible(self, subject):
        return subject.is_active != self.active

    def form_more(self, subject):
        return {}

    def values(self, form, subject):
        return {"active": self.active, **super().values(form, subject)}


class MyProfile(EditExpert):
    """An expert's own profile."""

    capability = None
    title = gettext_lazy("My profile as an expert")
    text = gettext_lazy("At every draw it is compared with who proposes. Keep it complete: it protects your judgment.")

    def allowed(self, membership):
        return membership.role == "expert"

    def get(self, request):
        found = judging.experts_visible_to(request.membership).first()
        if found is None:
            return HttpResponseRedirect(self.address(None), status=303)
        return self.page(found, self.form(found))

    def post(self, request):
        return super().post(request, pk=None)

    def found(self, value):
        return get_object_or_404(judging.experts_visible_to(self.request.membership), user=self.request.user)

    def address(self, subject):
        return reverse("challenges:seat_list")
