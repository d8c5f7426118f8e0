"""A person's own settings."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.generic import UpdateView

from accounts import forms
from accounts.access import UserRequired

YEAR = 365 * 24 * 3600


class Settings(UserRequired, UpdateView):
    """Name, language and theme; the browser follows at once."""

    form_class = forms.PreferencesForm
    template_name = "accounts/settings.html"
    success_url = reverse_lazy("accounts:settings")

    def get_object(self, queryset=None):
        return self.request.user

    def form_valid(self, form):
        user = form.save()
        response = redirect(self.success_url)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )
        if user.theme == user.Theme.AUTO:
            response.delete_cookie("kaixu_theme")
        else:
            response.set_cookie("kaixu_theme", user.theme, max_age=YEAR, samesite="Lax")
        with translation.override(user.language):
            messages.success(self.request, str(_("Your settings are saved.")))
        return response

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)
