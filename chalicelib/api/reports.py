"""Reports on a period, as JSON and as CSV (KR-3.1)."""

from datetime import date
from typing import Any, Final

from chalice.app import Response
from pydantic import Field

from chalicelib import wiring
from chalicelib.api.answers import NO_STORE, ok, text_response
from chalicelib.api.bodies import Query
from chalicelib.api.report_shapes import discipline_body, discipline_rows, header
from chalicelib.api.report_views import DisciplineView
from chalicelib.api.routes import Call, Routes
from chalicelib.api.shapes import Shape
from chalicelib.reports.csv_text import csv_text
from chalicelib.usecases.reports import Shelf, discipline_report

routes = Routes(__name__)

CSV: Final = "text/csv"


class PeriodQuery(Query):
    """The first and the last Kyiv day of a report, both counted."""

    from_day: date = Field(alias="from")
    to_day: date = Field(alias="to")


@routes.route("/reports/discipline", query=PeriodQuery, answers={200: DisciplineView})
def get_discipline(call: Call) -> Response:
    """Report executive discipline: facts only, a head sees the own unit (KR-3.1).

    With `Accept: text/csv` a table, one row for each fact.
    """
    asked, centre = call.asked(PeriodQuery), wiring.centre()
    shape = Shape(centre.city_now(), call.language, centre.now())
    report = discipline_report(
        asked.from_day,
        asked.to_day,
        actor=call.actor,
        now=shape.now,
        city=centre.city,
        shelf=Shelf(centre.cards, centre.numbers, centre.start),
    )
    if CSV in call.request.headers.get("accept", ""):
        name = f"discipline-{asked.from_day}-{asked.to_day}.csv"
        return table_response(csv_text(header(shape), discipline_rows(shape, report)), name)
    days: dict[str, Any] = {"from": asked.from_day.isoformat(), "to": asked.to_day.isoformat()}
    return ok({**days, **discipline_body(shape, report)})


def table_response(text: str, name: str) -> Response:
    """Return a table to be saved under a name."""
    headers = {
        "Content-Type": f"{CSV}; charset=utf-8",
        "Cache-Control": NO_STORE,
        "Content-Disposition": f'attachment; filename="{name}"',
        "Vary": "Accept, Accept-Language",
    }
    return text_response(text, headers)
