"""Every address, door by door. Language is in the address, never in a header."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from aumenta.console import urls as console_urls
from aumenta.live import urls as live_urls
from aumenta.opendata import urls as opendata_urls
from aumenta.printing import event_urls

# The stock administration signs in like everybody else: with the second factor and the lock-out.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

handler404 = "aumenta.ui.not_found.not_found"
handler500 = "aumenta.config.outage.server_error_or_away"
urlpatterns = [
    path("", RedirectView.as_view(url="/it/"), name="root"),
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}ui/mark.svg"), name="favicon"),
    path("", include("aumenta.site.machines.urls")),
    path("admin/", admin.site.urls),
    *console_urls.exchange,
    path("dati/", include("aumenta.opendata.urls")),
    path("api/v1/", include("aumenta.opendata.api.urls")),
    path("media/", include("aumenta.site.pages.urls_media")),
    path("allegati/", include("aumenta.site.voices.urls_files")),
    *i18n_patterns(
        path("", include("aumenta.site.urls")),
        # One account, one address, changed with its password: people/change_address.py.
        path("accesso/email/", RedirectView.as_view(pattern_name="desk:change_address"), name="own-address"),
        path("accesso/", include("allauth.urls")),
        path("scrivania/", include("aumenta.desk.urls")),
        *console_urls.pages,
        *live_urls.pages,
        *event_urls.pages,
        *opendata_urls.pages,
        path("", include("aumenta.ui.urls")),
        *([path("", include("aumenta.ui.style_guide_urls"))] if settings.DEBUG else []),
    ),
]
