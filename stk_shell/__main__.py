"""`python -m stk_shell`."""

import sys

from stk_shell.cli import main

sys.exit(main())
