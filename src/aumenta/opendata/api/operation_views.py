"""The operations as views: django-ninja reads what was asked, `entry` does what is alike for all."""

from functools import update_wrapper
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from aumenta.opendata.api.asking import Many, One, refuse_strange
from aumenta.opendata.api.entry import entry
from aumenta.opendata.api.service import Operation, api
from aumenta.opendata.api.subjects import operations


def operation_paths() -> list[URLPattern]:
    """A path for every operation of every subject, under the name of its function."""
    answered = {pattern.name: pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern)}
    return [
        path(str(answered[one.name].pattern), entry(_view(answered[one.name].callback, one)), name=one.name)
        for one in operations()
    ]


def _view(answer: Any, one: Operation) -> Any:
    names = frozenset((Many if one.listed else One).model_fields)

    def view(request: HttpRequest, **parts: Any) -> HttpResponse:
        refuse_strange(request, names)
        response: HttpResponse = answer(request, **parts)
        return response

    # The map of addresses, and whoever reads a traceback, find the function that answers.
    return update_wrapper(view, one.view)
