"""Rasa's prediction graph in a plain loop instead of a dask scheduler that orders the same graph at every turn.

Touches the insides of Rasa's runner and nodes, therefore only in the one release it was read from.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import rasa
from rasa.engine.exceptions import GraphComponentException
from rasa.engine.graph import GraphNode, GraphSchema
from rasa.engine.runner.interface import GraphRunner
from rasa.shared.exceptions import RasaException

KNOWN_RELEASE = "3.6.21"

Step = tuple[str, Callable[..., Any], Any, dict[str, str]]


def faster(loaded: GraphRunner) -> GraphRunner:
    """The same graph in a plain loop; the runner itself if this is not the known release of Rasa."""
    if rasa.__version__ != KNOWN_RELEASE:
        return loaded
    return StraightRunner(loaded._graph_schema, loaded._instantiated_nodes)


def needs_of(runner: GraphRunner, node: str) -> dict[str, str]:
    """Which nodes feed this one, by parameter."""
    needs: dict[str, str] = runner._graph_schema.nodes[node].needs
    return needs


class StraightRunner(GraphRunner):
    """Runs loaded nodes one after another, in an order that is worked out once for each set of targets."""

    def __init__(self, schema: GraphSchema, nodes: dict[str, GraphNode]) -> None:
        self._graph_schema = schema
        self._instantiated_nodes = nodes
        self._orders: dict[tuple[str, ...], list[Step]] = {}
        self._replaced: dict[int, Callable[..., Any]] = {}

    @classmethod
    def create(cls, graph_schema: Any, model_storage: Any, execution_context: Any, hooks: Any = None) -> GraphRunner:
        nodes = {
            name: GraphNode.from_schema_node(name, node, model_storage, execution_context, hooks)
            for name, node in graph_schema.nodes.items()
        }
        return cls(graph_schema, nodes)

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """Run what the targets need.

        Args:
            inputs: outputs of the placeholders, by name.
            targets: names of nodes; the graph's own targets if none are given.

        Returns:
            the targets' outputs by name.

        Raises:
            RasaException: as the component raised it.
            GraphComponentException: any other error of a component.
        """
        wanted = tuple(targets or self._graph_schema.target_names)
        outputs = dict(inputs or {})
        for name, function, component, needs in self.order(wanted):
            try:
                given = {key: outputs[source] for key, source in needs.items()}
                instead = self._replaced.get(id(component))
                outputs[name] = instead(**given) if instead else function(component, **given)
            except RasaException:
                raise
            except Exception as error:
                raise GraphComponentException(f"Error running graph component for node {name}.") from error
        return {name: outputs[name] for name in wanted}

    def replace(self, component: Any, function: Callable[..., Any]) -> None:
        """Call ``function`` where this component's own would be called."""
        self._replaced[id(component)] = function

    def order(self, targets: tuple[str, ...]) -> list[Step]:
        """What is run for these targets: node, function, component, and the nodes that feed it by parameter."""
        if targets not in self._orders:
            steps: dict[str, Step] = {}
            for target in targets:
                self._visit(target, steps)
            self._orders[targets] = list(steps.values())
        return self._orders[targets]

    def _visit(self, name: str, steps: dict[str, Step]) -> None:
        node = self._instantiated_nodes.get(name)
        if node is None or name in steps:  # not a node: an input
            return
        for source in node._inputs.values():
            self._visit(source, steps)
        steps[name] = (name, node._fn, node._component, node._inputs)
