"""Threads that outlive a request.

Django under ASGI gives every request a new thread, and every new thread has to open the database anew: a connection and
its settings cost more than most questions (benchmarks/README.md). Here each request borrows a thread whose connection
is open already. Streams of events last all morning and need a thread only when they open and close: they share one.
With a thread of its own each, 300 screens would hold 300 connections, more than a PostgreSQL server gives.
"""

from concurrent.futures import ThreadPoolExecutor

from asgiref.sync import ThreadSensitiveContext

from aumenta.ui.asgi import Application, Receive, Scope, Send

# More than two cores can keep busy; where all are lent, a request gets a new thread as before.
THREADS = 8


def with_lasting_threads(application: Application) -> Application:
    """`application`, its requests run in threads that stay."""
    idle = [ThreadPoolExecutor(max_workers=1, thread_name_prefix="request") for _ in range(THREADS)]
    streams = ThreadPoolExecutor(max_workers=1, thread_name_prefix="streams")

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and asks_for_events(scope):
            async with ThreadSensitiveContext(executor=streams):
                await application(scope, receive, send)
            return
        if scope["type"] != "http" or not idle:
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
    """Whether a browser's EventSource is asking at an address of a stream.

    The header alone would let anybody send every slow page to the streams' one thread.
    """
    return scope["path"].endswith("/flusso") and b"text/event-stream" in dict(scope["headers"]).get(b"accept", b"")
