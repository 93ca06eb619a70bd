"""`aumenta prepare`: brings an installation up to date, and fills a new one with the plan that Aumenta ships."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from aumenta.config.backups.daily import queue_backup
from aumenta.events.make_demo_venue import make_demo_venue
from aumenta.events.models import Event
from aumenta.events.participants.forget_people import queue_forgetting
from aumenta.following.tell import queue_telling
from aumenta.governance.duties.remind_duties import queue_duties
from aumenta.governance.load_governance import load_governance
from aumenta.governance.make_demo_acts import make_demo_acts
from aumenta.monitoring.actions.daily import queue_asking
from aumenta.monitoring.actions.make_demo_updates import make_demo_updates
from aumenta.monitoring.actions.states import load_states
from aumenta.monitoring.load_bundle import load_bundle, load_projects
from aumenta.pages.check_links import queue_check
from aumenta.pages.make_demo_pages import make_demo_pages
from aumenta.pages.make_first_pages import make_first_pages
from aumenta.people.models import Role, User
from aumenta.plan.load_bundle import load_bundles
from aumenta.plan.models import Edition
from aumenta.plan.propose_places import propose_places
from aumenta.plan.search.prepare_meaning import queue_meaning
from aumenta.plan.search.synonyms import load_synonyms
from aumenta.review.make_demo_accounts import close_demo_accounts, make_demo_accounts
from aumenta.review.record import record_import
from aumenta.surveys.make_demo_questionnaires import make_demo_questionnaires
from aumenta.territory.models import Territory
from aumenta.themes.issues.make_demo_coding import make_demo_coding
from aumenta.themes.load_issues import load_issues
from aumenta.themes.papers.make_demo_paper import make_demo_paper
from aumenta.voices.contributions.remind import queue_reminders
from aumenta.voices.make_demo_consultation import make_demo_consultation


class Command(BaseCommand):
    """Safe to run at every start: what is there is never overwritten."""

    help = gettext_noop("Migrate the database and, where it holds no plan yet, load the bundled one.")

    def handle(self, **options: Any) -> None:
        """Prints what was loaded."""
        call_command("migrate", verbosity=0)
        if not Edition.objects.exists():
            for report in load_bundles():
                self.stdout.write(
                    _("Loaded edition %(label)s: %(added)d axes, strategies and actions.")
                    % {"label": report.edition, "added": len(report.added)}
                )
        if not Territory.objects.exists():
            call_command("load_territory", city="torino", stdout=self.stdout)
            for edition in Edition.objects.all():
                propose_places(edition=edition, territory=Territory.objects.get(slug="torino"))
        for edition in Edition.objects.all():
            record_import(edition=edition)
        for territory in Territory.objects.all():
            load_governance(territory=territory)
        home, first = Territory.objects.filter(slug="torino").first(), Edition.objects.filter(label="2021-2023").first()
        if home and first and (count := load_bundle(edition=first, territory=home)):
            self.stdout.write(_("Loaded %(count)d readings of indicators.") % {"count": count})
        if home and first and (count := load_projects(edition=first, territory=home)):
            self.stdout.write(_("Loaded %(count)d projects.") % {"count": count})
        if first and (count := load_issues(edition=first)):
            self.stdout.write(_("Loaded %(count)d issues.") % {"count": count})
        load_states()
        load_synonyms()
        queue_meaning()
        close_demo_accounts()
        queue_forgetting()
        queue_backup()
        queue_asking()
        queue_check()
        queue_duties()
        queue_reminders()
        queue_telling()
        if settings.DEBUG:
            self._demo()
        # Somebody must have written them: without an administrator they wait for the next start.
        administrator = User.objects.filter(grants__role=Role.ADMINISTRATOR, is_active=True).order_by("pk").first()
        if administrator:
            make_first_pages(person=administrator)

    def _demo(self) -> None:
        """Accounts and invented things, for whoever tries the site out."""
        accounts = make_demo_accounts()
        make_demo_pages(person=User.objects.get(email=accounts[0].email))
        if first := Edition.objects.filter(label="2021-2023").first():
            make_demo_updates(person=User.objects.get(email=accounts[0].email), edition=first)
        for territory in Territory.objects.all():
            make_demo_acts(person=User.objects.get(email=accounts[0].email), territory=territory)
        for account in accounts:
            self.stdout.write(f"  {account.role:32} {account.email:32} {account.password}")
        make_demo_consultation(
            person=User.objects.get(email=accounts[0].email), colleague=User.objects.get(email=accounts[1].email)
        )
        make_demo_coding(
            person=User.objects.get(email=accounts[0].email), colleague=User.objects.get(email=accounts[1].email)
        )
        make_demo_paper(
            person=User.objects.get(email=accounts[0].email), colleague=User.objects.get(email=accounts[1].email)
        )
        make_demo_questionnaires(person=User.objects.get(email=accounts[0].email))
        if not Event.objects.exists():
            # A finished rehearsal, marked as invented: a newcomer sees an event with voices in it.
            call_command("rehearse", no_network=True, public=True, stdout=self.stdout)
        make_demo_venue()
        self.stdout.write(_("Aumenta is ready to try out. DEBUG is on: don't serve it to others like this."))
