"""Put a built website into its bucket, changed files only, each with its cache rule."""

import hashlib
import json
import mimetypes
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

# The hash in the name of an asset changes with its content; a page keeps its name.
FOR_EVER = "public, max-age=31536000, immutable"
ASK_FIRST = "public, max-age=0, must-revalidate"
NOT_PUBLIC = {"csp.json"}
TEXT_KINDS = {"text/html", "text/css", "text/javascript", "text/plain"}

mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("application/manifest+json", ".webmanifest")
mimetypes.add_type("application/geo+json", ".geojson")
mimetypes.add_type("font/woff2", ".woff2")


def front_parameters(site: Path) -> dict[str, str]:
    """What the front must know of the site, as stack parameters: its pages, its inlined styles."""
    listed = site / "csp.json"
    hashes = json.loads(listed.read_text()) if listed.exists() else {}
    return {
        "StyleSources": _quoted(hashes.get("style_hashes", [])),
        "ScriptSources": _quoted(hashes.get("script_hashes", [])),
        "Pages": " ".join(sorted(_addresses(site))),
    }


def _addresses(site: Path) -> Iterator[str]:
    for path in site.rglob("*"):
        address = "/" + path.relative_to(site).as_posix()
        if path.is_file() and not address.startswith("/assets/") and path.name not in NOT_PUBLIC:
            yield address.removesuffix("index.html")


def _quoted(hashes: list[str]) -> str:
    return " ".join(f"'{each}'" for each in hashes)


def upload(s3: Any, bucket: str, site: Path) -> int:
    """Make the bucket hold exactly this site; return how many files were sent."""
    stored = _stored(s3, bucket)
    wanted = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    wanted = {key: path for key, path in wanted.items() if key not in NOT_PUBLIC}
    changed = {key: path for key, path in wanted.items() if stored.get(key) != _etag(path)}
    # Assets first: a page must not name a file that is not there yet.
    for batch in (
        {key: path for key, path in changed.items() if path.suffix != ".html"},
        {key: path for key, path in changed.items() if path.suffix == ".html"},
    ):
        with ThreadPoolExecutor(max_workers=8) as pool:
            list(pool.map(lambda pair: _put(s3, bucket, *pair), batch.items()))
    for key in sorted(stored.keys() - wanted.keys()):
        if not key.startswith("data/"):
            s3.delete_object(Bucket=bucket, Key=key)
    return len(changed)


def _stored(s3: Any, bucket: str) -> dict[str, str]:
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    return {
        each["Key"]: each["ETag"].strip('"') for page in pages for each in page.get("Contents", [])
    }


def _etag(path: Path) -> str:
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()


def _put(s3: Any, bucket: str, key: str, path: Path) -> None:
    kind = mimetypes.guess_type(key)[0] or "application/octet-stream"
    s3.put_object(
        Bucket=bucket,
        Key=key,
        Body=path.read_bytes(),
        ContentType=f"{kind}; charset=utf-8" if kind in TEXT_KINDS else kind,
        CacheControl=FOR_EVER if "assets/" in key else ASK_FIRST,
    )


def reference(site: Path) -> str:
    """A word that is the same for the same site, so that a repeated request is one request."""
    total = hashlib.sha256()
    for path in sorted(site.rglob("*")):
        if path.is_file():
            total.update(path.relative_to(site).as_posix().encode() + path.read_bytes())
    return total.hexdigest()[:32]
