"""The same page at another address: in the other language, on another sheet, with another filter."""

from django.http import HttpRequest, QueryDict


def in_other_language(path: str, language: str) -> str | None:
    """The same page in `language`: «/it/piano/» and "en" give «/en/piano/». None outside /it/ and /en/."""
    first, slash, rest = path.removeprefix("/").partition("/")
    if first not in {"it", "en"} or not slash:
        return None
    return f"/{language}/{rest}"


def with_query(request: HttpRequest, changes: dict[str, str | int | None], without: tuple[str, ...] = ()) -> str:
    """The query of this page, such as «?asse=2&pagina=3», with some values set, or taken away where they are None.

    Gives «?» where nothing is left, which as a link means this page without a query.
    """
    query: QueryDict = request.GET.copy()
    for name in without:
        query.pop(name, None)
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"
