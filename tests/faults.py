"""What the site answers where something goes wrong."""

from django.test import RequestFactory

from aumenta.config import outage


def answered(fault: Exception) -> tuple[int, str, str]:
    """Status, Retry-After and page of what a fault is answered with, as Django calls its handler."""
    try:
        raise fault
    except Exception:
        answer = outage.server_error_or_away(RequestFactory().get("/it/"))
    return answer.status_code, answer.headers.get("Retry-After", ""), answer.content.decode()
