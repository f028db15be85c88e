"""`python -m benchmarks` prints what the contact centre costs; `--accept` sets the budget."""

import argparse
import sys
from collections.abc import Iterator, Mapping

from benchmarks.budget import differences, read_budget, write_budget
from benchmarks.cases import LARGE, USE_CASES
from benchmarks.cold import cold_start, handlers, runtime
from benchmarks.deadlines import deadlines_per_second
from benchmarks.measured import costs_of, cpu_ms_of_each, yardstick_ms
from benchmarks.tabulate import Cell, table
from benchmarks.topics import hits
from benchmarks.use_case import Cost
from chalicelib.cities.catalogue import available_cities
from infra.build import code, layer_zip
from tests.aws.tables import cloud


def main() -> None:
    """Measure and print. Exits with 1 if calls or units are not as budgeted."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--accept", action="store_true", help="write budget.toml, nothing else")
    if parser.parse_args().accept:
        with cloud() as stack:
            write_budget(costs_of(USE_CASES, stack))
        return
    sys.exit(1 if _print_all() else 0)


def _print_all() -> list[str]:
    with cloud() as stack:
        costs, cpu_ms = costs_of(USE_CASES, stack), cpu_ms_of_each(USE_CASES, stack)
        large = costs_of(LARGE, stack)
    print(f"A fixed loop takes {yardstick_ms():.1f} ms of CPU on this machine.\n")
    header = ("use case", "calls", "waves", "W", "R", "budget", "CPU ms")
    rows = [*_use_case_rows(costs, read_budget(), cpu_ms)]
    print(table("Use cases: AWS calls and units, CPU with AWS answers canned", header, rows))
    print(table("Functions, imported in a fresh process", ("function", "CPU ms", "MB"), _cold()))
    print(table("What is stored costs nothing", header[:5], _large_rows(large)))
    rates = [(city, deadlines_per_second(city)) for city in available_cities()]
    print(table("Deadlines computed", ("city", "a second"), rates))
    print(table("Topics suggested", ("city", "texts", "first right", "in three"), [*_topics()]))
    print(table("Package, zipped", ("part", "MB"), _sizes()))
    wrong = list(differences(costs, read_budget()))
    print("\n".join(wrong))
    return wrong


def _use_case_rows(
    costs: Mapping[str, Cost], budget: Mapping[str, Cost], cpu_ms: Mapping[str, float]
) -> Iterator[tuple[Cell, ...]]:
    for name, cost in costs.items():
        kept = "kept" if budget.get(name) == cost else "NOT KEPT"
        yield name, cost.calls, cost.waves, cost.writes, cost.reads, kept, cpu_ms[name]


def _large_rows(costs: Mapping[str, Cost]) -> list[tuple[Cell, ...]]:
    return [(name, c.calls, c.waves, c.writes, c.reads) for name, c in costs.items()]


def _topics() -> Iterator[tuple[Cell, ...]]:
    for city in available_cities():
        found = hits(city)
        yield city, found.texts, found.first, found.one_of_three


def _cold() -> list[tuple[Cell, ...]]:
    package = code()
    with runtime(package.code_zip, package.packages) as folders:
        functions = handlers(package.template()).items()
        measured = [(name, cold_start(handler, folders)) for name, handler in functions]
    return [(name, cold.cpu_ms, cold.rss_mb) for name, cold in measured]


def _sizes() -> list[tuple[Cell, ...]]:
    zips = (("code", code().code_zip), ("layer", layer_zip()))
    return [(part, path.stat().st_size / 1e6) for part, path in zips]


if __name__ == "__main__":
    main()
