"""Finds cases in a clone: commits that fix a bug and whose own message quotes its stack trace.

The trace becomes the event, the files that the fix changed are the right files. The right commits are those that the
message names (`Fixes: <hash>`, "introduced by <hash>"), and by SZZ those that wrote the lines that the fix deleted, or,
when it only added some, the lines around. Tests, documents and generated files count for neither.
"""

import argparse
import json
import os
import re
import sys

import cases
from cases import git

# A frame's patterns by platform; `file`, `line` and `function`, crash first unless Python's order.
FRAMES = {
    "python": r'File "(?P<file>[^"]+)", line (?P<line>\d+), in (?P<function>\S+)',
    "ruby": r"(?P<file>[\w./@+-]+\.rb):(?P<line>\d+):in [`'](?P<function>[^']+)'",
    "java": r"\bat (?P<module>[\w.$]+)\.(?P<function>[\w$<>]+)\((?P<file>\w+\.(?:java|kt|scala|groovy)):(?P<line>\d+)\)",
    "go": r"(?P<file>[\w./@+-]+\.go):(?P<line>\d+)(?: \+0x[0-9a-f]+)?",
    "javascript": r"\bat (?:(?:async )?(?P<function>[\w.$<> \[\]]+?) \()?(?:file://)?(?P<file>[\w./@+-]+\.[cm]?[jt]sx?):(?P<line>\d+):\d+\)?",
    "php": r"#\d+ (?P<file>[\w./-]+\.php)(?:\((?P<line>\d+)\))?: (?P<function>[\w\\>:-]+)",
    "native": r"(?:(?:#\d+ +|\bby |\bat )(?:0x[0-9A-Fa-f]+:? )?(?:in )?)(?!in )(?P<function>[\w:~]+)[ (].*?"
              r"[(/ ](?P<file>[\w./+-]+\.(?:c|h|cc|cpp|hpp|cxx)):(?P<line>\d+)",
}
CODE = re.compile(r"\.(c|h|cc|cpp|hpp|cxx|py|rb|java|kt|scala|groovy|go|js|mjs|cjs|ts|tsx|jsx|php|in)$")
SIDE = re.compile(r"(^|/)(tests?|test-?utils?|(slow-)?specs?|__tests__|docs?|examples?|fuzz(ing|ers?)?|e2e|vendor|third_party"
                  r"|node_modules|testing)(/|$)"
                  r"|(^|/)(test_[^/]*|[^/]*_test)\.|[._](test|spec)\.|Test\.java$|\.pb\.go$")
NAMED = re.compile(
    r"(?:\bfix(?:es|ed)?:?|\b(?:introduced|added|broken|caused|started|exposed|triggered)(?: (?:in|by|with|since|from))"
    r"|\bregression (?:from|in|of|since|by)|\bfallout (?:from|of)|\bsince|\bbroke in)"
    r"\s+(?:the\s+)?(?:upstream\s+)?(?:commit:?\s+)?[\"'`(\[]*([0-9a-f]{7,40})\b"
    r"|\bcommit\s+[\"'`(\[]*([0-9a-f]{7,40})\b[^.\n]{0,90}\s(?:introduced|broke|added|changed|removed|replaced|moved|started|made)\b",
    re.I)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clones", required=True, metavar="DIR")
    parser.add_argument("--most", type=int, default=40, help="cases of one repository, the newest first")
    parser.add_argument("--half", choices=("fit", "test"), help="only repositories of that half, see cases.half")
    parser.add_argument("repositories", nargs="*", metavar="OWNER/NAME", help="without any, those of repositories.txt")
    options = parser.parse_args()
    for repo in options.repositories or listed():
        clone = cases.clone_of(repo, options.clones)
        if clone is None or options.half not in (None, cases.half(repo)):
            continue
        found = 0
        for sha in candidates(clone):
            if found < options.most and (case := read(repo, clone, sha)):
                print(json.dumps(case), flush=True)
                found += 1
        print(f"{repo}: {found}", file=sys.stderr)


def listed():
    with open(os.path.join(os.path.dirname(__file__), "repositories.txt"), encoding="utf-8") as file:
        return file.read().split()


def candidates(clone):
    """Commits whose message may hold a trace."""
    words = [r"line [0-9]+, in ", r"\.rb:[0-9]+:in ", r"(by|#[0-9]+) +0x[0-9A-Fa-f]+", r"^[[:space:]]*at .*:[0-9]+",
             r"\.go:[0-9]+ \+0x", r"#[0-9]+ .*\.php\("]
    patterns = [argument for word in words for argument in ("--grep", word)]
    return git(clone, "log", "--no-merges", "-E", *patterns, "--format=%H", "HEAD").split()


def read(repo, clone, sha):
    message = git(clone, "log", "-1", "--format=%B", sha)
    parents = git(clone, "log", "-1", "--format=%P", sha).split()
    if len(parents) != 1 or re.match(r"(Revert|Merge|Bump)\b", message):
        return None
    before = parents[0]
    platform, values, text = trace(message)
    if not values:
        return None
    hunks = changed(clone, before, sha)
    if not 1 <= len(hunks) <= 6:
        return None
    names = {os.path.basename(path) for path in git(
        clone, "ls-tree", "-r", "-z", "--name-only", before).split("\0")}
    known = [frame for value in values for frame in value["frames"] if os.path.basename(frame["filename"]) in names]
    if len(known) < 2:
        return None
    szz, mode = blamed(clone, before, hunks)
    if not szz:
        return None
    human = [full for match in NAMED.finditer(message) if (short := match[1] or match[2])
             and (full := git(clone, "rev-parse", "-q", "--verify", short + "^{commit}").strip())
             and cases.succeeds(clone, "merge-base", "--is-ancestor", full, before)]
    in_trace = any(os.path.basename(path) in {os.path.basename(f["filename"]) for f in known} for path in hunks)
    return {
        "id": f"{repo}@{sha[:12]}", "repo": repo, "fix": sha, "before": before,
        "event_time": int(git(clone, "log", "-1", "--format=%at", sha)), "platform": platform, "values": values,
        "trace_text": text, "gold_files": sorted(hunks), "gold_hunks": hunks, "gold_in_trace": in_trace,
        "culprit_human": list(dict.fromkeys(human)), "culprit_szz": szz, "szz_mode": mode}


def trace(message):
    """The platform with most frames, its exceptions in the form of an event, and the lines of the trace."""
    lines = message.split("\n")
    best = ("", [], "")
    for platform, pattern in FRAMES.items():
        found = [(number, match) for number, line in enumerate(lines) if (match := re.search(pattern, line))]
        if len(found) > len(best[1]):
            best = (platform, found, pattern)
    platform, found, _ = best
    if len(found) < 2:
        return platform, [], ""
    frames = []
    for number, match in found:
        parts = match.groupdict()
        context = lines[number + 1].strip() if platform == "python" and number + 1 < len(lines) else None
        if context and (context.startswith("File ") or re.match(r"[\w.]+(Error|Exception)\b", context)):
            context = None
        function = parts.get("function")
        if platform == "go" and number > 0:
            function = re.sub(r"\([^()]*\)$", "", lines[number - 1].strip()).split("/")[-1] or None
        frames.append({
            "filename": parts["file"], "lineNo": int(parts["line"]) if parts["line"] else None, "function": function,
            "contextLine": context, **({"module": parts["module"]} if parts.get("module") else {})})
    if platform != "python":
        frames.reverse()
    first, last = found[0][0], found[-1][0]
    kind, value = headline(lines[max(0, first - (10 if platform == "go" else 2)):first + 1] + lines[last + 1:last + 4], platform)
    return platform, [{"type": kind, "value": value, "frames": frames}], "\n".join(lines[first:last + 1])


def headline(lines, platform):
    """`KeyError: 'x'` around the frames."""
    for line in reversed(lines) if platform == "python" else lines:
        match = re.search(r"\b((?:[\w.:]*(?:Error|Exception|Fault|Interrupt)|panic|AddressSanitizer|LeakSanitizer)): (.+)", line)
        if match:
            return match[1], match[2].strip()
        match = re.search(r"((?:Invalid (?:read|write)|Segmentation fault|SIGSEGV|SIGABRT).*)", line)
        if match:
            return match[1].strip(), match[1].strip()
    return "Crash", "crash"


def changed(clone, before, sha):
    """By file the hunks [old line, deleted lines] of the code that the fix changed."""
    hunks, path = {}, None
    for line in git(clone, "diff", "-U0", "-w", "--no-renames", "--no-color", before, sha).split("\n"):
        if line.startswith("--- "):
            path = line[6:] if line.startswith("--- a/") else None
            if path and (not CODE.search(path) or SIDE.search(path)):
                path = None
        elif path and (match := re.match(r"@@ -(\d+)(?:,(\d+))? ", line)):
            hunks.setdefault(path, []).append([int(match[1]), int(match[2] or 1)])
    return hunks


def blamed(clone, before, hunks):
    """Who wrote the deleted lines, newest first; without any, the lines around the added ones."""
    mode = "deleted" if any(count for places in hunks.values() for _, count in places) else "context"
    culprits = {}
    for path, places in hunks.items():
        ranges = [(line, line + count - 1) for line, count in places if count]
        if mode == "context":
            ranges = [(max(1, line), line + 1) for line, _ in places]
        if not ranges:
            continue
        lines = [argument for first, last in ranges[:40] for argument in ("-L", f"{first},{last}")]
        sha = None
        for line in git(clone, "blame", "--porcelain", "-w", "-M", *lines, before, "--", path).split("\n"):
            if match := re.match(r"([0-9a-f]{40}) \d+ \d+", line):
                sha = match[1]
            elif line.startswith("author-time "):
                culprits.setdefault(sha, {"sha": sha, "lines": 0, "time": 0})["time"] = int(line.split()[1])
            elif line.startswith("\t") and re.search(r"\w", line) and not re.match(r"\s*(#|//|\*|/\*)", line):
                culprits.setdefault(sha, {"sha": sha, "lines": 0, "time": 0})["lines"] += 1
    told = [culprit for culprit in culprits.values() if culprit["lines"]]
    return sorted(told, key=lambda culprit: -culprit["time"]), mode


if __name__ == "__main__":
    main()
