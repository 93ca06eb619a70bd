"""The interface as django-ninja has it: one decorator for all operations, and errors as problems."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Path, Schema
from ninja.errors import ValidationError
from pydantic import Field, create_model

from aumenta.opendata.api.asking import what_is_wrong
from aumenta.opendata.api.problems import ProblemError, problem
from aumenta.opendata.api.shapes.parts import Item, Links, Number, Origin, Problem

VERSION: Final = "1.0.0"
ERRORS: Final = (400, 404, 406, 410, 429, 503)
View = Callable[..., HttpResponse]

Label = Annotated[str, Path(max_length=9, pattern=r"^\d{4}-\d{4}$", examples=["2021-2023"])]
StrategyCode = Annotated[str, Path(max_length=9, pattern=r"^\d{1,4}\.\d{1,4}$", examples=["2.2"])]
ActionCode = Annotated[str, Path(max_length=14, pattern=r"^\d{1,4}\.\d{1,4}\.\d{1,4}$", examples=["2.2.2"])]
IstatCode = Annotated[str, Path(max_length=6, pattern=r"^\d{6}$", examples=["001272"])]
ZoneNumber = Annotated[int, Path(ge=1, le=9999, examples=[1])]
IndicatorCode = Annotated[str, Path(max_length=40, pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
ProjectKey = Annotated[str, Path(max_length=60, pattern=r"^[^\x00-\x1f/]+$")]
Slug = Annotated[str, Path(max_length=120, pattern=r"^[-\w]+$")]

api: Final = NinjaAPI(title="Aumenta", version=VERSION, urls_namespace="aumenta-v1", openapi_url=None, docs_url=None)


@dataclass(frozen=True)
class Operation:
    """An operation for whoever reads about it: its name, address and one sentence; `shape` is what it gives."""

    name: str
    path: str
    summary: str
    shape: type[Item]
    listed: bool
    view: View


OPERATIONS: Final[dict[str, Operation]] = {}


def list_of(shape: type[Item]) -> type[Schema]:
    """The shape of a page of such things."""
    return create_model(
        f"{shape.__name__}List",
        __base__=Schema,
        items=(list[shape], Field(description="Things of this page")),  # type: ignore[valid-type]
        count=(Number, Field(description="How many there are on all pages")),
        limit=(Number, ...),
        offset=(Number, ...),
        next_cursor=(Annotated[str, Field(max_length=200)] | None, ...),
        links=(Links, ...),
        origin=(Origin, ...),
    )


def one_at(path: str, summary: str, shape: type[Item]) -> Callable[[View], View]:
    """Mark a function as what answers at `path` with one thing."""
    return _at(path, summary, shape, shape, listed=False)


def list_at(path: str, summary: str, shape: type[Item]) -> Callable[[View], View]:
    """Mark a function as what answers at `path` with pages of things."""
    return _at(path, summary, shape, list_of(shape), listed=True)


def _at(path: str, summary: str, shape: type[Item], answer: type[Schema], *, listed: bool) -> Callable[[View], View]:
    def marked(view: View) -> View:
        OPERATIONS[view.__name__] = Operation(view.__name__, path, summary, shape, listed, view)
        register = api.get(
            path,
            response={200: answer, **dict.fromkeys(ERRORS, Problem)},
            operation_id=view.__name__,
            url_name=view.__name__,
            summary=summary,
            tags=[view.__module__.rpartition(".")[2]],
        )
        registered: View = register(view)
        return registered

    return marked


@api.exception_handler(ProblemError)
def _problem(request: HttpRequest, error: ProblemError) -> HttpResponse:
    return problem(error.status, error.detail, **error.more)


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, str(error) or _("There is nothing at this address."))


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A part of the address that can't be: not found. A parameter: what is wrong with it."""
    first = error.errors[0]
    where, name = str(first["loc"][0]), str(first["loc"][-1])
    if where == "path":
        return problem(404, _("There is nothing at this address."))
    return problem(400, what_is_wrong(first), parameter=name)
