"""An AWS of moto's, in one region, for every test here."""

from collections.abc import Iterator

import pytest
from moto import mock_aws

from chalicelib.gateways import clients

REGION = "eu-central-1"


@pytest.fixture(autouse=True)
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Answer every AWS call from moto, with the credentials of a role that lapse."""
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    with mock_aws():
        monkeypatch.setenv("AWS_SESSION_TOKEN", "token-of-the-role")
        clients._session.cache_clear()
        yield
    clients._session.cache_clear()
