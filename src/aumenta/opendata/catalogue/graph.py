"""The catalogue as a graph: every thing with the class of DCAT-AP_IT and that of DCAT beside it.

Values come from the lists of the European Union and of AgID; what the data don't know is left out, never invented.
"""

from collections.abc import Generator
from typing import Any, Final
from urllib.parse import quote

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_noop as _
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, OWL, RDF, SKOS, XSD
from rdflib.term import Node

from aumenta.contacts.models import Office
from aumenta.core.tables.writing import clean
from aumenta.opendata.catalogue.datasets import LANGUAGES, DataSet, FileOf, address_of, data_sets, in_both
from aumenta.opendata.package.views import changed_at
from aumenta.plan.models import Edition
from aumenta.ui.files import LICENCE, LICENCE_ADDRESS

PROFILE: Final = "DCAT-AP_IT 1.1, DCAT-AP 3.0.1"
DCATAPIT: Final = Namespace("http://dati.gov.it/onto/dcatapit#")
VCARD: Final = Namespace("http://www.w3.org/2006/vcard/ns#")
AUTHORITY: Final = "http://publications.europa.eu/resource/authority"
LICENCES: Final = "https://w3id.org/italia/controlled-vocabulary/licences"
LICENCE_CODES: Final = {LICENCE: ("A21_CCBY40", "CC_BY_4_0")}
UNKNOWN_LICENCE: Final = "C1_Unknown"
FILE_TYPES: Final = {
    "csv": ("CSV", "text/csv"),
    "xlsx": ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ods": ("ODS", "application/vnd.oasis.opendocument.spreadsheet"),
    "json": ("JSON", "application/json"),
    "jsonl": ("JSON", "application/jsonl"),
    "parquet": ("PARQUET", "application/vnd.apache.parquet"),
    "geojson": ("GEOJSON", "application/geo+json"),
    "gpkg": ("GPKG", "application/geopackage+sqlite3"),
    "zip": ("ZIP", "application/zip"),
}
THEMES: Final = {
    "ECON": {"it": "Economia e finanze", "en": "Economy and finance"},
    "GOVE": {"it": "Governo e settore pubblico", "en": "Government and public sector"},
    "REGI": {"it": "Regioni e città", "en": "Regions and cities"},
    "SOCI": {"it": "Popolazione e società", "en": "Population and society"},
}
"""Themes of the European list, by the names that it gives them."""
NOT_IN_ADDRESSES: Final = {ord(sign): quote(sign) for sign in '<>"{}|\\^`'}
LANGUAGE_CODES: Final = {"it": "ITA", "en": "ENG"}


def catalogue_graph() -> Graph:
    """The whole catalogue; the same state of the site is the same graph."""
    return _Catalogue().graph


class _Ordered(Graph):
    """A graph that is always read in the same order: the library's own is that of a set."""

    def triples(self, triple: Any) -> Generator[Any, None, None]:
        """What fits, in order."""
        yield from sorted(super().triples(triple))


class _Catalogue:
    """The graph while it is made."""

    def __init__(self) -> None:
        self.graph = _Ordered()
        for prefix, space in (("dcat", DCAT), ("dct", DCTERMS), ("foaf", FOAF), ("vcard", VCARD)):
            self.graph.bind(prefix, space, replace=True)
        self.graph.bind("dcatapit", DCATAPIT)
        self.at = URIRef(f"{settings.PUBLIC_ADDRESS}/dati/catalogo")
        editions = list(Edition.objects.public().select_related("plan").order_by("first_year"))
        if not editions:
            return
        self.newest = max(changed_at(one) for one in editions)
        self.plan = editions[-1].plan
        self.publisher = self._agent()
        self.contact = self._contact()
        self._catalogue()
        for found in data_sets(self.newest):
            self._data_set(found)
        self._service()

    def _add(self, subject: URIRef | BNode, predicate: URIRef, *values: Node) -> None:
        for value in values:
            self.graph.add((subject, predicate, value))

    def _typed(self, address: str, *kinds: URIRef) -> URIRef:
        """A thing of somebody else's, with what it is: shapes ask for the class of what is named."""
        # One sign that no address may have would break the whole file for whoever harvests it.
        thing = URIRef(iri_to_uri(address.strip()).translate(NOT_IN_ADDRESSES))
        self._add(thing, RDF.type, *kinds)
        return thing

    def _said(self, subject: URIRef | BNode, predicate: URIRef, words: dict[str, str]) -> None:
        self._add(subject, predicate, *(Literal(clean(words[one]), lang=one) for one in LANGUAGES if words.get(one)))

    def _agent(self) -> URIRef:
        at = URIRef(f"{self.at}/ente")
        self._add(at, RDF.type, DCATAPIT.Agent, FOAF.Agent)
        self._said(at, FOAF.name, {"it": self.plan.authority_it, "en": self.plan.authority_en})
        self._add(at, DCTERMS.identifier, Literal(self.plan.slug))
        return at

    def _contact(self) -> URIRef | None:
        """How the authority is reached: never the agent itself, which harvesters refuse; none without an address."""
        office = Office.objects.first()
        if office is None or not office.email:
            return None
        at = URIRef(f"{self.at}/contatto")
        self._add(at, RDF.type, DCATAPIT.Organization, VCARD.Organization, VCARD.Kind)
        self._add(at, VCARD.fn, Literal(office.name_it or self.plan.authority_it))
        self._add(at, VCARD.hasEmail, URIRef(f"mailto:{office.email}"))
        self._add(at, VCARD.hasURL, URIRef(address_of("site:contact")))
        return at

    def _catalogue(self) -> None:
        self._add(self.at, RDF.type, DCATAPIT.Catalog, DCAT.Catalog)
        self._said(self.at, DCTERMS.title, in_both(_("Open data of the strategic plan")))
        told = in_both(
            _(
                "Open data of the strategic plan: texts, places, indicators, projects, acts; as files and over an "
                "interface."
            )
        )
        self._said(self.at, DCTERMS.description, told)
        self._add(self.at, DCTERMS.publisher, self.publisher)
        self._add(self.at, DCTERMS.modified, Literal(self.newest.date(), datatype=XSD.date))
        self._add(self.at, DCTERMS.conformsTo, self._standard())
        self._add(self.at, DCTERMS.language, *self._languages())
        self._add(self.at, FOAF.homepage, self._typed(address_of("site:open_data"), FOAF.Document))
        self._add(self.at, DCTERMS.license, self._licence(LICENCE, LICENCE_ADDRESS))
        themes = self._typed(f"{AUTHORITY}/data-theme", SKOS.ConceptScheme)
        self._add(themes, DCTERMS.title, Literal("Data theme", lang="en"), Literal("Temi dei dati", lang="it"))
        self._add(self.at, DCAT.themeTaxonomy, themes)

    def _standard(self) -> URIRef:
        at = self._typed("https://semiceu.github.io/DCAT-AP/releases/3.0.1", DCTERMS.Standard, DCATAPIT.Standard)
        self._add(at, DCTERMS.title, Literal(PROFILE))
        self._add(at, DCTERMS.identifier, Literal("DCAT-AP"))
        return at

    def _languages(self) -> list[URIRef]:
        codes = LANGUAGE_CODES.values()
        return [self._typed(f"{AUTHORITY}/language/{code}", DCTERMS.LinguisticSystem) for code in codes]

    def _licence(self, name: str, address: str) -> URIRef:
        """A licence of AgID's list; one that the authority states in words of its own has its own address."""
        code, european = LICENCE_CODES.get(name, (UNKNOWN_LICENCE, ""))
        if name and address and code == UNKNOWN_LICENCE:
            at = self._typed(address, DCTERMS.LicenseDocument, DCATAPIT.LicenseDocument)
        else:
            at = self._typed(f"{LICENCES}/{code}", DCTERMS.LicenseDocument, DCATAPIT.LicenseDocument)
        self._add(at, FOAF.name, Literal(clean(name) or "Licenza non indicata dall’ente", lang="it"))
        if european:
            self._add(at, OWL.sameAs, URIRef(f"{AUTHORITY}/licence/{european}"))
        return at

    def _data_set(self, found: DataSet) -> None:
        at = URIRef(f"{self.at}/{found.slug}")
        self._add(self.at, DCAT.dataset, at)
        self._add(at, RDF.type, DCATAPIT.Dataset, DCAT.Dataset)
        self._add(at, DCTERMS.identifier, Literal(f"{self.plan.slug}:{found.slug}"))
        self._said(at, DCTERMS.title, found.title)
        self._said(at, DCTERMS.description, found.description)
        self._add(at, DCTERMS.modified, Literal(found.changed.date(), datatype=XSD.date))
        theme = self._typed(f"{AUTHORITY}/data-theme/{found.theme}", SKOS.Concept)
        self._said(theme, SKOS.prefLabel, THEMES[found.theme])
        self._add(at, DCAT.theme, theme)
        self._add(at, DCTERMS.rightsHolder, self.publisher)
        self._add(at, DCTERMS.publisher, self.publisher)
        frequency = self._typed(f"{AUTHORITY}/frequency/{found.frequency}", DCTERMS.Frequency)
        self._add(at, DCTERMS.accrualPeriodicity, frequency)
        self._add(at, DCTERMS.language, *self._languages())
        self._add(at, DCAT.landingPage, self._typed(found.page, FOAF.Document))
        self._add(at, DCAT.keyword, *(Literal(one, lang="it") for one in found.keywords))
        if self.contact:
            self._add(at, DCAT.contactPoint, self.contact)
        if found.years:
            self._period(at, found.years)
        for file in found.files:
            self._file(at, found, file)

    def _period(self, at: URIRef, years: tuple[int, int]) -> None:
        period = URIRef(f"{at}/periodo")
        self._add(at, DCTERMS.temporal, period)
        self._add(period, RDF.type, DCTERMS.PeriodOfTime, DCATAPIT.PeriodOfTime)
        days = Literal(f"{years[0]}-01-01", datatype=XSD.date), Literal(f"{years[1]}-12-31", datatype=XSD.date)
        for (italian, european), day in zip(
            ((DCATAPIT.startDate, DCAT.startDate), (DCATAPIT.endDate, DCAT.endDate)), days, strict=True
        ):
            self._add(period, italian, day)
            self._add(period, european, day)

    def _file(self, data_set: URIRef, found: DataSet, file: FileOf) -> None:
        at = URIRef(f"{file.address}#file")
        kind, media = FILE_TYPES[file.kind]
        self._add(data_set, DCAT.distribution, at)
        self._add(at, RDF.type, DCATAPIT.Distribution, DCAT.Distribution)
        self._said(at, DCTERMS.title, {one: f"{name} ({file.kind.upper()})" for one, name in file.name.items()})
        self._add(at, DCAT.accessURL, URIRef(file.address))
        self._add(at, DCAT.downloadURL, URIRef(file.address))
        self._add(at, DCTERMS.format, self._typed(f"{AUTHORITY}/file-type/{kind}", DCTERMS.MediaTypeOrExtent))
        media_type = f"https://www.iana.org/assignments/media-types/{media}"
        self._add(at, DCAT.mediaType, self._typed(media_type, DCTERMS.MediaType, DCTERMS.MediaTypeOrExtent))
        self._add(at, DCTERMS.license, self._licence(found.licence, found.licence_address))
        self._add(at, DCTERMS.modified, Literal(found.changed.date(), datatype=XSD.date))

    def _service(self) -> None:
        at = URIRef(address_of("api:root"))
        self._add(self.at, DCAT.service, at)
        self._add(at, RDF.type, DCAT.DataService)
        self._said(at, DCTERMS.title, in_both(_("The data for programs")))
        self._add(at, DCTERMS.identifier, Literal(f"{self.plan.slug}:api"))
        self._add(at, DCTERMS.publisher, self.publisher)
        self._add(at, DCAT.endpointURL, at)
        self._add(at, DCAT.endpointDescription, URIRef(address_of("api:openapi")))
        self._add(at, DCTERMS.license, self._licence(LICENCE, LICENCE_ADDRESS))
        for found in list(self.graph.objects(self.at, DCAT.dataset)):
            self._add(at, DCAT.servesDataset, found)
