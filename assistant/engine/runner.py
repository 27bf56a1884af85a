"""Runs Rasa's graph of components in an order that is found once."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import TopologicalSorter
from typing import Any, TypeVar

from rasa.engine.graph import (
    ExecutionContext,
    GraphComponent,
    GraphNode,
    GraphNodeHook,
    GraphSchema,
)
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelStorage

Component = TypeVar("Component", bound=GraphComponent)


class OrderedGraphRunner(GraphRunner):  # type: ignore[misc]
    """Rasa's runner without Dask, which plans the same few components anew three times a turn."""

    def __init__(self, nodes: Mapping[str, GraphNode], schema: GraphSchema) -> None:
        """Create a runner of components that are loaded already."""
        self._nodes = nodes
        self._schema = schema
        self._needs = {name: [*node.needs.values()] for name, node in schema.nodes.items()}
        self._orders: dict[tuple[tuple[str, ...], frozenset[str]], list[str]] = {}

    @classmethod
    def create(
        cls,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: list[GraphNodeHook] | None = None,
    ) -> OrderedGraphRunner:
        """Load the components of a schema."""
        stock = DaskGraphRunner.create(graph_schema, model_storage, execution_context, hooks)
        return cls.instead_of(stock)

    @classmethod
    def instead_of(cls, stock: DaskGraphRunner) -> OrderedGraphRunner:
        """Take over the components of Rasa's runner."""
        return cls(stock._instantiated_nodes, stock._graph_schema)

    def components_of(self, kind: type[Component]) -> list[Component]:
        """The components of a class, which are loaded already."""
        return [self._nodes[name]._component for name in self._names_of(kind)]

    def needs_of(self, kind: type[GraphComponent]) -> list[str]:
        """Names of the components from which those of a class get what they work on."""
        needed = (need for name in self._names_of(kind) for need in self._needs[name])
        return [name for name in needed if name in self._nodes]

    def _names_of(self, kind: type[GraphComponent]) -> list[str]:
        return [name for name, node in self._nodes.items() if isinstance(node._component, kind)]

    def run(
        self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
    ) -> dict[str, Any]:
        """Return the outputs of `targets`, and run nothing that they do not need.

        Args:
            inputs: values by the names under which components ask for them; those of components
                that have run already, too.
            targets: names of components; by default those that the schema names.

        Raises:
            rasa.engine.exceptions.GraphRunError: if a component lacks an input.
            rasa.engine.exceptions.GraphComponentException: if a component fails.
        """
        wanted = tuple(self._schema.target_names if targets is None else targets)
        outputs = {name: (name, value) for name, value in (inputs or {}).items()}
        for name in self._order(wanted, frozenset(outputs)):
            needs = (outputs.get(need, need) for need in self._needs[name])
            outputs[name] = self._nodes[name](*needs)
        return {name: outputs[name][1] for name in wanted}

    def _order(self, targets: tuple[str, ...], given: frozenset[str]) -> list[str]:
        """Names of the components that `targets` need, but for what is given."""
        if (targets, given) not in self._orders:
            needed: dict[str, list[str]] = {}
            missing = [name for name in targets if name not in given]
            while missing:
                name = missing.pop()
                if name in needed:
                    continue
                own = self._needs[name]
                needed[name] = [need for need in own if need in self._needs and need not in given]
                missing += needed[name]
            self._orders[targets, given] = [*TopologicalSorter(needed).static_order()]
        return self._orders[targets, given]
