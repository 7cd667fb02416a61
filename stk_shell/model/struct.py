"""A record of named, typed fields: the base of the tree's nodes and of other plain data."""

from __future__ import annotations

from typing import Any, ClassVar, Self, dataclass_transform


@dataclass_transform(frozen_default=True)
class Struct:
    """Fields by annotation, equal by value, never changed once made.

    The standard dataclasses would do, but importing them costs 9 ms and each class another 0.4 ms: more than
    `stk -c '1 + 1'` may take as a whole. Positional and keyword arguments and defaults work as there.
    """

    _fields: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        annotations = cls.__dict__.get("__annotations__", {})
        own = [name for name, kind in annotations.items() if not _is_class_variable(kind)]
        cls._fields = (*cls._fields, *(name for name in own if name not in cls._fields))

    def __init__(self, *values: Any, **named: Any) -> None:
        content, fields = self.__dict__, self._fields
        content.update(zip(fields, values, strict=False))
        content.update(named)
        if named or len(values) != len(fields):
            self._check(len(values) + len(named))

    def _check(self, given: int) -> None:
        unknown = [name for name in self.__dict__ if name not in self._fields]
        missing = [name for name in self._fields if name not in self.__dict__ and not hasattr(type(self), name)]
        if unknown or missing or given != len(self.__dict__):
            raise TypeError(f"{type(self).__name__}: {given} values given, missing {missing}, unknown {unknown}")

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be changed")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), self._values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self._fields)})"

    def _values(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self._fields)

    def replace(self, **changes: Any) -> Self:
        """A copy with some fields changed."""
        return type(self)(**{**self.__dict__, **changes})


def _is_class_variable(annotation: object) -> bool:
    return str(annotation).startswith(("ClassVar", "typing.ClassVar"))
