"""The public addresses of how far actions, objectives and projects have come."""

from django.urls import URLPattern, path

from aumenta.site.monitoring import views_actions, views_plan, views_projects, views_reports

urlpatterns: list[URLPattern] = [
    path("<edition:label>/monitoraggio/", views_plan.monitoring, name="monitoring"),
    path("<edition:label>/relazioni/", views_reports.reports, name="yearly_reports"),
    path("<edition:label>/relazioni/<int:year>/", views_reports.report, name="yearly_report"),
    path("<edition:label>/relazioni/<int:year>/differenze/", views_reports.changes, name="report_differences"),
    path("<edition:label>/attuazione/", views_actions.implementation, name="implementation"),
    path("<edition:label>/attuazione.<str:file_format>", views_actions.implementation_file, name="implementation_file"),
    path("<edition:label>/risorse/", views_projects.money, name="money"),
    path("<edition:label>/risorse/equilibrio/", views_projects.balance_page, name="resources_balance"),
    path("progetti/", views_projects.projects, name="projects"),
    path("progetti.<str:file_format>", views_projects.projects_file, name="projects_file"),
    path("progetti/<int:number>/", views_projects.project, name="project"),
    path("<edition:label>/obiettivi/", views_actions.objectives, name="objectives"),
]
