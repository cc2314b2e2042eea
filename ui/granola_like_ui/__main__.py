"""`python -m granola_like_ui` opens the window."""

import sys

from granola_like_ui.app import main

sys.exit(main())
