"""Print words that operators' corrections propose for the classifier.

`python -m infra.topic_words --city … --from 2026-03-01 --to 2026-03-31` reads the cards of a city
that runs on this machine, or with `--function` those of one on AWS by its own credentials. What it
prints is a proposal: a row of `topics.csv` is changed by whoever approves the classifier.
"""

import argparse
import json
import os
from collections.abc import Iterator
from datetime import date
from typing import Any

import boto3

from chalicelib import wiring
from chalicelib.cities.word_forms import word_forms
from chalicelib.config import Settings
from chalicelib.domain.card import CardFile
from chalicelib.reports.topic_words import proposals
from chalicelib.usecases.reports import Shelf, period_of, registered
from chalicelib.wiring import Centre
from infra.artefacts import LOCAL
from infra.local_server import LOCAL_KEYS
from infra.progress import give_up

LEAST_CARDS = 3
LONGEST_DAYS = 366


def centre_of(function: str, region: str, endpoint: str | None, keys: dict[str, str]) -> Centre:
    """The collaborators that a city's own functions have."""
    functions = boto3.client("lambda", region_name=region, endpoint_url=endpoint, **keys)
    told = functions.get_function_configuration(FunctionName=function)
    return wiring.deployed(Settings.from_environment(told["Environment"]["Variables"]))


def files_of(centre: Centre, from_day: date, to_day: date) -> Iterator[CardFile]:
    """The files of all cards that were registered in a period."""
    city, now = centre.city, centre.now()
    period = period_of(from_day, to_day, city, longest_days=LONGEST_DAYS)
    shelf = Shelf(centre.cards, centre.numbers, centre.start)
    for card in registered(period, now, city, shelf):
        yield centre.cards.read_file(card.number)


def print_proposals(centre: Centre, from_day: date, to_day: date, least: int) -> None:
    """Print a line for each proposal: cards, topic, word."""
    city = centre.city
    found = proposals(files_of(centre, from_day, to_day), city, word_forms(city.id), least=least)
    for each in found:
        print(f"{each.cards:5}  {each.topic}  {each.word:<24}  {city.topics[each.topic].name.uk}")
    print(f"{len(found)} proposals")


def local_function(city: str) -> tuple[str, str, str]:
    """The API's function of a city on this machine, with its region and endpoint."""
    run_file = LOCAL / city / "run.json"
    if not run_file.exists():
        give_up(f"{city} does not run: start it with make run CITY={city}")
    facts: dict[str, Any] = json.loads(run_file.read_text())
    return facts["functions"]["api_handler"], facts["region"], facts["aws_endpoint"]


def main() -> None:
    """Read the command line and print."""
    parser = argparse.ArgumentParser(description="Print words proposed for the classifier.")
    parser.add_argument("--city", default="khmelnytskyi")
    parser.add_argument("--from", dest="from_day", type=date.fromisoformat, required=True)
    parser.add_argument("--to", dest="to_day", type=date.fromisoformat, required=True)
    parser.add_argument("--least", type=int, default=LEAST_CARDS, help="cards that share a word")
    parser.add_argument("--function", help="name of the API's function of a city on AWS")
    parser.add_argument("--region", default="eu-central-1")
    given = parser.parse_args()
    if given.function:
        centre = centre_of(given.function, given.region, None, {})
    else:
        function, region, endpoint = local_function(given.city)
        os.environ |= {"AWS_ENDPOINT_URL": endpoint, "AWS_REGION": region}
        os.environ |= {name.upper(): value for name, value in LOCAL_KEYS.items()}
        centre = centre_of(function, region, endpoint, LOCAL_KEYS)
    print_proposals(centre, given.from_day, given.to_day, given.least)


if __name__ == "__main__":
    main()
