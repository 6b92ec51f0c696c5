"""How long an investigation takes, step by step, against the plain way and the bare git commands, on the same cases."""

import argparse
import concurrent.futures
import http.server
import json
import os
import re
import statistics
import subprocess
import tempfile
import threading
import time

import cases
from measure import percentile
from rivals import Rivals


class GlitchTip(http.server.BaseHTTPRequestHandler):
    """Serves one issue and its latest event to the baseline."""

    event = {}

    def do_GET(self):
        body = {"id": "1", "title": self.event.get("title", ""), "metadata": self.event.get("metadata", {})}
        if "events/latest" in self.path:
            body = self.event
        elif "organizations" in self.path:
            body = []
        data = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", required=True, metavar="FILE")
    parser.add_argument("--clones", required=True, metavar="DIR")
    parser.add_argument("--binary", required=True, metavar="FILE")
    parser.add_argument("--baseline", metavar="FILE", help="a node script: FILE BASE_URL TOKEN REPO ISSUE")
    parser.add_argument("--most", type=int, default=15, help="cases of one repository")
    parser.add_argument("repositories", nargs="+", metavar="OWNER/NAME")
    options = parser.parse_args()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), GlitchTip)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    print("| repository | commits | | p50 ms | p95 ms |\n|---|---|---|---|---|")
    for repo in options.repositories:
        clone = cases.clone_of(repo, options.clones)
        known = [case for case in cases.read(options.cases) if case["repo"] == repo]
        times = {}
        with tempfile.TemporaryDirectory() as folder:
            for case in known[::max(1, len(known) // options.most)][:options.most]:
                measure(case, clone, folder, server.server_port, options, times)
        commits = cases.git(clone, "rev-list", "--count", "HEAD").strip()
        for name, values in times.items():
            print(f"| {repo} | {commits} | {name} | {statistics.median(values):.0f} "
                  f"| {percentile(sorted(values), 0.95):.0f} |")


def measure(case, clone, folder, port, options, times):
    """All of them on one case, one after the other, each in a new process."""
    event = os.path.join(folder, "event.json")
    body = cases.event(case)
    with open(event, "w", encoding="utf-8") as file:
        json.dump(body, file)
    # The plain way looks only at frames that are said to be the program's own; else it would have nothing to do.
    GlitchTip.event = json.loads(json.dumps(body).replace('"inApp": false', '"inApp": true'))

    def note(name, milliseconds):
        times.setdefault(name, []).append(milliseconds)

    with_graph = timed(lambda: subprocess.run(
        [options.binary, "investigate", "--event", event, "--repo", clone, "--at", case["before"], "--format", "json"],
        capture_output=True, check=True))
    note("tipline investigate", with_graph[0])
    for step in json.loads(with_graph[1].stdout)["timings"]["steps"]:
        note(f"· {step['name']}", step["ms"])
    note("floor: ls-tree, and blame of the frames' lines, two at once", timed(lambda: floor(case, clone))[0])
    if options.baseline:
        tree = os.path.join(folder, "tree")
        if not os.path.isdir(tree):
            subprocess.run(["git", "clone", "-q", "--shared", "-n", clone, tree], check=True, capture_output=True)
        subprocess.run(["git", "-C", tree, "checkout", "-q", "-f", case["before"]], check=True, capture_output=True)
        answer = subprocess.run(
            ["node", options.baseline, f"http://127.0.0.1:{port}", "token", tree, "1"], capture_output=True, text=True,
            check=True)
        note("the plain way: rg, and git log of each file", float(re.search(r"ms ([\d.]+)", answer.stderr)[1]))


def floor(case, clone):
    cases.git(clone, "ls-tree", "-r", "-z", "--full-tree", case["before"])
    lines = {}
    for path, line in Rivals.traced(case, clone)[:24]:
        lines.setdefault(path, []).append(line)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda entry: cases.git(
            clone, "blame", "--porcelain", "-w", "-M", *(f"-L{line},{line}" for line in entry[1] if line),
            case["before"], "--", entry[0]), list(lines.items())[:8]))


def timed(work):
    begin = time.monotonic()
    result = work()
    return (time.monotonic() - begin) * 1000, result


if __name__ == "__main__":
    main()
