"""Threads that outlive a request.

Django under ASGI gives every request a new thread, and every new thread has to open the database anew: a connection and
its settings cost more than most questions (benchmarks/README.md). Here each request borrows a thread whose connection
is open already. A stream of events keeps the thread Django gives it: it would hold a borrowed one all morning.
"""

from concurrent.futures import ThreadPoolExecutor

from asgiref.sync import ThreadSensitiveContext

from aumenta.ui.asgi import Application, Receive, Scope, Send

# More than two cores can keep busy; where all are lent, a request gets a new thread as before.
THREADS = 8


def with_lasting_threads(application: Application) -> Application:
    """`application`, its requests run in threads that stay."""
    idle = [ThreadPoolExecutor(max_workers=1, thread_name_prefix="request") for _ in range(THREADS)]

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not idle or asks_for_events(scope):
            await application(scope, receive, send)
            return
        thread = idle.pop()
        try:
            async with ThreadSensitiveContext(executor=thread):
                await application(scope, receive, send)
        finally:
            idle.append(thread)

    return answer


def asks_for_events(scope: Scope) -> bool:
    """Whether a browser's EventSource is asking: it always says so."""
    return b"text/event-stream" in dict(scope["headers"]).get(b"accept", b"")
