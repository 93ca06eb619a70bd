"""The catalogue from the chair of a portal that harvests it: the shapes of DCAT-AP hold, and so does what DCAT-AP_IT
asks for, class by class."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import translation
from pyshacl import validate
from rdflib import Graph, URIRef
from rdflib.compare import to_isomorphic
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, SH
from rdflib.plugins.parsers.notation3 import BadSyntax

from aumenta.activity.public_revision import touch
from aumenta.contacts.models import Office
from aumenta.opendata.catalogue.graph import DCATAPIT, VCARD
from aumenta.plan.models import Edition
from aumenta.review.record import record_import
from tests.cast import a_plan, a_small_plan, standing
from tests.governance_cast import a_public_act
from tests.monitoring_cast import a_project, an_indicator_read

pytestmark = pytest.mark.django_db
SHAPES = Path(__file__).resolve().parents[3] / "shared/data/schemas/dcat-ap/dcat-ap-SHACL.ttl"
"""As published; like every document of others they are beside the repository, not in it."""
WAYS = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}
ASKED = {
    DCATAPIT.Catalog: (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.modified, DCAT.dataset),
    DCATAPIT.Dataset: (
        DCTERMS.identifier,
        DCTERMS.title,
        DCTERMS.description,
        DCTERMS.modified,
        DCAT.theme,
        DCTERMS.rightsHolder,
        DCTERMS.accrualPeriodicity,
        DCAT.distribution,
    ),
    DCATAPIT.Distribution: (DCTERMS["format"], DCAT.accessURL, DCTERMS.license),
    DCATAPIT.Agent: (DCTERMS.identifier, FOAF.name),
    DCATAPIT.Organization: (VCARD.fn, VCARD.hasEmail),
    DCATAPIT.PeriodOfTime: (DCATAPIT.startDate,),
}
"""What DCAT-AP_IT makes mandatory, class by class."""
BESIDE = {
    DCATAPIT.Catalog: DCAT.Catalog,
    DCATAPIT.Dataset: DCAT.Dataset,
    DCATAPIT.Distribution: DCAT.Distribution,
    DCATAPIT.Agent: FOAF.Agent,
}


def everything() -> None:
    record_import(edition=a_small_plan())
    a_plan(label="2041-2043", actions=3, state="preparation")
    call_command("load_territory", city="torino", stdout=StringIO())
    a_public_act()
    an_indicator_read()
    a_project()
    Office.objects.update_or_create(pk=1, defaults={"name_it": "Ufficio di piano", "email": "piano@esempio.it"})


@pytest.fixture(scope="module", autouse=True)
def _cast(django_db_setup, django_db_blocker):
    with standing(django_db_blocker, everything):
        yield


def harvested(client: Client, way: str = "ttl") -> Graph:
    return Graph().parse(data=client.get(f"/dati/catalogo.{way}").content, format=WAYS[way])


def shapes() -> Graph:
    """The shapes as published, but for two names in them that lead to no shape at all."""
    if not SHAPES.is_file():
        pytest.skip(f"the shapes of DCAT-AP 3 are not at {SHAPES}")
    found = Graph().parse(SHAPES)
    nowhere = {one for one in found.objects(None, SH.property) if (one, None, None) not in found}
    assert len(nowhere) == 2, nowhere
    for one in nowhere:
        found.remove((None, SH.property, one))
    return found


def test_the_shapes_of_dcat_ap_hold(client: Client) -> None:
    conforms, _graph, words = validate(harvested(client), shacl_graph=shapes())
    assert conforms, words[:3000]


def test_the_shapes_would_notice(client: Client) -> None:
    graph = harvested(client)
    graph.remove((next(graph.subjects(RDF.type, DCAT.Dataset)), DCTERMS.title, None))
    assert not validate(graph, shacl_graph=shapes())[0]


def test_what_dcat_ap_it_makes_mandatory_is_there_and_every_class_stands_beside_its_own(client: Client) -> None:
    graph = harvested(client)
    for kind, asked in ASKED.items():
        things = list(graph.subjects(RDF.type, kind))
        assert things, kind
        for thing in things:
            assert not [one for one in asked if graph.value(thing, one, any=True) is None], thing
            if kind in BESIDE:
                assert (thing, RDF.type, BESIDE[kind]) in graph
    assert not set(graph.subjects(RDF.type, DCATAPIT.Agent)) & set(graph.subjects(RDF.type, DCATAPIT.Organization))
    assert all(isinstance(one, URIRef) for one in graph.objects(None, DCAT.theme))


def test_the_three_ways_of_writing_say_the_same_and_twice_the_same_bytes(client: Client) -> None:
    first = harvested(client)
    for way in WAYS:
        assert to_isomorphic(harvested(client, way)) == to_isomorphic(first), way
        before = client.get(f"/dati/catalogo.{way}").content
        touch()
        assert client.get(f"/dati/catalogo.{way}").content == before, way


def test_every_file_that_is_listed_opens(client: Client) -> None:
    graph = harvested(client)
    addresses = sorted({str(one) for one in graph.objects(None, DCAT.downloadURL)})
    assert len(addresses) > 30
    for address in addresses:
        if "/dati/tutto-" in address or "gpkg" in address:
            continue  # their own tests open them
        answer = client.get("/" + address.partition("//")[2].partition("/")[2])
        assert answer.status_code == 200, address


def test_an_edition_that_is_not_public_is_not_listed(client: Client) -> None:
    assert "2041-2043" not in client.get("/dati/catalogo.ttl").content.decode()
    Edition.objects.update(state="preparation", public_since=None)
    touch()
    assert client.get("/dati/catalogo.ttl").status_code == 200


def test_words_that_are_strange_in_an_address_or_in_xml_break_no_way_of_writing(client: Client) -> None:
    strange = "Piano <&\"'> \u0007 \u202eobliquo \U0001f333"
    Edition.objects.update(title_it=strange, licence="Nostra", licence_address="https://esempio.it/una licenza?<x>")
    touch()
    for way in WAYS:
        try:
            graph = harvested(client, way)
        except BadSyntax as trouble:
            raise AssertionError(way) from trouble
        titles = {str(one) for one in graph.objects(None, DCTERMS.title)}
        assert any("obliquo" in one for one in titles), way


@pytest.mark.parametrize(("language", "says"), [("it", "si può avere come"), ("en", "can be had as")])
def test_another_way_of_writing_is_told_which_there_are(client: Client, language: str, says: str) -> None:
    with translation.override(language):
        answer = client.get("/dati/catalogo.docx", headers={"accept-language": language})
    assert answer.status_code == 404
    assert says in answer.content.decode()
