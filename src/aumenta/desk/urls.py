"""The office's addresses, by subject."""

from aumenta.desk.contacts.urls import urlpatterns as contacts
from aumenta.desk.editions.urls import urlpatterns as editions
from aumenta.desk.events.urls import urlpatterns as events
from aumenta.desk.frame.urls import urlpatterns as frame
from aumenta.desk.governance.urls import urlpatterns as governance
from aumenta.desk.inbox.urls import urlpatterns as inbox
from aumenta.desk.issues.urls import urlpatterns as issues
from aumenta.desk.monitoring.urls import urlpatterns as monitoring
from aumenta.desk.pages.urls import urlpatterns as pages
from aumenta.desk.papers.urls import urlpatterns as papers
from aumenta.desk.people.urls import urlpatterns as people
from aumenta.desk.proposals.urls import urlpatterns as proposals
from aumenta.desk.sheets.urls import urlpatterns as sheets
from aumenta.desk.surveys.urls import urlpatterns as surveys
from aumenta.desk.upkeep.urls import urlpatterns as upkeep
from aumenta.desk.voices.urls import urlpatterns as voices
from aumenta.desk.words.urls import urlpatterns as words

app_name = "desk"
urlpatterns = [
    *inbox,
    *sheets,
    *proposals,
    *editions,
    *frame,
    *people,
    *voices,
    *surveys,
    *issues,
    *papers,
    *events,
    *pages,
    *words,
    *contacts,
    *governance,
    *monitoring,
    *upkeep,
]
