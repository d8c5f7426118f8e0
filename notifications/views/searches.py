"""My saved searches, their feeds, and the link that ends the mails."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import FormView, TemplateView, View

from accounts.access import UserRequired
from foundation.core.errors import DomainError
from foundation.core.forms import run
from notifications import feeds, forms, queries, searches, services
from notifications.services.searches import searches_of


def shown(search):
    """One row of the list: the search in words and where it leads."""
    row = {"search": search, "feed_url": reverse("notifications:feed", args=[search.key])}
    if not searches.known(search.kind):
        return row
    kind = searches.find(search.kind)
    try:
        row["why"] = kind.describe(kind.parse(search.query))
    except DomainError as error:
        row["why"] = error.sentence
    return row | {"kind": kind, "list_url": kind.list_url(search.query)}


class SearchList(UserRequired, TemplateView):
    """My saved searches."""

    template_name = "notifications/searches.html"

    def get_context_data(self, **kwargs):
        mine = queries.searches.visible_to(self.request.user)
        return super().get_context_data(rows=[shown(search) for search in mine], **kwargs)


class SaveSearch(UserRequired, View):
    """Save the search of a result list; the second click of two."""

    http_method_names = ["post"]

    def post(self, request):
        form = forms.SaveForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("This search cannot be saved."))
            return redirect("notifications:searches")
        try:
            services.save_search(user=request.user, **form.cleaned_data)
        except DomainError as error:
            messages.error(request, error.sentence)
        else:
            messages.success(request, _("The search is saved. What is new comes in one e-mail, nothing twice."))
        return redirect("notifications:searches")


class OneSearch(UserRequired):
    """A search of one's own; another person's is not found."""

    @property
    def search(self):
        return get_object_or_404(queries.searches.visible_to(self.request.user), pk=self.kwargs["pk"])


class ChangeSearch(OneSearch, FormView):
    """Name and rhythm."""

    template_name = "notifications/search_form.html"
    form_class = forms.SearchForm

    def get_initial(self):
        search = self.search
        return {"name": search.name, "frequency": search.frequency}

    def form_valid(self, form):
        run(form, services.change_search, search=self.search, **form.cleaned_data)
        if form.errors:
            return self.form_invalid(form)
        messages.success(self.request, _("The search is saved."))
        return redirect("notifications:searches")

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs):
        return super().get_context_data(search=self.search, **kwargs)


class DeleteSearch(OneSearch, View):
    """Forget a search."""

    http_method_names = ["post"]

    def post(self, request, pk):
        services.delete_search(search=self.search)
        messages.success(request, _("The search is deleted."))
        return redirect("notifications:searches")


@method_decorator(csrf_exempt, name="dispatch")
class Unsubscribe(View):
    """GET asks, POST ends the mails: one click from a mail program (RFC 8058), which has no cookie."""

    def get(self, request, token):
        return self.answer(request, lambda: searches_of(token), done=False)

    def post(self, request, token):
        return self.answer(request, lambda: services.unsubscribe(token=token), done=True)

    def answer(self, request, act, done):
        context, status = {"done": done}, 200
        try:
            context["rows"] = [shown(search) for search in act()]
        except DomainError as error:
            context, status = {"refusal": error.sentence}, error.status
        return render(request, "notifications/unsubscribe.html", context, status=status)


class SearchFeed(View):
    """What a search finds, as Atom; the address is the key."""

    def get(self, request, key):
        search = queries.searches.by_key(key)
        if search is None or not searches.known(search.kind):
            raise Http404
        try:
            content = feeds.atom(search)
        except DomainError as error:
            raise Http404 from error
        return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
