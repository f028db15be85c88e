"""Keys and projections of a table and its indexes, read from its description."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from tests.aws.images import Image, backend

IndexKey = tuple[str, ...]


@dataclass(frozen=True)
class Index:
    """A global secondary index.

    Attributes:
        keys: names of its hash and, if it has one, its range attribute.
        projected: names of the attributes an entry carries; None if it carries all.
    """

    name: str
    keys: tuple[str, ...]
    projected: frozenset[str] | None

    def entry(self, image: Image | None) -> Image | None:
        """Return the index's entry for an item, or None if the item is not in the index."""
        if image is None or not all(key in image for key in self.keys):
            return None
        if self.projected is None:
            return image
        return {name: value for name, value in image.items() if name in self.projected}

    def key_of(self, entry: Image) -> IndexKey:
        """Return the values of the index's key, each as its kind and value."""
        return tuple(str(dict(entry[name])) for name in self.keys)


@dataclass(frozen=True)
class TableSchema:
    """The primary key and the indexes of one table."""

    name: str
    keys: tuple[str, ...]
    indexes: tuple[Index, ...]

    @classmethod
    def described(cls, region: str, name: str) -> Self:
        """Read what DescribeTable answers. Raises moto's ResourceNotFoundException."""
        table = backend(region).describe_table(name)["Table"]
        keys = _names(table["KeySchema"])
        indexes = tuple(_indexes(table, keys))
        return cls(name, keys, indexes)


def _names(key_schema: list[Mapping[str, str]]) -> tuple[str, ...]:
    ordered = sorted(key_schema, key=lambda part: part["KeyType"] != "HASH")
    return tuple(part["AttributeName"] for part in ordered)


def _indexes(table: Mapping[str, Any], table_keys: tuple[str, ...]) -> Iterator[Index]:
    for described in table.get("GlobalSecondaryIndexes") or []:
        keys = _names(described["KeySchema"])
        yield Index(described["IndexName"], keys, _projected(described, (*table_keys, *keys)))


def _projected(described: Mapping[str, Any], keys: tuple[str, ...]) -> frozenset[str] | None:
    projection = described["Projection"]
    if projection["ProjectionType"] == "ALL":
        return None
    return frozenset((*keys, *projection.get("NonKeyAttributes", ())))
