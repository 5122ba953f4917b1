"""What the web server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.settings")
application = get_wsgi_application()

# What is loaded by now stays for the life of the process: full collections need not walk it again and again.
gc.collect()
gc.freeze()
