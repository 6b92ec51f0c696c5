"""Cases: real bugs with known causes, and the event that GlitchTip would have had for each."""

import datetime
import hashlib
import json
import os
import re
import subprocess


def read(path):
    """A case a line; see the README for its fields."""
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def half(repo):
    """"fit" or "test": what the coefficients were fitted on, and what is only read, once for a change."""
    return ("fit", "test")[hashlib.sha256(repo.lower().encode()).digest()[0] % 2]


def clone_of(repo, folder):
    """The clone of `owner/name` in a folder of clones, bare or not; None when it is not there."""
    owner_name = repo.replace("/", "+")
    for name in (owner_name, f"{owner_name}/repo", repo, repo.split("/")[-1], repo.split("/")[-1] + ".git"):
        path = os.path.join(folder, name)
        if os.path.isdir(path):
            return path
    return None


def git(clone, *arguments):
    """What git prints; nothing when it fails."""
    return _run(clone, arguments).stdout.decode(errors="replace")


def succeeds(clone, *arguments):
    return _run(clone, arguments).returncode == 0


def _run(clone, arguments):
    environment = {
        "PATH": os.environ["PATH"], "LC_ALL": "C", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null"}
    return subprocess.run(
        ["git", "-c", "core.quotePath=false", "-c", "safe.directory=*", "-C", clone, *arguments],
        capture_output=True, env=environment, check=False)


def missing(case, clone):
    """Whether the clone lacks the commit to search from."""
    return not succeeds(clone, "cat-file", "-e", case["before"] + "^{commit}")


def frames(case):
    """Crash first: the root cause's frames from the last to the first, then those of the exceptions around it."""
    return [frame for value in case["values"] for frame in reversed(value["frames"])]


def event(case):
    """The body of GlitchTip's latest event. `inApp` is false throughout, as GlitchTip often leaves it."""
    date = datetime.datetime.fromtimestamp(case["event_time"], datetime.timezone.utc).isoformat()
    first = case["values"][0] if case["values"] else {"type": "", "value": ""}
    words = [first.get("type") or "", (first.get("value") or "").split("\n")[0]]
    return {
        "eventID": hashlib.md5(case["id"].encode()).hexdigest(), "id": hashlib.md5(case["id"].encode()).hexdigest(),
        "platform": case["platform"], "type": "error", "dateCreated": date, "dateReceived": date,
        "title": ": ".join(word for word in words if word)[:200], "message": "",
        "tags": [{"key": "environment", "value": "production"}],
        "entries": [{"type": "exception", "data": {"values": [
            {"type": value.get("type"), "value": value.get("value"), "module": None,
             "stacktrace": {"frames": [_frame(frame) for frame in value["frames"]]}}
            for value in case["values"]]}}],
        "metadata": {"type": first.get("type"), "value": first.get("value")},
    }


def _frame(frame):
    context = frame.get("contextLine")
    return {
        "filename": re.sub(r"^/+", "", frame["filename"] or ""), "absPath": frame["filename"],
        "function": frame.get("function"), "lineNo": frame.get("lineNo"), "colNo": None, "module": None,
        "inApp": False, "context": [[frame.get("lineNo"), context]] if context else [], "vars": None,
    }


def seen_before(case, cases):
    """The cases of its repository whose event is earlier."""
    return [other for other in cases if other["repo"] == case["repo"] and other["event_time"] < case["event_time"]]
