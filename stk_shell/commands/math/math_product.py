"""The command `math product`."""

from __future__ import annotations

from stk_shell.commands.math._numbers import in_64_bits, numbers
from stk_shell.commands.math._reduce import WHOLES, reduced
from stk_shell.model.command import Call, Command, Example
from stk_shell.model.signature import Signature
from stk_shell.model.stream import Data
from stk_shell.model.values import Value


class MathProduct(Command):
    """Multiplies numbers."""

    name = "math product"
    summary = "Multiply all numbers, or those of each column."
    description = "Of a table it gives a record; columns that cannot be multiplied are left out."
    signature = Signature(types=(("list<number>", "number"), *WHOLES), category="math")
    examples = (
        Example("[2 3 4] | math product", "Numbers.", 24),
        Example("1..5 | math product", "A range.", 120),
        Example("[[a b]; [1 2] [3 4]] | math product", "Each column.", {"a": 3, "b": 8}),
    )
    fails = "Nothing to multiply, values that are no numbers, and a product of more than 64 bits are an error."
    see_also = ("math sum",)
    narrows = True

    def run(self, call: Call, data: Data) -> Data:
        """The product, or a record of products."""

        def product(values: list[Value]) -> Value:
            result: int | float = 1
            for number in numbers(call, values)[1]:
                result *= number
                if isinstance(result, int):
                    in_64_bits(call, result)
            return result

        return reduced(call, data, product, stepwise=True)


COMMAND = MathProduct()
