"""The public addresses of events, all under /eventi/."""

from django.urls import URLPattern, path

from aumenta.site.views import events, phone

urlpatterns: list[URLPattern] = [
    path("", events.show_all, name="events"),
    path("<slug:slug>/", events.show, name="event"),
    path("<slug:slug>/incontro.ics", events.calendar, name="event_calendar"),
    path("<slug:slug>/iscrizione/", events.registration, name="registration"),
    path("<slug:slug>/iscrizione/inviata/", events.registration_sent, name="registration_sent"),
    path("<slug:slug>/esiti/", events.results, name="event_results"),
    path("<slug:slug>/bollini/", phone.stickers, name="event_phone"),
    path("<slug:slug>/la-mia-iscrizione/<str:token>/", events.my_registration, name="my_registration"),
]
