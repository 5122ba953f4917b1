"""What the web server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.settings")
application = get_wsgi_application()

# What is loaded by now stays for the life of the process: full collections need not walk it again and again.
gc.collect()
gc.freeze()
# A page makes tens of thousands of short-lived objects; looking for cycles every 700 of them is a tenth of its cost.
gc.set_threshold(50_000, 20, 20)
