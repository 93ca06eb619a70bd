"""The office's addresses for bodies, mandates and rules."""

from django.urls import path

from aumenta.desk.governance import views_bodies

urlpatterns = [
    path("organi/", views_bodies.show_all, name="bodies"),
    path("organi/regole/<int:number>/", views_bodies.rule, name="body_rule"),
    path("organi/mandati/<int:number>/fine/", views_bodies.end, name="end_mandate"),
    path("organi/comuni/<str:code>/", views_bodies.municipality, name="municipal_offices"),
    path("organi/comuni/cariche/<int:number>/fine/", views_bodies.end_municipal, name="end_office"),
    path("organi/<slug:slug>/", views_bodies.body, name="body"),
]
