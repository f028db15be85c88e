"""The user pool, the evidence bucket, the inspector and the keys in memory."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import TypeVar

from chalicelib.domain.errors import NotFound, NotSignedIn
from chalicelib.domain.evidence import Inspection
from chalicelib.usecases.ports import PresignedPost, SignIn

Result = TypeVar("Result")
_SIGNED_IN_FOR = timedelta(hours=1)


class FakeAccounts:
    """Implements `usecases.ports.Accounts`."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._passwords: dict[str, tuple[str, str]] = {}
        self._sign_ins: dict[str, SignIn] = {}
        self._serial = count(1)

    def add(self, username: str, password: str, subject: str) -> None:
        """Open an account whose stable id is `subject`."""
        self._passwords[username] = (password, subject)

    def sign_in(self, username: str, password: str) -> SignIn:
        """Prove a name and password. Raises NotSignedIn."""
        kept, subject = self._passwords.get(username, (None, ""))
        if kept is None or kept != password:
            raise NotSignedIn
        serial = next(self._serial)
        sign_in = SignIn(f"token-{serial}", subject, f"jti-{serial}", self._now() + _SIGNED_IN_FOR)
        self._sign_ins[sign_in.token] = sign_in
        return sign_in

    def verify(self, token: str, now: datetime) -> SignIn:
        """Verify a bearer token. Raises NotSignedIn."""
        sign_in = self._sign_ins.get(token)
        if sign_in is None or sign_in.expires_at <= now:
            raise NotSignedIn
        return sign_in

    def subject_of(self, username: str) -> str | None:
        """Return the stable id of an account by its name."""
        return self._passwords.get(username, (None, None))[1]


@dataclass(frozen=True)
class Form:
    """A presigned form that was given out."""

    key: str
    content_type: str
    size_bytes: int
    seconds: int


class FakeEvidenceFiles:
    """Implements `usecases.ports.EvidenceFiles`; `upload` is what a browser does with a form."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.forms: list[Form] = []

    def presigned_post(
        self, key: str, *, content_type: str, size_bytes: int, seconds: int
    ) -> PresignedPost:
        """Return a form for exactly one key, type and size."""
        self.forms.append(Form(key, content_type, size_bytes, seconds))
        fields = {"key": key, "Content-Type": content_type}
        return PresignedPost("https://centre.example/evidence/", fields)

    def upload(self, post: PresignedPost, data: bytes) -> None:
        """Send a file by a form; refuse what the form was not given for."""
        form = next((form for form in self.forms if form.key == post.fields["key"]), None)
        if form is None or form.size_bytes != len(data):
            raise PermissionError(post.fields["key"])
        self.objects[form.key] = data

    def read(self, key: str) -> bytes:
        """Return an object's bytes. Raises NotFound."""
        if key not in self.objects:
            raise NotFound(key=key)
        return self.objects[key]

    def keep(self, source_key: str, target_key: str) -> None:
        """Copy an object within the bucket. Raises NotFound."""
        self.objects[target_key] = self.read(source_key)

    def publish(self, key: str, data: bytes, *, content_type: str) -> None:
        """Write a public copy."""
        self.objects[key] = data

    def remove(self, key: str) -> None:
        """Delete an object; one that is not there is no matter."""
        self.objects.pop(key, None)


class FakePictures:
    """Implements `usecases.ports.Pictures`; refuses the bytes it is told to, by a reason."""

    def __init__(
        self,
        refused: Mapping[bytes, str] | None = None,
        taken_at: Mapping[bytes, datetime] | None = None,
    ) -> None:
        self._refused = refused or {}
        self._taken_at = taken_at or {}

    def inspect(self, data: bytes, content_type: str) -> tuple[Inspection, bytes | None]:
        """Return the verdict on a file's bytes, and the public copy of a picture."""
        if data in self._refused:
            return Inspection(accepted=False, reason=self._refused[data]), None
        if not content_type.startswith("image/"):
            return Inspection(accepted=True), None
        verdict = Inspection(
            accepted=True,
            picture=sha256(data).hexdigest()[:32],
            taken_at=self._taken_at.get(data),
        )
        return verdict, b"copy of " + data


class FakeSecrets:
    """Implements `usecases.ports.Secrets`."""

    def __init__(self) -> None:
        self.keys = {"k1": "first key of the tests " * 3}
        self.current_id = "k1"

    def current(self) -> str:
        """Return the id of the key that new cards use."""
        return self.current_id

    def key(self, key_id: str) -> str:
        """Return a key by its id. Raises LookupError."""
        return self.keys[key_id]


def in_turn(call: Callable[[], Result], /) -> Callable[[], Result]:
    """Implement `usecases.ports.Start` without threads: the call runs when it is waited for."""
    return call
