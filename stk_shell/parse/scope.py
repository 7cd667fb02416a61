"""Which names mean what, while the parser reads: variables and the slots they live in, the user's own commands."""

from __future__ import annotations

from stk_shell.model.command import Command, UserCommand
from stk_shell.model.shape import ANY, Shape
from stk_shell.model.struct import Struct
from stk_shell.model.syntax import INPUT_SLOT, Argument, Node


class FunctionScope:
    """The frame of a closure, a definition or the program: how many slots it has, and which it copies from outside.

    `sets_environment` says that something in it changes `$env`.
    """

    __slots__ = ("captures", "outer", "sets_environment", "size")

    def __init__(self, outer: FunctionScope | None = None) -> None:
        self.outer = outer
        self.size = INPUT_SLOT + 1
        self.sets_environment = False
        self.captures: dict[int, int] = {}

    def new_slot(self) -> int:
        """A slot that nothing else uses."""
        self.size += 1
        return self.size - 1

    def capture(self, outer_slot: int) -> int:
        """The slot inside that holds a copy of one outside."""
        if outer_slot not in self.captures:
            self.captures[outer_slot] = self.new_slot()
        return self.captures[outer_slot]


class Input:
    """What `$in` means in a stage: a slot, given out when the stage first mentions it."""

    __slots__ = ("function", "slot", "used")

    def __init__(self, function: FunctionScope, slot: int | None = None) -> None:
        self.function = function
        self.slot = slot
        self.used = False

    def use(self) -> int:
        """The slot, in its function's frame."""
        self.used = True
        if self.slot is None:
            self.slot = self.function.new_slot()
        return self.slot


class VariableInfo(Struct):
    """A variable's name, slot, and the function whose frame it is in; `constant` is what `const` has named."""

    name: str
    slot: int
    function: FunctionScope
    mutable: bool = False
    shape: Shape = ANY
    constant: Node | None = None


class CommandInfo(Struct):
    """A command of the user's: its slot holds the closure."""

    command: UserCommand
    slot: int
    function: FunctionScope


class AliasInfo(Struct):
    """The command that a name stands for, with arguments given in advance; the slot's owner where it is the user's."""

    command: Command
    arguments: tuple[Argument, ...]
    own: CommandInfo | None


class Scope:
    """The names of a block. What it does not know, the scope around it may."""

    __slots__ = ("aliases", "commands", "exports", "function", "in_loop", "input", "outer", "variables")

    def __init__(self, outer: Scope | None = None, function: FunctionScope | None = None) -> None:
        self.outer = outer
        self.function: FunctionScope = function or (outer.function if outer else FunctionScope())
        self.variables: dict[str, VariableInfo] = {}
        self.commands: dict[str, CommandInfo] = {}
        self.aliases: dict[str, AliasInfo] = {}
        self.exports: set[str] = set()
        inherits = outer is not None and function is None
        self.in_loop: bool = outer.in_loop if inherits and outer else False
        self.input: Input = outer.input if inherits and outer else Input(self.function, INPUT_SLOT)

    def declare(
        self, name: str, *, mutable: bool = False, shape: Shape = ANY, constant: Node | None = None
    ) -> VariableInfo:
        """A new variable; one of the same name is hidden from here on."""
        info = VariableInfo(name, self.function.new_slot(), self.function, mutable, shape, constant)
        self.variables[name] = info
        return info

    def variable(self, name: str) -> VariableInfo | None:
        """The variable of that name, in the slot where this function finds it."""
        info = self._search_variable(name)
        return info and info.replace(slot=self.reach(info.slot, info.function))

    def _search_variable(self, name: str) -> VariableInfo | None:
        scope: Scope | None = self
        while scope is not None:
            if name in scope.variables:
                return scope.variables[name]
            scope = scope.outer
        return None

    def command(self, name: str) -> CommandInfo | None:
        """The user's command of that name."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.commands:
                return scope.commands[name]
            scope = scope.outer
        return None

    def alias(self, name: str) -> AliasInfo | None:
        """The alias of that name."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.aliases:
                return scope.aliases[name]
            scope = scope.outer
        return None

    def reach(self, slot: int, owner: FunctionScope) -> int:
        """The slot, in this function's frame, of a variable of an outer function: each one between keeps a copy."""
        between: list[FunctionScope] = []
        function: FunctionScope | None = self.function
        while function is not None and function is not owner:
            between.append(function)
            function = function.outer
        for inner in reversed(between):
            slot = inner.capture(slot)
        return slot

    def variable_names(self) -> list[str]:
        """All variables that can be named here."""
        outer = self.outer.variable_names() if self.outer else []
        return [*self.variables, *outer]

    def command_names(self) -> list[str]:
        """All commands and aliases of the user's that can be called here."""
        outer = self.outer.command_names() if self.outer else []
        return [*self.commands, *self.aliases, *outer]

    def names(self) -> set[str]:
        """The variables, commands and aliases of this block alone."""
        return {*self.variables, *self.commands, *self.aliases}

    def copy(self) -> Scope:
        """The same names in another scope: what is only looked at, and never run, leaves no trace in this one."""
        copy = Scope()
        copy.variables = {name: info.replace(function=copy.function) for name, info in self.variables.items()}
        copy.commands = dict(self.commands)
        copy.aliases = dict(self.aliases)
        return copy

    def adopt(self, inner: Scope) -> None:
        """Take over the names of a scope that was parsed inside this one."""
        self.variables.update(inner.variables)
        self.commands.update(inner.commands)
        self.aliases.update(inner.aliases)
