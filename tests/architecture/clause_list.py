"""The clauses that code and tests may cite: K and KR as their texts number them, and the law.

`K` is the regulation of the first city, `KR` the procedure of the second; `LAW-<article>` is
law 393/96 on citizens' appeals, `LAW-2136` the law on labour under martial law, which suspends
holidays; `CIVIL-<article>` is the Civil Code on the counting of terms.
"""

from typing import Final

_K: Final = {
    "1": ("", "1", "2", "3", "4", "5"),
    "2": ("",),
    "3": ("", "1", "2", "3", "4", "5", "5(1)", "5(2)", "5(3)", "5(4)", "5(5)"),
    "4": ("", "1", "2", "3", "4"),
    "5": (
        *("", "1", "2", "3"),
        *(f"1.{number}" for number in range(1, 11)),
        *(f"2.{number}" for number in range(1, 4)),
    ),
    "6": ("", "1", "2"),
    "7": ("",),
}
_KR: Final = {
    "1": ("", "1", "2", "3"),
    "2": ("", *map(str, range(1, 14)), "12.1", "12.2", "12.3"),
    "3": ("", "1"),
}
_LAW_ARTICLES: Final = 28

CLAUSES: Final = frozenset(
    {
        *(f"K-{part}.{rest}".rstrip(".") for part, rests in _K.items() for rest in rests),
        *(f"KR-{part}.{rest}".rstrip(".") for part, rests in _KR.items() for rest in rests),
        *(f"LAW-{article}" for article in range(1, _LAW_ARTICLES + 1)),
        "LAW-2136",
        *(f"CIVIL-{article}" for article in (253, 254, 255)),
    }
)
"""Every clause there is."""
