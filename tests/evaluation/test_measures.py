from __future__ import annotations

import math
import random

import pytest
import pytrec_eval

from panelbot.evaluation.measures import MEASURES, document_id, format_qrels, format_run, make_run, score_run, topic_id

REFERENCE = {
    "Success@1": "success_1",
    "Success@3": "success_3",
    "Success@5": "success_5",
    "Success@8": "success_8",
    "Success@10": "success_10",
    "R@5": "recall_5",
    "R@10": "recall_10",
    "R@20": "recall_20",
    "nDCG@10": "ndcg_cut_10",
    "RR": "recip_rank",
    "AP": "map",
}
N_RUNS = 240


def random_qrels(rng: random.Random, n_topics: int) -> dict[str, dict[str, int]]:
    return {
        f"t{topic}": {f"p#{turn}": 1 for turn in rng.sample(range(40), rng.randint(1, 12))} for topic in range(n_topics)
    }


def random_run(rng: random.Random, qrels: dict[str, dict[str, int]]) -> dict[str, dict[str, float]]:
    """Few different scores, so that ties abound; some topics come back empty, some not at all."""
    run = {}
    for topic in qrels:
        chance = rng.random()
        if chance < 0.15:
            continue
        n_found = 0 if chance < 0.3 else rng.randint(1, 30)
        run[topic] = {f"p#{turn}": float(rng.randint(0, 5)) for turn in rng.sample(range(40), n_found)}
    return run


def test_measures_agree_with_the_reference_program_on_random_runs():
    rng = random.Random(7)
    n_ties = n_empty = 0
    for _ in range(N_RUNS):
        qrels = random_qrels(rng, 5)
        run = random_run(rng, qrels)
        reference = pytrec_eval.RelevanceEvaluator(qrels, set(REFERENCE.values())).evaluate(run)
        ours = score_run(qrels, run)
        for topic in qrels:
            n_empty += not run.get(topic)
            n_ties += len(set(run.get(topic, {}).values())) < len(run.get(topic, {}))
            for name, theirs in REFERENCE.items():
                expected = reference[topic][theirs] if run.get(topic) else 0.0
                assert ours[topic][name] == pytest.approx(expected, abs=1e-6)
    assert n_ties > 200
    assert n_empty > 200


def oracle(gold: set[str], ranked: list[str]) -> dict[str, float]:
    """The measures by their textbook formulas."""
    places = [rank for rank, name in enumerate(ranked, 1) if name in gold]
    gain = sum(1 / math.log2(rank + 1) for rank in places if rank <= 10)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(len(gold), 10) + 1))
    success = {f"Success@{k}": float(any(rank <= k for rank in places)) for k in (1, 3, 5, 8, 10)}
    recall = {f"R@{k}": sum(rank <= k for rank in places) / len(gold) for k in (5, 10, 20)}
    precision = sum(found / rank for found, rank in enumerate(places, 1)) / len(gold)
    return {**success, **recall, "nDCG@10": gain / ideal, "RR": 1 / places[0] if places else 0.0, "AP": precision}


def test_a_ranking_scores_as_the_formulas_say():
    rng = random.Random(11)
    for _ in range(50):
        gold = set(rng.sample([f"p#{i}" for i in range(30)], rng.randint(1, 12)))
        ranked = rng.sample([f"p#{i}" for i in range(30)], rng.randint(0, 25))
        ours = score_run({"q": dict.fromkeys(gold, 1)}, {"q": make_run(ranked)})["q"]
        assert ours == pytest.approx(oracle(gold, ranked), abs=1e-6)
        assert set(ours) == set(MEASURES)


def test_our_ranks_survive_the_reference_programs_tie_rule():
    # By document id, descending, p#1 would come last: only decreasing scores keep it first.
    run = {"q": make_run(["p#1", "p#2", "p#9"])}
    assert len(set(run["q"].values())) == 3
    assert score_run({"q": {"p#1": 1}}, run)["q"]["Success@1"] == 1.0
    tied = {"q": dict.fromkeys(["p#1", "p#2", "p#9"], 1.0)}
    assert score_run({"q": {"p#1": 1}}, tied)["q"]["RR"] == pytest.approx(1 / 3)


def test_nothing_found_at_all_scores_zero():
    assert score_run({"a": {"p#1": 1}}, {}) == {"a": dict.fromkeys(MEASURES, 0.0)}


def test_written_files_are_read_by_the_reference_program():
    qrels = {topic_id("q 1"): {document_id("圆桌 2020", 3): 1, document_id("圆桌 2020", 12): 1}}
    ranked = [document_id("圆桌 2020", turn) for turn in (12, 5, 3, 1, 2, 4, 6, 7, 8, 9, 10)]
    run = {topic_id("q 1"): make_run(ranked)}
    lines = format_run(run, "panelbot").splitlines()
    assert lines[0] == "q%201 Q0 圆桌%202020#12 1 11 panelbot"
    assert [line.split()[2] for line in lines] == ranked
    evaluator = pytrec_eval.RelevanceEvaluator(
        pytrec_eval.parse_qrel(format_qrels(qrels).splitlines()), set(REFERENCE.values())
    )
    theirs = evaluator.evaluate(pytrec_eval.parse_run(lines))["q%201"]
    ours = score_run(qrels, run)["q%201"]
    assert {name: theirs[reference] for name, reference in REFERENCE.items()} == pytest.approx(ours, abs=1e-6)
