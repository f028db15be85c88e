"""The Contact-Centre: residents' appeals as cards, driven by a city's Regulation."""

import gc
from typing import Final

_OBJECTS_BETWEEN_COLLECTIONS: Final = 50_000
"""What an import makes lives for ever: to look through it every 700 objects, as Python does by
itself, is a fifth of a cold start. Garbage in cycles, which is rare here, waits a little longer."""

gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
