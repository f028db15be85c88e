"""The bodies of answers about executors and their people, for the OpenAPI document."""

from typing_extensions import TypedDict


class PersonView(TypedDict):
    """A person of an executor; `absent` while a substitute acts."""

    id: str
    name: str
    post: str
    phone: str | None
    email: str | None
    absent: bool
    substitute: str | None


class SubstituteView(TypedDict):
    """Who acts for whom, and through which days."""

    person: str
    substitute: str | None
    from_at: str
    until_at: str
    now: bool


class SuspensionView(TypedDict):
    """Since when, by whom and why an executor receives nothing."""

    since_at: str
    by: str
    reason: str


class ExecutorView(TypedDict):
    """An executor; people are shown to the centre and to the executor itself."""

    id: str
    name: str
    duty_phone: str
    email: str
    status: str
    receives: bool
    suspension: SuspensionView | None
    responsible: PersonView | None
    deputy: PersonView | None
    head: PersonView | None
    next_head: PersonView | None
    performers: list[PersonView]
    substitutes: list[SubstituteView]


class ExecutorsView(TypedDict):
    """Every executor of the city."""

    items: list[ExecutorView]
    next_cursor: None


class AbsenceView(TypedDict):
    """A person and who acts for them now."""

    id: str
    name: str
    executor: str | None
    absent: bool
    substitute: str | None


class DirectoryChangeView(TypedDict):
    """One line of the directory's history."""

    at: str
    event: str
    text: str
    person: str | None
    by: str
    reason: str
    facts: dict[str, str]


class DirectoryChangesView(TypedDict):
    """A page of the directory's history, newest first."""

    items: list[DirectoryChangeView]
    next_cursor: str | None
