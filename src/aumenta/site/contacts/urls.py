"""The public addresses of the contact form and of the rating of pages."""

from django.urls import URLPattern, path

from aumenta.site.contacts import views

urlpatterns: list[URLPattern] = [
    path("contatti/", views.contact, name="contact"),
    path("contatti/ricevuto/<slug:reference>/", views.received, name="contact_received"),
    path("valuta/", views.rate, name="rate"),
    path("valuta/grazie/", views.rated, name="rated"),
]
