"""Bulk coding on Ray: a cluster of three nodes, one of which is lost, gives the files of a run on one machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from detente.bulk.ray_pool import RayPool
from detente.bulk.running import run_bulk
from tests.made_coder import SLOW, made_coder
from tests.test_bulk_runs import CODING, LIMITS, HerePool, digests, rows, run, write_lines

__all__ = ["made_coder"]

ray = pytest.importorskip("ray", reason="the extra detente[ray] is not installed")
pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.usefixtures("made_coder")]


@pytest.fixture
def cluster(made_coder: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Three nodes with a processor each; they inherit where the made coder lies."""
    from ray.cluster_utils import Cluster

    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    # Its workers otherwise give way to all others, and on a busy machine never begin.
    monkeypatch.setenv("RAY_worker_niceness", "0")
    monkeypatch.setenv("RAY_raylet_start_wait_time_s", "120")
    made: Any = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    yield made
    made.shutdown()


def test_a_node_that_is_lost_in_the_middle_leaves_no_trace(cluster: Any, tmp_path: Path) -> None:
    lost = cluster.add_node(num_cpus=1)
    cluster.add_node(num_cpus=1)
    made = [{**row, "text": f"{row['text']} {SLOW}"} for row in rows(300)]
    lines = write_lines(tmp_path / "reports.jsonl", made)
    seen: list[int] = []

    def tell(step: str, done: int, total: int) -> None:
        if step != "coded":
            return
        seen.append(done)
        if len(seen) == 4:
            cluster.remove_node(lost, allow_graceful=False)

    account = run_bulk(tmp_path / "ray", [str(lines)], CODING, HerePool, lambda: RayPool(cluster.address), LIMITS, tell)
    run(tmp_path / "here", lines)
    assert account.coded == len(made)
    assert len(seen) > 4
    assert digests(tmp_path / "ray") == digests(tmp_path / "here")
