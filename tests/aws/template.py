"""The stack's template, read: short tags of CloudFormation, conditions, references."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

TEMPLATE: Final = Path(__file__).parents[2] / "infra" / "template.yaml"

NO_VALUE: Final = object()
"""What `AWS::NoValue` resolves to: the property is left out."""


class _Loader(yaml.SafeLoader):  # type: ignore[misc]
    """Safe YAML with `!Ref`, `!Sub` and the other short forms."""


def _tagged(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    value: Any
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _tagged)


def load(path: Path = TEMPLATE) -> Mapping[str, Any]:
    """Return the template with every short tag in its long form."""
    document = yaml.load(path.read_text(), Loader=_Loader)
    if not isinstance(document, dict):
        raise TypeError(f"{path.name} is not a mapping")
    return document


class Resolver:
    """Gives intrinsic functions their values.

    Args:
        template: a loaded template; its parameters' defaults count where none is given.
        values: parameters and pseudo parameters by name.
        ref, attribute: what `Ref` and `Fn::GetAtt` of a resource give.
    """

    def __init__(
        self,
        template: Mapping[str, Any],
        values: Mapping[str, str],
        *,
        ref: Callable[[str], str],
        attribute: Callable[[str, str], str],
    ) -> None:
        """Prepare to resolve; nothing is asked of `ref` and `attribute` before that."""
        declared = template.get("Parameters", {})
        defaults = {n: str(p["Default"]) for n, p in declared.items() if "Default" in p}
        self._values = {**defaults, **values}
        self._conditions = template.get("Conditions", {})
        self._ref = ref
        self._attribute = attribute
        self._functions: Mapping[str, Callable[[Any], Any]] = {
            "Ref": self._referred,
            "Fn::Sub": self._substituted,
            "Fn::GetAtt": lambda pair: self._attribute(pair[0], pair[1]),
            "Fn::If": lambda parts: self.resolve(parts[1 if self.holds(parts[0]) else 2]),
            "Fn::Join": lambda parts: parts[0].join(self.resolve(parts[1])),
            "Fn::Equals": lambda pair: self.resolve(pair[0]) == self.resolve(pair[1]),
            "Fn::Not": lambda only: not self.resolve(only[0]),
            "Fn::And": lambda parts: all(self.resolve(part) for part in parts),
            "Fn::Or": lambda parts: any(self.resolve(part) for part in parts),
            "Condition": self.holds,
        }

    def holds(self, condition: str) -> bool:
        """Tell whether a named condition of the template holds."""
        return bool(self.resolve(self._conditions[condition]))

    def resolve(self, value: Any) -> Any:
        """Return `value` without intrinsic functions. Raises KeyError for an unknown one."""
        if isinstance(value, list):
            return [v for v in map(self.resolve, value) if v is not NO_VALUE]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            name, argument = next(iter(value.items()))
            if name in self._functions:
                return self._functions[name](argument)
            if name.startswith("Fn::"):
                raise KeyError(f"{name} is not known here")
        resolved = {name: self.resolve(part) for name, part in value.items()}
        return {name: part for name, part in resolved.items() if part is not NO_VALUE}

    def _referred(self, name: str) -> Any:
        if name == "AWS::NoValue":
            return NO_VALUE
        return self._values[name] if name in self._values else self._ref(name)

    def _substituted(self, argument: Any) -> str:
        text, extra = (argument, {}) if isinstance(argument, str) else argument

        def value_of(match: re.Match[str]) -> str:
            name = match.group(1)
            if name in extra:
                return str(self.resolve(extra[name]))
            resource, dot, attribute = name.partition(".")
            return self._attribute(resource, attribute) if dot else str(self._referred(name))

        return re.sub(r"\$\{([^}!]+)\}", value_of, str(text))
