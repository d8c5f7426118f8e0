"""What the form pages here share: one service call, the refusal beside its field, then a redirect."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import FormView

from foundation.core.forms import run

UNPROCESSABLE = 422


class FormPage(FormView):
    """Set `service`, and `arguments(form)` if it takes more than the cleaned fields."""

    http_method_names = ["get", "post", "head", "options"]
    template_name = "accounts/form.html"
    service = None
    page_title = ""
    lead = ""
    submit = ""
    done = ""
    next_url = "marketplace:my_work"
    back_url = ""
    danger = False

    def arguments(self, form):
        """Keyword arguments of the service."""
        return {k: v for k, v in form.cleaned_data.items() if k != "form_token"}

    def form_valid(self, form):
        self.result = run(form, type(self).service, **self.arguments(form))
        if form.errors:
            return self.form_invalid(form)
        if self.done:
            messages.success(self.request, self.done)
        return redirect(self.get_success_url())

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)

    def get_success_url(self):
        return reverse(self.next_url)

    def get_context_data(self, **kwargs):
        texts = {
            "page_title": self.page_title,
            "lead": self.lead,
            "submit": self.submit,
            "back_url": reverse(self.back_url) if self.back_url else "",
            "danger": self.danger,
        }
        return super().get_context_data(**(texts | kwargs))
