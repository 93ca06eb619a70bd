"""The site's addresses with the style guide, which otherwise is there only where DEBUG is on."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from aumenta.config.urls import urlpatterns as site

urlpatterns = [*i18n_patterns(path("", include("aumenta.ui.style_guide_urls"))), *site]
