"""Boosted trees: fitted by LightGBM, written as ONNX for the run time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import onnx
from onnx import TensorProto, helper

WAYS = {
    "objective": "binary",
    "learning_rate": 0.03,
    "num_leaves": 15,
    "min_child_samples": 40,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "feature_fraction": 0.5,
    "lambda_l2": 5.0,
    "num_threads": 2,
    "deterministic": True,
    "force_row_wise": True,
    "verbosity": -1,
}
"""Fitted in seconds. Half or twice the rate, leaves, rows a leaf or features moved whole events by less than .003."""

Array = np.ndarray[Any, Any]


def fitted(rows: Array, right: Array, trees: int, seed: int) -> lightgbm.Booster:
    """Trees that give each row (rows, features) the log-odds of being right (0 or 1)."""
    return lightgbm.train({**WAYS, "seed": seed}, lightgbm.Dataset(rows, right), num_boost_round=trees)


def write(booster: lightgbm.Booster, features: int, path: Path) -> None:
    """Write trees as an ONNX file of one operator that gives the log-odds of each row."""
    columns: dict[str, list[Any]] = {
        **{f"nodes_{name}": [] for name in ("treeids", "nodeids", "featureids", "values", "modes")},
        **{f"nodes_{name}": [] for name in ("truenodeids", "falsenodeids")},
        **{f"target_{name}": [] for name in ("treeids", "nodeids", "ids", "weights")},
    }
    for number, tree in enumerate(booster.dump_model()["tree_info"]):
        for name, value in _cells(tree["tree_structure"], number):
            columns[name].append(value)
    node = helper.make_node(
        "TreeEnsembleRegressor",
        ["rows"],
        ["worth"],
        domain="ai.onnx.ml",
        n_targets=1,
        aggregate_function="SUM",
        **columns,
    )
    graph = helper.make_graph(
        [node],
        "trees",
        [helper.make_tensor_value_info("rows", TensorProto.FLOAT, ["n", features])],
        [helper.make_tensor_value_info("worth", TensorProto.FLOAT, ["n", 1])],
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
    onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=8), str(path))


def _cells(root: dict[str, Any], tree: int) -> Iterator[tuple[str, Any]]:
    """The cells of the columns for the nodes of a tree, node by node."""
    nodes = [root]
    for number, node in enumerate(nodes):
        is_leaf = "leaf_value" in node
        yield from (("nodes_treeids", tree), ("nodes_nodeids", number))
        yield "nodes_modes", "LEAF" if is_leaf else "BRANCH_LEQ"
        yield "nodes_featureids", 0 if is_leaf else node["split_feature"]
        yield "nodes_values", 0.0 if is_leaf else _below(node["threshold"])
        yield from (
            ("nodes_truenodeids", 0 if is_leaf else len(nodes)),
            ("nodes_falsenodeids", 0 if is_leaf else len(nodes) + 1),
        )
        if is_leaf:
            yield from (("target_treeids", tree), ("target_nodeids", number), ("target_ids", 0))
            yield "target_weights", float(node["leaf_value"])
        else:
            nodes += [node["left_child"], node["right_child"]]


def _below(threshold: float) -> float:
    """The greatest number in single precision that is not above a threshold: rows go the way they went in fitting."""
    near = np.float32(threshold)
    return float(near if near <= threshold else np.nextafter(near, np.float32(-np.inf)))
