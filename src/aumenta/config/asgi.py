"""What granian serves."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aumenta.config.settings")
_django = get_asgi_application()

from aumenta.config.backups.unfinished import refuse_unfinished  # noqa: E402

refuse_unfinished()

# Models can only be imported once Django is set up.
from aumenta.config.bodies import with_limited_bodies  # noqa: E402
from aumenta.config.threads import with_lasting_threads  # noqa: E402
from aumenta.console.asgi import with_exchange  # noqa: E402
from aumenta.ui.page_cache import with_page_cache  # noqa: E402

application = with_limited_bodies(with_exchange(with_page_cache(with_lasting_threads(_django))))
