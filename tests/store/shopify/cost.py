"""What a question costs, before it is answered.

https://shopify.dev/docs/api/usage/rate-limits: a scalar is free, an object costs one point, a connection two and
its nodes as often as ``first`` asks for, a mutation ten; a single question may not cost more than 1,000.
"""

from __future__ import annotations

from typing import Any

from graphql import DocumentNode, FragmentDefinitionNode, OperationDefinitionNode, VariableNode
from graphql.language import FieldNode, FragmentSpreadNode, InlineFragmentNode, SelectionSetNode

MOST = 1000
FREE = {"nodes", "edges", "node", "pageInfo"}  # counted with their connection


def requested_cost(document: DocumentNode, variables: dict[str, Any]) -> int:
    fragments = {
        each.name.value: each.selection_set for each in document.definitions if isinstance(each, FragmentDefinitionNode)
    }
    operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
    base = 10 if operations[0].operation.value == "mutation" else 0
    return base + _cost(operations[0].selection_set, variables, fragments)


def _cost(selection: SelectionSetNode | None, variables: dict[str, Any], fragments: dict[str, SelectionSetNode]) -> int:
    if selection is None:
        return 0
    total = 0
    for each in selection.selections:
        if isinstance(each, FragmentSpreadNode):
            total += _cost(fragments[each.name.value], variables, fragments)
        elif isinstance(each, InlineFragmentNode):
            total += _cost(each.selection_set, variables, fragments)
        elif isinstance(each, FieldNode) and each.selection_set is not None:
            inside = _cost(each.selection_set, variables, fragments)
            times = _first(each, variables)
            if times is not None:
                total += 2 + times * (1 + inside)
            else:
                total += inside + (0 if each.name.value in FREE else 1)
    return total


def _first(field: FieldNode, variables: dict[str, Any]) -> int | None:
    for argument in field.arguments or ():
        if argument.name.value == "first":
            value = argument.value
            return int(variables[value.name.value] if isinstance(value, VariableNode) else value.value)  # type: ignore[attr-defined]
    return None
