"""How large a file may be before anybody looks into it."""

from typing import Final

SIZE_LIMIT_BYTES: Final = 10 * 1024 * 1024
"""The largest upload."""

PIXEL_LIMIT: Final = 25_000_000
"""The largest picture that is decoded, width times height."""
