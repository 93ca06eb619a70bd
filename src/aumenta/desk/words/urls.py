"""The office's addresses for the everyday words of the search."""

from django.urls import path

from aumenta.desk.words import views

urlpatterns = [
    path("parole/", views.show_all, name="words"),
    path("parole/<int:number>/", views.change, name="change_words"),
    path("parole/<int:number>/togli/", views.forget, name="forget_words"),
]
