"""`python -m bihuan` is the installed command `bihuan`."""

import sys

from bihuan.command import main

if __name__ == "__main__":
    sys.exit(main())
