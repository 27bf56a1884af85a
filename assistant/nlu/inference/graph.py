"""Builds an ONNX graph node by node."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

MICROSOFT = "com.microsoft"
"""The domain of the operators that only ONNX Runtime has."""
Shape = Sequence[str | int]


class Graph:
    """Collects nodes and constants, each known by the name of its output."""

    def __init__(self) -> None:
        """Create an empty graph."""
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def constant(self, value: NDArray[Any] | np.generic) -> str:
        """Add a constant, an array or a single number."""
        name = f"constant_{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def op(
        self,
        kind: str,
        *inputs: str,
        domain: str = "",
        name: str | None = None,
        **attributes: Any,
    ) -> str:
        """Add a node with one output, called `name` if given; an input of "" is left out."""
        output = name or f"{kind.lower()}_{len(self._nodes)}"
        node = helper.make_node(
            kind, list(inputs), [output], name=output, domain=domain, **attributes
        )
        self._nodes.append(node)
        return output

    def split(self, x: str, parts: int) -> list[str]:
        """Cut `x` along its last axis into equal parts."""
        outputs = [f"split_{len(self._nodes)}_{part}" for part in range(parts)]
        self._nodes.append(helper.make_node("Split", [x], outputs, axis=-1, num_outputs=parts))
        return outputs

    def model(
        self,
        name: str,
        inputs: Mapping[str, tuple[int, Shape]],
        outputs: Mapping[str, Shape],
    ) -> onnx.ModelProto:
        """Return a checked model.

        Args:
            name: what the model is called.
            inputs: type (of `onnx.TensorProto`) and shape of each input.
            outputs: shape of each output; all are float32.
        """
        model = helper.make_model(
            helper.make_graph(
                self._nodes,
                name,
                [helper.make_tensor_value_info(key, *value) for key, value in inputs.items()],
                [
                    helper.make_tensor_value_info(key, TensorProto.FLOAT, shape)
                    for key, shape in outputs.items()
                ],
                self._constants,
            ),
            opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid(MICROSOFT, 1)],
            ir_version=9,
        )
        onnx.checker.check_model(model)
        return model
