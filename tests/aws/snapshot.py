"""The contents of moto's tables, buckets and queues, kept and put back beneath the API."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.s3.models import s3_backends
from moto.sqs.models import sqs_backends

from tests.aws.images import backend


@dataclass(frozen=True)
class Snapshot:
    """What the cloud held at one instant. Tables, buckets and queues themselves stay."""

    region: str
    items: Mapping[str, Any]
    objects: Mapping[str, Any]
    messages: Mapping[str, Any]

    @classmethod
    def taken(cls, region: str) -> Self:
        """Keep the present contents."""
        items = {name: copy.deepcopy(t.items) for name, t in backend(region).tables.items()}
        objects = {
            name: {key: list(bucket.keys.getlist(key)) for key in bucket.keys}
            for name, bucket in _buckets().items()
        }
        messages = {name: copy.deepcopy(q._messages) for name, q in queues(region).items()}
        return cls(region, items, objects, messages)

    def restore(self) -> None:
        """Make what was there then hold again what it held; newer resources stay as they are."""
        for name, items in self.items.items():
            table = backend(self.region).tables[name]
            table.items = copy.deepcopy(items)
            table.set_stream_specification(table.stream_specification)
        for name, objects in self.objects.items():
            keys = _buckets()[name].keys
            dict.clear(keys)
            for key, versions in objects.items():
                dict.__setitem__(keys, key, list(versions))
        for name, messages in self.messages.items():
            queue = queues(self.region)[name]
            queue._messages = copy.deepcopy(messages)
            queue.pending_messages.clear()
            queue.deleted_messages.clear()


def _buckets() -> Mapping[str, Any]:
    return s3_backends[DEFAULT_ACCOUNT_ID]["aws"].buckets


def queues(region: str) -> Mapping[str, Any]:
    """Return the queues of a region by name, beneath their API."""
    return sqs_backends[DEFAULT_ACCOUNT_ID][region].queues
