"""How long an investigation of an issue in GlitchTip takes, step by step, against the plain way and the bare git commands.

All on the same checkout and the same GlitchTip, one after the other, each in a new process.
"""

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
    """Serves one issue, its latest event and no similar ones."""

    protocol_version = "HTTP/1.1"
    wbufsize = 65536  # In one write, or the kernel holds the second back for 40 ms.
    event = {}

    def do_GET(self):
        body = {
            "id": "1", "shortId": "BENCH-1", "title": self.event.get("title", ""), "status": "unresolved", "count": "1",
            "project": {"id": "1", "slug": "bench", "name": "bench"}, "numComments": 0,
            "firstSeen": self.event["dateCreated"], "lastSeen": self.event["dateCreated"],
            "metadata": self.event.get("metadata", {}),
        }
        if "events/latest" in self.path:
            body = self.event
        elif "organizations" in self.path:
            body = []
        self.answer(body)

    def answer(self, body):
        data = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
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

    print("| repository | commits | | p50 ms | p95 ms | of the plain way (median) |\n|---|---|---|---|---|---|")
    for repo in options.repositories:
        clone = cases.clone_of(repo, options.clones)
        known = [case for case in cases.read(options.cases) if case["repo"] == repo]
        times = {}
        with tempfile.TemporaryDirectory() as folder:
            for case in known[::max(1, len(known) // options.most)][:options.most]:
                measure(case, clone, folder, server.server_port, options, times)
        commits = cases.git(clone, "rev-list", "--count", "HEAD").strip()
        for name, values in times.items():
            ratio = ""
            if name == OURS and PLAIN in times:
                ratio = f"{statistics.median(one / other for one, other in zip(values, times[PLAIN])):.2f}"
            print(f"| {repo} | {commits} | {name} | {statistics.median(values):.0f} "
                  f"| {percentile(sorted(values), 0.95):.0f} | {ratio} |")


OURS = "tipline investigate ISSUE"
PLAIN = "the plain way: rg, and git log of each file"


def measure(case, clone, folder, port, options, times):
    """All of them on one case."""
    tree = os.path.join(folder, "tree")
    if not os.path.isdir(tree):
        subprocess.run(["git", "clone", "-q", "--shared", "-n", clone, tree], check=True, capture_output=True)
        # As Tipline does with the clones that are its own.
        subprocess.run(["git", "-C", tree, "remote", "remove", "origin"], check=True, capture_output=True)
    subprocess.run(["git", "-C", tree, "checkout", "-q", "-f", case["before"]], check=True, capture_output=True)
    # The plain way looks only at frames that are said to be the program's own; else it would have nothing to do.
    GlitchTip.event = json.loads(json.dumps(cases.event(case)).replace('"inApp": false', '"inApp": true'))
    GlitchTip.event["release"] = {"version": case["before"]}
    url = f"http://127.0.0.1:{port}"

    def note(name, milliseconds):
        times.setdefault(name, []).append(milliseconds)

    environment = {
        "PATH": os.environ["PATH"], "GLITCHTIP_URL": url, "GLITCHTIP_TOKEN": "token", "GLITCHTIP_ORG": "bench",
        "TIPLINE_REPOS": f"bench={tree}", "TIPLINE_DATA": os.path.join(folder, "data"),
    }
    whole, answer = timed(lambda: subprocess.run(
        [options.binary, "investigate", "1", "--format", "json"], capture_output=True, check=True, env=environment))
    note(OURS, whole)
    timings = json.loads(answer.stdout)["timings"]
    note("· by its own clock, without its start and GlitchTip", timings["total_ms"])
    for step in timings["steps"]:
        note(f"· {step['name']}", step["ms"])
    note("floor: ls-tree, and blame of the frames' lines, two at once", timed(lambda: floor(case, clone))[0])
    if options.baseline:
        whole, answer = timed(lambda: subprocess.run(
            ["node", options.baseline, url, "token", tree, "1"], capture_output=True, text=True, check=True))
        note(PLAIN, whole)
        note("· by its own clock, without its start", float(re.search(r"ms ([\d.]+)", answer.stderr)[1]))


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
