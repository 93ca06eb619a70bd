"""An example address for every public route: tests of doors and of the browser visit them all, in both languages.

To add a route, add a line here: a test fails until it is there, and from then on weight, queries, accessibility and
keyboard are checked. `{label}` is an edition with actions, `{next}` the one after it, `{day}` today.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

EXAMPLES: dict[str, list[str]] = {
    "home": ["/"],
    "edition": ["/{label}/", "/{next}/"],
    "chapters": ["/{label}/testi/", "/{next}/testi/"],
    "chapter": ["/{label}/testi/1/"],
    "axis": ["/{label}/assi/2/", "/{next}/assi/1/"],
    "strategy": ["/{label}/strategie/2.2/", "/{next}/strategie/1.1/"],
    "action": ["/{label}/azioni/2.2.2/"],
    "actions": [
        "/{label}/azioni/",
        "/{next}/azioni/",
        "/{label}/azioni/?q=mobilit%C3%A0+sostenibile&asse=2&asse=3",
        "/{label}/azioni/?q=biciclete&vista=tabella&ordina=-titolo",
        "/{label}/azioni/?vista=tabella",
        "/{label}/azioni/?vista=insieme&pnrr=m2c2",
        "/{label}/azioni/?asse=1&strategia=2.2&q=niente",
        "/{label}/azioni/?pnrr=m9c9&ordina=peso&pagina=99",
    ],
    "actions_file": ["/{label}/azioni.csv?asse=2", "/{label}/azioni.xlsx", "/{label}/azioni.json?q=mobilit%C3%A0"],
    "search": ["/cerca/", "/cerca/?q=mobilit%C3%A0", "/cerca/?q=Comune+di+Ivrea", "/cerca/?q=xyzzy"],
    "suggestions": [],
    "open_data": ["/dati-aperti/"],
    "dictionary_file": ["/dati-aperti/dizionario.csv"],
    "connections_file": ["/{label}/connessioni.csv", "/{label}/connessioni.json"],
    "matrix_file": ["/{label}/quadri/pnrr.csv", "/{label}/quadri/coesione.xlsx"],
    "comparison_file": ["/confronto/{label}/{next}.csv", "/confronto/{label}/{next}.json?livello=azioni"],
    "votes_file": ["/eventi/prova-1/esiti.csv"],
    "themes_file": ["/eventi/prova-1/temi.json"],
    "frameworks": ["/{label}/quadri/", "/{next}/quadri/"],
    "framework": [
        "/{label}/quadri/pnrr/",
        "/{label}/quadri/coesione/",
        "/{label}/quadri/programma/?asse=2",
        "/{label}/quadri/carta-bologna/",
        "/{next}/quadri/pnrr/",
    ],
    "gaps": ["/{label}/quadri/lacune/", "/{next}/quadri/lacune/"],
    "connections": ["/{label}/connessioni/", "/{label}/connessioni/?azione=2.2.2", "/{next}/connessioni/"],
    "compare": ["/confronto/"],
    "past": ["/{label}/al/"],
    "past_edition": ["/{label}/al/{day}/"],
    "past_action": ["/{label}/al/{day}/azioni/2.2.2/"],
    "comparison": ["/confronto/{label}/{next}/"],
    "territory": ["/territorio/"],
    "territory_map": ["/territorio/mappa/"],
    "balance": ["/territorio/equilibrio/"],
    "territory_reach": ["/territorio/azioni/"],
    "places_compared": ["/territorio/confronto/"],
    "zones": ["/territorio/zone/"],
    "zone": ["/territorio/zone/1/"],
    "belt": ["/territorio/fasce/montagna/"],
    "municipalities": ["/territorio/comuni/"],
    "how_made": ["/come-si-fa/"],
    "events": ["/eventi/"],
    "events_by_month": ["/eventi/calendario/", "/eventi/calendario/?mese=2026-12"],
    "all_events": [],
    "events_feed": ["/eventi/atom.xml"],
    "event": ["/eventi/prova-1/"],
    "event_calendar": [],
    "registration": ["/eventi/prova-1/iscrizione/"],
    "registration_sent": ["/eventi/prova-1/iscrizione/inviata/"],
    "my_registration": [],
    "event_phone": [],
    "event_results": ["/eventi/prova-1/esiti/"],
    "theme": [],
    "municipality_feed": ["/territorio/comuni/001168/atom.xml"],
    "zone_feed": ["/territorio/zone/1/atom.xml"],
    "papers": ["/{label}/documenti/", "/{next}/documenti/"],
    "paper_version": [],
    "paper_changes": [],
    "chain": ["/{label}/catena/", "/{next}/catena/"],
    "chain_json": [],
    "chain_prov": [],
    "indicators": ["/{label}/indicatori/", "/{next}/indicatori/"],
    "indicators_of": ["/{label}/indicatori/2.2/", "/{label}/indicatori/2/"],
    "indicator": ["/indicatori/REDDITO/"],
    "indicator_file": ["/indicatori/REDDITO.csv"],
    "monitoring": ["/{label}/monitoraggio/"],
    "yearly_reports": ["/{label}/relazioni/"],
    "yearly_report": ["/{label}/relazioni/2022/"],
    "report_differences": ["/{label}/relazioni/2022/differenze/"],
    "implementation": ["/{label}/attuazione/", "/{next}/attuazione/"],
    "implementation_file": ["/{label}/attuazione.csv"],
    "issues": ["/{label}/criticita/", "/{label}/criticita/?fonte=interview", "/{next}/criticita/"],
    "issue": ["/{label}/criticita/1.1/"],
    "issues_file": ["/{label}/criticita.csv", "/{label}/criticita.xlsx"],
    "issues_matrix": ["/{label}/criticita-matrice.ods"],
    "questionnaires": ["/questionari/"],
    "questionnaire": ["/questionari/questionario-di-prova/"],
    "questionnaire_invited": [],
    "questionnaire_thanks": ["/questionari/questionario-di-prova/grazie/"],
    "questionnaire_results": ["/questionari/questionario-finito/risultati/"],
    "questionnaire_results_file": ["/questionari/questionario-finito/risultati.csv"],
    "objectives": ["/{label}/obiettivi/"],
    "money": ["/{label}/risorse/"],
    "resources_balance": ["/{label}/risorse/equilibrio/"],
    "projects": ["/progetti/", "/progetti/?q=scuola&zona=1"],
    "projects_file": ["/progetti.csv"],
    "project": [],
    "consultations": ["/partecipa/"],
    "consultation": ["/partecipa/consultazione-di-prova/"],
    "answers": ["/partecipa/consultazione-di-prova/risposte/"],
    "contributions": ["/partecipa/consultazione-di-prova/contributi/"],
    "contribution": ["/partecipa/contributi/{year}/1/"],
    "contribution_receipt": [],
    "follow_contribution": ["/partecipa/segui/"],
    "municipality": ["/territorio/comuni/001168/"],
    "acts": ["/atti/", "/atti/?q=piano&tipo=plan&anno=2021"],
    "body_sessions": ["/atti/sedute/"],
    "instruments": ["/coerenza/"],
    "instrument": ["/coerenza/1/", "/coerenza/4/"],
    "instrument_file": ["/coerenza/1/matrice.xlsx", "/coerenza/1/matrice.ods"],
    "act_annex": [],
    "acts_feed": ["/atti/atom.xml"],
    "duties_by_link": [],
    "acts_calendar": ["/atti/sedute.ics"],
    "acts_file": ["/atti/elenco.csv", "/atti/elenco.json"],
    "act_popolo": ["/atti/linee-di-indirizzo-psm-2024-2026/popolo.json"],
    "act_akn": ["/atti/linee-di-indirizzo-psm-2024-2026/akn.xml"],
    "zone_acts": ["/atti/zone/11/"],
    "municipality_acts": ["/atti/comuni/001168/"],
    "act": ["/atti/linee-di-indirizzo-psm-2024-2026/"],
    "contact": ["/contatti/"],
    "contact_received": ["/contatti/ricevuto/ABCD2345/"],
    "follow": ["/segui/?cosa=comune-001168", "/segui/?cosa=azione-{label}/2.2.2"],
    "follow_sent": ["/segui/inviata/"],
    "my_following": [],
    "stop_following": [],
    "rate": ["/valuta/?pagina=/it/&voto=4"],
    "rated": ["/valuta/grazie/"],
    "page": ["/pagine/informazioni/"],
    "news": ["/notizie/"],
    "news_feed": ["/notizie/atom.xml"],
    "news_piece": ["/notizie/notizia-di-prova-un-incontro-per-parlare-del-piano/"],
}
"""Under /it and /en, by the name of the route in the door `site`."""

FILES = [name for name in EXAMPLES if name.endswith("_file")]
NO_PAGES = {
    *FILES,
    "issues_matrix",
    "news_feed",
    "municipality_feed",
    "zone_feed",
    "events_feed",
    "acts_feed",
    "acts_calendar",
    "duties_by_link",
    "act_popolo",
    "act_akn",
    "act_annex",
}
LANGUAGES = ("it", "en")
TODAY = datetime.now(ZoneInfo("Europe/Rome")).date().isoformat()
SMALL = {"label": "2021-2023", "next": "2024-2026", "day": TODAY, "year": TODAY[:4]}
LARGE = {"label": "2031-2033", "next": "2034-2036", "day": TODAY, "year": TODAY[:4]}


def pages() -> list[str]:
    """The addresses of everything that is a page, with places for language and editions still open."""
    return [f"/{{language}}{one}" for name, some in EXAMPLES.items() if name not in NO_PAGES for one in some]


def files() -> list[str]:
    """The addresses of everything that is a file, as `pages`."""
    return [f"/{{language}}{one}" for name in FILES for one in EXAMPLES[name]]


def acts_of_turin() -> None:
    """The bodies of the territory that is loaded and the acts that the sources tell of."""
    from aumenta.governance.load_governance import load_governance
    from aumenta.territory.models import Territory

    territory = Territory.objects.get(slug="torino")
    load_governance(territory=territory)


def two_plans() -> None:
    """A plan of 111 actions and one ten times as large, each with a next edition that has only strategies."""
    from aumenta.pages.make_demo_pages import make_demo_pages
    from aumenta.plan.models import Chapter, Edition
    from aumenta.review.record import record_import
    from tests.cast import a_plan, somebody
    from tests.issues_cast import said_of_issues
    from tests.surveys_cast import two_questionnaires
    from tests.voices_cast import a_consultation, admitted, answered

    for size, labels in ((1, SMALL), (10, LARGE)):
        edition = a_plan(label=labels["label"], strategies=24 * size, actions=111 * size)
        record_import(edition=edition)
        Chapter.objects.bulk_create(
            Chapter(edition=edition, position=n, title_it=f"Testo {n}", text_it="<p>Un testo inventato.</p>")
            for n in range(1, 3 * size + 1)
        )
        a_plan(label=labels["next"], strategies=27 * size, actions=0)
        said_of_issues(edition, 12 * size)
    from tests.monitoring_cast import a_published_report, an_indicator_read

    an_indicator_read()
    for edition in Edition.objects.filter(axes__strategies__actions__isnull=False).distinct():
        a_published_report(edition)
    make_demo_pages(person=somebody("administrator"))
    answered(admitted(a_consultation()))
    two_questionnaires()
