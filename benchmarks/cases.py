"""The use cases that are measured: one entry each. Their budget stands in `budget.toml`."""

from typing import Final

from benchmarks.use_case import UseCase

USE_CASES: Final[tuple[UseCase, ...]] = ()
