"""What a resident and an executor do through the API of a running city, as short calls."""

import json
import time
import urllib.request
from io import BytesIO
from typing import Any
from urllib.error import HTTPError

import boto3
from PIL import Image

from tests.infra.running import Running

BOUNDARY = "a-line-between-fields"
INSPECTED_WITHIN_SECONDS = 6


def client(city: Running, service: str) -> Any:
    """A client of the city's cloud for what a test must see behind the API."""
    return boto3.client(
        service,
        region_name=city.facts["region"],
        endpoint_url=city.facts["aws_endpoint"],
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


def send(
    address: str, body: Any = None, *, method: str | None = None, **headers: str
) -> tuple[int, Any]:
    """GET, or send a body as JSON (by POST unless said); return the status and the answer."""
    request = urllib.request.Request(
        address,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json", **headers},
        method=method,
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.loads(answer.read())
    except HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read()


def sign_in(city: Running, role: str) -> str:
    """Sign the first account of a role in; return the `Authorization` header."""
    account = next(each for each in city.accounts if each["role"] == role)
    given = {"username": account["username"], "password": account["password"]}
    _, answer = send(f"{city.site}/api/sessions", given)
    return f"Bearer {answer['access_token']}"


def photo(colour: int) -> bytes:
    """A small picture unlike those of other colours."""
    made = BytesIO()
    Image.new("RGB", (320, 240), (colour % 256, 90, 160)).save(made, "JPEG")
    return made.getvalue()


def upload(city: Running, content: bytes) -> tuple[int, str]:
    """Ask for a form, post the file; return the bucket's status and the upload's id."""
    wanted = {"content_type": "image/jpeg", "size_bytes": len(content)}
    status, form = send(f"{city.site}/api/uploads", wanted)
    if status != 201:
        return status, ""
    fields = "".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in form["fields"].items()
    )
    file = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="p.jpg"\r\n\r\n'
    body = (fields + file).encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    try:
        request = urllib.request.Request(form["url"], data=body, headers=kind)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, form["upload_id"]
    except HTTPError as refusal:
        with refusal:
            return refusal.code, ""


def file_appeal(city: Running, topic: str, uploads: list[str]) -> tuple[int, Any]:
    """File an appeal about a place of no registry; return status and answer."""
    place = {"street": "вулиця Пробна", "building": "1"}
    return send(
        f"{city.site}/api/appeals",
        {
            "text": "Проба: тут темно щовечора.",
            "topic": topic,
            "place": place,
            "applicant": {"name": "Проба", "phone": "+380670000001", "residence": place},
            "reply_channel": "phone",
            "uploads": uploads,
        },
    )


def public_photo(city: Running, filed: dict[str, Any]) -> bool:
    """Whether the appeal's photo is inspected and shown to everybody within a few seconds."""
    until = time.monotonic() + INSPECTED_WITHIN_SECONDS
    address = f"{city.site}/api/appeals/{filed['number']}"
    while time.monotonic() < until:
        _, seen = send(address, **{"X-Access-Code": filed["access_code"]})
        shown = [each["url"] for each in seen["evidence"] if each.get("url")]
        if shown:
            with urllib.request.urlopen(city.site + shown[0], timeout=30) as answer:
                kind: str = answer.headers.get_content_type()
                return kind == "image/jpeg"
        time.sleep(0.1)
    return False
