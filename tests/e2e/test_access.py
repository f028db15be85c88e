"""Everybody can use every state of every page: axe finds nothing, and what axe cannot see holds."""

from pathlib import Path

import pytest

from tests.e2e.access import faults
from tests.e2e.browser import DESK, PHONE, Cloud, Visit, picture
from tests.e2e.states import ALL, States

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize(
    ("language", "widths"),
    [
        ("uk", (PHONE, DESK)),
        ("en", (PHONE,)),
        pytest.param("en", (DESK,), marks=pytest.mark.deep),
    ],
    ids=["uk", "en", "en-desk"],
)
@pytest.mark.parametrize("states", ALL, ids=lambda states: states.__name__)
def test_every_state_is_open_to_everybody(
    visit: Visit,
    cloud: Cloud,
    tmp_path: Path,
    states: States,
    language: str,
    widths: tuple[int, ...],
) -> None:
    photo = picture(tmp_path / "photo.jpg", 21)
    found = {name: faults(page, widths) for name, page in states(visit, cloud, language, photo)}
    assert {name: all_of for name, all_of in found.items() if all_of} == {}


def test_a_page_that_shuts_people_out_is_caught(visit: Visit) -> None:
    page = visit("/uk/")
    page.evaluate(
        "document.querySelector('main').innerHTML = '<img src=x><button></button>"
        "<p lang=zz>js.no_word</p><div><input></div>'"
    )
    found = " ".join(faults(page))
    for fault in ("image-alt", "button-name", "label", "valid-lang", "no words for"):
        assert fault in found
