"""The website in its bucket: what is sent, how it is cached, what the front is told of it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from infra import site_upload


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A bucket for a site."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        client = boto3.client("s3", region_name="us-east-1")
        client.create_bucket(Bucket="site")
        yield client


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A built site of two pages and one asset."""
    for name in ("uk/index.html", "uk/report/index.html", "assets/report.4SRAFYAY.js", "404.html"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    hashes = {"style_hashes": ["sha256-YQ=="], "script_hashes": []}
    (tmp_path / "csp.json").write_text(json.dumps(hashes))
    return tmp_path


def keys(s3: Any) -> set[str]:
    """What the bucket holds."""
    return {each["Key"] for each in s3.list_objects_v2(Bucket="site").get("Contents", [])}


def test_everything_is_sent_but_what_is_for_the_deployment(s3: Any, site: Path) -> None:
    assert site_upload.upload(s3, "site", site) == 4
    assert keys(s3) == {
        "uk/index.html",
        "uk/report/index.html",
        "assets/report.4SRAFYAY.js",
        "404.html",
    }


def test_only_what_has_changed_is_sent_again(s3: Any, site: Path) -> None:
    site_upload.upload(s3, "site", site)
    (site / "404.html").write_text("other words")
    assert site_upload.upload(s3, "site", site) == 1
    assert s3.get_object(Bucket="site", Key="404.html")["Body"].read() == b"other words"


def test_what_is_gone_from_the_site_is_gone_from_the_bucket(s3: Any, site: Path) -> None:
    site_upload.upload(s3, "site", site)
    (site / "uk/report/index.html").unlink()
    site_upload.upload(s3, "site", site)
    assert "uk/report/index.html" not in keys(s3)


def test_published_data_are_left_where_they_are(s3: Any, site: Path) -> None:
    s3.put_object(Bucket="site", Key="data/month.json", Body=b"{}")
    site_upload.upload(s3, "site", site)
    assert "data/month.json" in keys(s3)


@pytest.mark.parametrize(
    ("key", "kind", "rule"),
    [
        ("uk/index.html", "text/html; charset=utf-8", site_upload.ASK_FIRST),
        ("assets/report.4SRAFYAY.js", "text/javascript; charset=utf-8", site_upload.FOR_EVER),
    ],
)
def test_each_file_has_its_type_and_cache_rule(
    s3: Any, site: Path, key: str, kind: str, rule: str
) -> None:
    site_upload.upload(s3, "site", site)
    stored = s3.head_object(Bucket="site", Key=key)
    assert (stored["ContentType"], stored["CacheControl"]) == (kind, rule)


def test_the_front_is_told_its_pages_and_styles(site: Path) -> None:
    assert site_upload.front_parameters(site) == {
        "Pages": "/404.html /uk/ /uk/report/",
        "StyleSources": "'sha256-YQ=='",
        "ScriptSources": "",
    }


def test_pages_fit_a_parameter_and_a_function(site: Path) -> None:
    for number in range(60):
        page = site / "uk" / f"a-page-with-a-long-name-{number}" / "index.html"
        page.parent.mkdir()
        page.touch()
    assert len(site_upload.front_parameters(site)["Pages"]) < 4096


def test_the_same_site_has_the_same_reference(site: Path) -> None:
    before = site_upload.reference(site)
    assert site_upload.reference(site) == before
    (site / "404.html").write_text("other words")
    assert site_upload.reference(site) != before
