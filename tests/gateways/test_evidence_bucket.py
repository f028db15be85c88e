"""Files of evidence: who may post what, and how they are kept and shown."""

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import botocore.session
import pytest

from chalicelib.domain.errors import InputRefused, NotFound, StoreAway
from chalicelib.gateways.evidence_bucket import EvidenceBucket
from chalicelib.gateways.file_limits import SIZE_LIMIT_BYTES
from chalicelib.usecases.ports import EvidenceFiles
from tests.gateways.conftest import REGION
from tests.gateways.post_policy import Posted, refusals

BUCKET = "evidence-of-a-town"
KEY = "incoming/01J9-photo"
UPLOAD_URL = "https://town.example/evidence/"


@pytest.fixture
def s3(aws: None) -> Any:
    client = botocore.session.get_session().create_client("s3")
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    return client


@pytest.fixture
def files(s3: Any) -> EvidenceFiles:
    return EvidenceBucket(BUCKET, UPLOAD_URL)


def form_for(files: EvidenceFiles, *, seconds: int = 300, size_bytes: int = 5000) -> Posted:
    post = files.presigned_post(
        KEY, content_type="image/jpeg", size_bytes=size_bytes, seconds=seconds
    )
    return Posted(BUCKET, post.fields, size_bytes, datetime.now(UTC))


def judged(posted: Posted, **fields: str) -> set[str]:
    changed = replace(posted, fields={**posted.fields, **fields})
    return refusals(changed, os.environ["AWS_SECRET_ACCESS_KEY"])


class TestForm:
    """A form is good for one key, one type, a bounded size, and five minutes."""

    def test_what_was_declared_is_taken(self, files: EvidenceFiles) -> None:
        assert judged(form_for(files)) == set()

    def test_it_is_posted_to_the_site_itself(self, files: EvidenceFiles) -> None:
        post = files.presigned_post(KEY, content_type="image/png", size_bytes=1, seconds=60)
        assert post.url == UPLOAD_URL
        assert not any("amazonaws" in value for value in post.fields.values())

    @pytest.mark.parametrize("key", ["incoming/other", "originals/x", f"{KEY}/..", ""])
    def test_another_key_is_refused(self, files: EvidenceFiles, key: str) -> None:
        assert judged(form_for(files), key=key) == {"key"}

    @pytest.mark.parametrize("content_type", ["image/svg+xml", "text/html", "image/jpeg;x", ""])
    def test_another_type_is_refused(self, files: EvidenceFiles, content_type: str) -> None:
        assert judged(form_for(files), **{"Content-Type": content_type}) == {"content-type"}

    def test_a_missing_type_is_refused(self, files: EvidenceFiles) -> None:
        posted = form_for(files)
        fields = {name: v for name, v in posted.fields.items() if name != "Content-Type"}
        assert judged(replace(posted, fields=fields)) == {"content-type"}

    @pytest.mark.parametrize("size_bytes", [0, 5001, SIZE_LIMIT_BYTES])
    def test_an_empty_or_longer_file_is_refused(
        self, files: EvidenceFiles, size_bytes: int
    ) -> None:
        posted = replace(form_for(files, size_bytes=5000), size_bytes=size_bytes)
        assert judged(posted) == {"content-length-range"}

    def test_another_bucket_is_refused(self, files: EvidenceFiles) -> None:
        assert judged(replace(form_for(files), bucket="other")) == {"bucket"}

    @pytest.mark.parametrize(
        "field", ["acl", "tagging", "x-amz-meta-a", "success_action_redirect", "cache-control"]
    )
    def test_a_field_more_is_refused(self, files: EvidenceFiles, field: str) -> None:
        assert judged(form_for(files), **{field: "public-read"}) == {field}

    @pytest.mark.parametrize(("asked", "given"), [(60, 60), (300, 300), (3600, 300)])
    def test_it_lapses(self, files: EvidenceFiles, asked: int, given: int) -> None:
        posted = form_for(files, seconds=asked)
        last = replace(posted, at=posted.at + timedelta(seconds=given - 2))
        assert judged(last) == set()
        assert judged(replace(posted, at=posted.at + timedelta(seconds=given + 1))) == {"expired"}

    def test_a_wider_policy_breaks_the_signature(self, files: EvidenceFiles) -> None:
        posted = form_for(files)
        policy = json.loads(base64.b64decode(posted.fields["policy"]))
        wider = {**policy, "conditions": [["starts-with", f"${n}", ""] for n in posted.fields]}
        text = base64.b64encode(json.dumps(wider).encode()).decode()
        assert "signature" in judged(posted, policy=text)

    def test_the_role_signs_with_its_token(self, files: EvidenceFiles) -> None:
        posted = form_for(files)
        assert posted.fields["x-amz-security-token"] == "token-of-the-role"
        assert judged(posted, **{"x-amz-security-token": "x"}) == {"x-amz-security-token"}

    def test_old_regions_sign_as_new_ones_do(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        assert judged(form_for(EvidenceBucket(BUCKET, UPLOAD_URL))) == set()

    @pytest.mark.parametrize("size_bytes", [-1, 0, SIZE_LIMIT_BYTES + 1])
    def test_sizes_out_of_bounds_are_a_defect(self, files: EvidenceFiles, size_bytes: int) -> None:
        with pytest.raises(ValueError, match="bytes"):
            files.presigned_post(KEY, content_type="image/png", size_bytes=size_bytes, seconds=9)

    @pytest.mark.parametrize("key", ["", "incoming/${filename}"])
    def test_keys_that_are_patterns_are_a_defect(self, files: EvidenceFiles, key: str) -> None:
        with pytest.raises(ValueError, match="key"):
            files.presigned_post(key, content_type="image/png", size_bytes=1, seconds=9)


class TestFiles:
    """Originals are kept as they came; public copies say how they are to be shown."""

    def test_what_was_put_is_read(self, files: EvidenceFiles, s3: Any) -> None:
        s3.put_object(Bucket=BUCKET, Key=KEY, Body=b"bytes")
        assert files.read(KEY) == b"bytes"

    def test_the_largest_upload_is_read(self, files: EvidenceFiles, s3: Any) -> None:
        s3.put_object(Bucket=BUCKET, Key=KEY, Body=bytes(SIZE_LIMIT_BYTES))
        assert len(files.read(KEY)) == SIZE_LIMIT_BYTES

    def test_a_larger_object_is_refused(self, files: EvidenceFiles, s3: Any) -> None:
        s3.put_object(Bucket=BUCKET, Key=KEY, Body=bytes(SIZE_LIMIT_BYTES + 1))
        with pytest.raises(InputRefused) as refused:
            files.read(KEY)
        assert [fault.code for fault in refused.value.faults] == ["too_large"]

    def test_an_absent_object_is_not_found(self, files: EvidenceFiles) -> None:
        with pytest.raises(NotFound):
            files.read(KEY)
        with pytest.raises(NotFound):
            files.keep(KEY, "originals/1")

    def test_keeping_twice_is_keeping_once(self, files: EvidenceFiles, s3: Any) -> None:
        s3.put_object(Bucket=BUCKET, Key=KEY, Body=b"act", ContentType="application/pdf")
        files.keep(KEY, "originals/1")
        files.keep(KEY, "originals/1")
        kept = s3.get_object(Bucket=BUCKET, Key="originals/1")
        assert (kept["Body"].read(), kept["ContentType"]) == (b"act", "application/pdf")
        assert files.read(KEY) == b"act"

    @pytest.mark.parametrize(
        ("content_type", "shown"),
        [
            ("image/jpeg", "inline"),
            ("application/pdf", "attachment"),
            ("image/svg+xml", "attachment"),
        ],
    )
    def test_only_pictures_open_in_the_page(
        self, files: EvidenceFiles, s3: Any, content_type: str, shown: str
    ) -> None:
        files.publish("evidence/1/2.jpg", b"copy", content_type=content_type)
        head: Mapping[str, Any] = s3.head_object(Bucket=BUCKET, Key="evidence/1/2.jpg")
        assert (head["ContentType"], head["ContentDisposition"]) == (content_type, shown)
        assert head["CacheControl"] == "public, max-age=3600"

    def test_a_missing_bucket_is_a_defect(self, s3: Any) -> None:
        with pytest.raises(Exception, match="NoSuchBucket") as raised:
            EvidenceBucket("another-town", UPLOAD_URL).read(KEY)
        assert not isinstance(raised.value, (NotFound, StoreAway))
