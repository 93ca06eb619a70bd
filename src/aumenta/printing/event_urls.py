"""Addresses of what is given on paper: of an event, the dossier of a place, the yearly report, position papers."""

from django.urls import path, re_path

from aumenta.printing import book, dossier, events, kits, papers, yearly

_STATE = "regia/<slug:slug>/stati/<int:number>"
pages = [
    re_path(r"^(?P<label>\d{4}-\d{4})/piano\.pdf$", book.book, name="plan-book"),
    re_path(r"^territorio/(?P<kind>comuni|zone)/(?P<key>\d{1,6})/dossier\.pdf$", dossier.dossier, name="place-dossier"),
    re_path(
        r"^(?P<label>\d{4}-\d{4})/relazioni/(?P<year>\d{4})\.(?P<kind>pdf|odt|json)$",
        yearly.public_report,
        name="yearly-report",
    ),
    re_path(
        r"^stampe/relazioni/(?P<number>\d{1,9})\.(?P<kind>pdf|odt|json)$",
        yearly.office_report,
        name="office-yearly-report",
    ),
    re_path(
        r"^(?P<label>\d{4}-\d{4})/documenti/(?P<paper>\d{1,9})/(?P<number>\d{1,4})\.(?P<kind>pdf|odt)$",
        papers.public_paper,
        name="paper",
    ),
    re_path(
        r"^stampe/documenti/(?P<paper>\d{1,9})/(?P<number>\d{1,4})\.(?P<kind>pdf|odt)$",
        papers.office_paper,
        name="office-paper",
    ),
    re_path(
        r"^eventi/(?P<slug>[-\w]+)/esiti/(?P<zone>tutte|\d{1,3})\.(?P<kind>pdf|odt|html)$",
        events.public_report,
        name="public-report",
    ),
    re_path(
        r"^stampe/(?P<slug>[-\w]+)/(?P<kind>manifesti|fogli|accesso|partecipanti|cartellini)\.pdf$",
        kits.kit,
        name="print-kit",
    ),
    path(f"{_STATE}/diapositive.pdf", events.slides, name="print-slides"),
    path(f"{_STATE}/report/", events.reports, name="zone-reports"),
    re_path(
        r"^regia/(?P<slug>[-\w]+)/stati/(?P<number>\d+)/report/(?P<zone>tutte|\d{1,3})\.(?P<kind>pdf|odt|html)$",
        events.report,
        name="zone-report",
    ),
]
