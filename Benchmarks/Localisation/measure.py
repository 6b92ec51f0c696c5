"""Runs `tipline investigate` over cases and prints how often it named the right file and commit."""

import argparse
import concurrent.futures
import json
import math
import os
import subprocess
import tempfile
import time

import cases
from rivals import Rivals


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", required=True, metavar="FILE")
    parser.add_argument("--clones", required=True, metavar="DIR", help="with a clone of each case's repository")
    parser.add_argument("--binary", required=True, metavar="FILE")
    parser.add_argument("--answers", metavar="FILE", help="keep every answer there, a case a line")
    parser.add_argument("--no-rivals", action="store_true")
    options = parser.parse_args()

    known = cases.read(options.cases)
    runnable = []
    for case in known:
        clone = cases.clone_of(case["repo"], options.clones)
        if clone is None or cases.missing(case, clone):
            print(f"left out, not in the clones: {case['id']}")
        else:
            runnable.append((case, clone))

    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(2) as pool:
        for case in known:
            with open(event_file(folder, case), "w", encoding="utf-8") as file:
                json.dump(cases.event(case), file)
        results = list(pool.map(lambda pair: Result(*pair, known, folder, options), runnable))

    if options.answers:
        with open(options.answers, "w", encoding="utf-8") as file:
            for result in results:
                file.write(json.dumps({"id": result.case["id"], "answer": result.answer}) + "\n")
    report(results)


def event_file(folder, case):
    return os.path.join(folder, case["id"].replace("/", "+") + ".json")


class Result:
    """What the program answered to one case, and what the rivals did."""

    def __init__(self, case, clone, known, folder, options):
        self.case = case
        with tempfile.TemporaryDirectory() as seen:
            for other in cases.seen_before(case, known):
                os.symlink(event_file(folder, other), os.path.join(seen, os.path.basename(event_file(folder, other))))
            begin = time.monotonic()
            process = subprocess.run(
                [options.binary, "investigate", "--event", event_file(folder, case), "--repo", clone,
                 "--at", case["before"], "--seen", seen, "--format", "json"],
                capture_output=True, check=False)
            self.seconds = time.monotonic() - begin
        self.failed = process.returncode != 0
        self.answer = {"files": [], "suspects": []} if self.failed else json.loads(process.stdout)
        self.files = {"tipline": [file["path"] for file in self.answer["files"]]}
        self.commits = {"tipline": [suspect["sha"] for suspect in self.answer["suspects"]]}
        self.likely = any(suspect["likely"] for suspect in self.answer["suspects"][:1])
        self.cheats = self._cheats(clone)
        if not options.no_rivals:
            rivals = Rivals(case, clone)
            self.files.update(rivals.files())
            self.commits.update(rivals.commits())

    def _cheats(self, clone):
        """Commits that the program cannot have known: none may be named."""
        # Not by `rev-list A ^B`: it errs where the dates of commits are out of order.
        return sum(
            not cases.succeeds(clone, "merge-base", "--is-ancestor", sha, self.case["before"])
            for sha in self.commits["tipline"])

    def gold(self, labels):
        return {
            "file": self.case["gold_files"], "human": self.case["culprit_human"],
            "SZZ": [culprit["sha"] for culprit in self.case["culprit_szz"]],
        }[labels]

    def rank(self, labels, ranker):
        """Of the first right answer, from 1; None when there is none."""
        answers = (self.files if labels == "file" else self.commits).get(ranker, [])
        return next((place + 1 for place, answer in enumerate(answers) if answer in self.gold(labels)), None)


def report(results):
    platforms = sorted({result.case["platform"] for result in results})
    groups = [("all", results)] + [(p, [r for r in results if r.case["platform"] == p]) for p in platforms]
    print("| | ranker | n | @1 | @3 | @5 | MRR |\n|---|---|---|---|---|---|---|")
    for labels in ("file", "human", "SZZ"):
        for name, group in groups:
            labelled = [result for result in group if result.gold(labels)]
            rankers = list((results[0].files if labels == "file" else results[0].commits)) if results else []
            for ranker in rankers if name == "all" else ["tipline"]:
                ranks = [result.rank(labels, ranker) for result in labelled]
                tops = [share(sum(1 for rank in ranks if rank and rank <= k), len(ranks)) for k in (1, 3, 5)]
                mrr = sum(1 / rank for rank in ranks if rank) / max(1, len(ranks))
                title = {"file": "file", "human": "commit, human labels", "SZZ": "commit, SZZ"}[labels]
                print(f"| {title}, {name} | {ranker} | {len(ranks)} | {' | '.join(tops)} | {mrr:.3f} |")

    print("\n| called likely | share | right by SZZ | right by either label |\n|---|---|---|---|")
    for name, group in groups:
        likely = [result for result in group if result.likely]
        by_szz = [result for result in likely if result.rank("SZZ", "tipline") == 1]
        either = [r for r in likely if 1 in (r.rank("SZZ", "tipline"), r.rank("human", "tipline"))]
        print(f"| {name} | {share(len(likely), len(group))} | {share(len(by_szz), len(likely))} "
              f"| {share(len(either), len(likely))} |")

    seconds = sorted(result.seconds for result in results)
    print(f"\nTime, two at once: p50 {percentile(seconds, 0.5):.2f} s, p95 {percentile(seconds, 0.95):.2f} s, "
          f"longest {percentile(seconds, 1):.2f} s")
    print(f"Failed: {sum(result.failed for result in results)}. "
          f"Commits named that were made later: {sum(result.cheats for result in results)}.")


def share(count, of):
    """With Wilson's 95 % interval."""
    if not of:
        return "–"
    z, p = 1.96, count / of
    middle = (p + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return f"{p:.3f} ({max(0, middle - half):.2f}–{min(1, middle + half):.2f})"


def percentile(values, part):
    return values[max(0, math.ceil(part * len(values)) - 1)] if values else 0


if __name__ == "__main__":
    main()
