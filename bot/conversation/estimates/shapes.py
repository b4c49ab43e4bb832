"""What every estimate is: a named sum with named inputs and outputs, callable by name from content."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, get_type_hints


class Record(Protocol):
    """A frozen dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A sum that content may call. `inputs` and `outputs` are frozen dataclasses: their fields are the names.

    An input with a default may be left out. None as a value means "not known" and counts as left out too.
    """

    inputs: type[Record]
    outputs: type[Record]
    run: Callable[[Any], Any]

    def __call__(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The outputs by name. Raises `TypeError` when an input is missing or unknown: content checks run it first."""
        given = {name: value for name, value in values.items() if value is not None}
        result = self.run(self.inputs(**given))
        return {f.name: getattr(result, f.name) for f in dataclasses.fields(self.outputs)}

    @property
    def required(self) -> frozenset[str]:
        fields = dataclasses.fields(self.inputs)
        missing = dataclasses.MISSING
        return frozenset(f.name for f in fields if f.default is missing and f.default_factory is missing)

    @property
    def input_kinds(self) -> dict[str, Any]:
        """Each input's name with its type, as written in the dataclass."""
        return get_type_hints(self.inputs)

    @property
    def output_kinds(self) -> dict[str, Any]:
        return get_type_hints(self.outputs)


def estimate(run: Callable[[Any], Any]) -> Estimate:
    """The estimate behind a function of one dataclass that returns another."""
    hints = get_type_hints(run)
    outputs = hints.pop("return")
    (inputs,) = hints.values()
    return Estimate(inputs, outputs, run)
