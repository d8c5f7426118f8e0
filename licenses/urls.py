"""Addresses of the market of open licenses."""

from licenses import urls_declarations, urls_licenses, urls_royalties

app_name = "licenses"

urlpatterns = [*urls_declarations.urlpatterns, *urls_licenses.urlpatterns, *urls_royalties.urlpatterns]
