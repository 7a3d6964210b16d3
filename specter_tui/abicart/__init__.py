"""Client for the Abicart shop: JSON-RPC calls and the documents that they return.

It knows nothing of Specter. The document models and their value types use no HTTP, so that rules are tested without it.
"""

import sys

# httpx imports its own command line, and rich with it, wherever both are installed. To go with httpx.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
