"""What granian serves."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aumenta.config.settings")
_django = get_asgi_application()

# Models can only be imported once Django is set up.
from aumenta.console.asgi import with_exchange  # noqa: E402

application = with_exchange(_django)
