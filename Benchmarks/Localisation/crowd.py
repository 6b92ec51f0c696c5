"""What ten investigations at once cost, and whether the bot answers meanwhile.

`tipline run` in a process of its own, whose memory is read without its git children; GlitchTip and Telegram are stand-ins
here. Ten chats ask at the same moment, an eleventh asks for `/help`.
"""

import argparse
import http.server
import json
import os
import queue
import re
import subprocess
import tempfile
import threading
import time

import cases
from speed import GlitchTip

# A person each: the bot limits how much one may ask at once.
GROUPS = [-1001000000000 - number for number in range(11)]
TOKEN = "1:bench"


class World:
    """What GlitchTip holds, and the chats."""

    def __init__(self, issues):
        self.issues = issues  # (project, event) by the issue's number, from 1.
        self.updates = queue.Queue()
        self.said = queue.Queue()  # (chat, text, moment)
        self.numbers = iter(range(1, 1 << 30))

    def say(self, chat, text):
        number = next(self.numbers)
        message = {
            "message_id": number, "date": int(time.time()), "text": text, "chat": {"id": chat, "type": "supergroup"},
            "from": {"id": abs(chat), "is_bot": False, "first_name": "Ada"}}
        self.updates.put({"update_id": number, "message": message})

    def telegram(self, method, values):
        if method == "getUpdates":
            return self._coming(float(values.get("timeout") or 0))
        if method == "getMe":
            return {"id": 1, "is_bot": True, "first_name": "Tipline", "username": "tipline_bot"}
        if method in ("sendMessage", "editMessageText"):
            self.said.put((int(values["chat_id"]), values.get("text", ""), time.monotonic()))
            return {"message_id": values.get("message_id") or next(self.numbers), "date": int(time.time()),
                    "chat": {"id": int(values["chat_id"]), "type": "supergroup"}}
        return True

    def _coming(self, timeout):
        try:
            updates = [self.updates.get(timeout=min(timeout, 5) or 0.01)]
            while not self.updates.empty():
                updates.append(self.updates.get())
            return updates
        except queue.Empty:
            return []

    def glitchtip(self, path):
        if path == "/api/0/":
            scopes = ["org:read", "project:read", "event:read", "event:write"]
            return {"version": "0", "user": {"id": "1", "email": "ada@example.com"}, "auth": {"scopes": scopes}}
        number = re.match(r"/api/0/issues/(\d+)/(.*)", path)
        if not number or int(number[1]) > len(self.issues):
            return []
        project, event = self.issues[int(number[1]) - 1]
        if number[2].startswith("events/latest"):
            return event
        if number[2]:
            return []
        return {
            "id": number[1], "shortId": f"BENCH-{number[1]}", "title": event["title"], "status": "unresolved",
            "count": "1", "project": {"id": "1", "slug": project, "name": project}, "numComments": 0,
            "firstSeen": event["dateCreated"], "lastSeen": event["dateCreated"], "metadata": event["metadata"]}


def handler(world):
    """Both servers in one: GlitchTip is read by GET, Telegram by POST."""

    class Handler(GlitchTip):
        def do_GET(self):
            self.answer(world.glitchtip(self.path.split("?")[0]))

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            values = json.loads(body) if body.startswith(b"{") else {}
            self.answer({"ok": True, "result": world.telegram(self.path.split("/")[-1], values)})

        def handle(self):
            try:
                super().handle()
            except ConnectionError:
                pass  # The bot has ended.

    return Handler


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", required=True, metavar="FILE")
    parser.add_argument("--clones", required=True, metavar="DIR")
    parser.add_argument("--binary", required=True, metavar="FILE")
    parser.add_argument("repositories", nargs="+", metavar="OWNER/NAME")
    options = parser.parse_args()
    known = {repo: [case for case in cases.read(options.cases) if case["repo"] == repo] for repo in options.repositories}
    print("| ten at once | MiB before | MiB at most | s to the first | s to all | /help alone, ms | /help meanwhile, ms |\n"
          "|---|---|---|---|---|---|---|")
    for repo, own in known.items():
        chosen = spread(own)
        newest = max(chosen, key=lambda case: case["event_time"])
        row(f"{repo}, each at a commit of its own", [(case, case["before"]) for case in chosen], options)
        row(f"{repo}, all at one commit", [(case, newest["before"]) for case in chosen], options)
        row(f"{repo}, one issue", [(newest, newest["before"])] * 10, options)
    if len(known) > 1:
        turns = [own[number] for number in range(10) for own in known.values() if number < len(own)]
        row("of all of these in turn", [(case, case["before"]) for case in turns[:10]], options)


def spread(known):
    """Ten of them, from the first to the last; some twice when there are fewer."""
    return [known[number * len(known) // 10] for number in range(10)]


def row(name, chosen, options):
    before, most, first, last, alone, meanwhile = measure(chosen, options)
    print(f"| {name} | {before:.0f} | {most:.0f} | {first:.2f} | {last:.2f} | {alone:.0f} | {meanwhile:.0f} |", flush=True)


def measure(chosen, options):
    # One case is one issue, however many ask for it.
    different = list(dict.fromkeys((case["id"], commit) for case, commit in chosen))
    number = {key: place + 1 for place, key in enumerate(different)}
    of = {(case["id"], commit): case for case, commit in chosen}
    slug = lambda case: case["repo"].split("/")[-1].lower()
    world = World([(slug(of[key]), cases.event(of[key]) | {"release": {"version": key[1]}}) for key in different])
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler(world))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    with tempfile.TemporaryDirectory() as folder:
        repositories = []
        for repo in {case["repo"]: None for case, _ in chosen}:
            tree = os.path.join(folder, repo.split("/")[-1].lower())
            clone = cases.clone_of(repo, options.clones)
            subprocess.run(["git", "clone", "-q", "--bare", "--shared", clone, tree], check=True, capture_output=True)
            # As Tipline does with the clones that are its own.
            subprocess.run(["git", "-C", tree, "remote", "remove", "origin"], check=True, capture_output=True)
            repositories.append(f"{os.path.basename(tree)}={tree}")
        bot = subprocess.Popen([options.binary, "run"], stderr=subprocess.PIPE, env={
            "PATH": os.environ["PATH"], "GLITCHTIP_URL": url, "GLITCHTIP_TOKEN": "token", "GLITCHTIP_ORG": "bench",
            "TELEGRAM_API_URL": url, "TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_CHAT_ID": str(GROUPS[10]),
            "TIPLINE_ADMINS": str(abs(GROUPS[10])), "TIPLINE_REPOS": ",".join(repositories),
            "TIPLINE_ROUTES": "; ".join(f"project=room-{chat} to {chat}" for chat in GROUPS[:10]),
            "TIPLINE_DATA": os.path.join(folder, "data")})
        # In a thread, or the pipe fills up and the bot waits for us.
        trouble = []
        threading.Thread(target=lambda: trouble.extend(bot.stderr), daemon=True).start()
        try:
            return ask(world, bot, [number[case["id"], commit] for case, commit in chosen])
        except queue.Empty:
            raise SystemExit("not all were answered:\n" + b"".join(trouble).decode(errors="replace"))
        finally:
            bot.terminate()
            bot.wait()
            server.shutdown()


def ask(world, bot, issues):
    alone = help_time(world, [])
    before = memory(bot, "VmRSS")
    begin = time.monotonic()
    for chat, issue in zip(GROUPS, issues):
        world.say(chat, f"/investigate {issue}")
    found = []
    meanwhile = help_time(world, found)
    while len({chat for chat, _ in found}) < len(issues):
        note(world.said.get(timeout=30), found)
    moments = {chat: moment for chat, moment in reversed(found)}.values()
    return (before, memory(bot, "VmHWM"), min(moments) - begin, max(moments) - begin, alone, meanwhile)


def note(message, found):
    chat, text, moment = message
    if text.startswith("🔎"):  # The report; while it looks it says 🔍.
        found.append((chat, moment))


def help_time(world, found):
    """Milliseconds from the line to the answer; reports that come meanwhile are added to `found`."""
    begin = time.monotonic()
    world.say(GROUPS[10], "/help")
    while True:
        message = world.said.get(timeout=30)
        note(message, found)
        if message[0] == GROUPS[10] and message[1].startswith("<b>What I can do"):
            return (message[2] - begin) * 1000


def memory(process, name):
    """Its own, in MiB: `VmRSS` is what it has, `VmHWM` the most that it had."""
    with open(f"/proc/{process.pid}/status", encoding="utf-8") as status:
        return int(re.search(rf"{name}:\s+(\d+)", status.read())[1]) / 1024


if __name__ == "__main__":
    main()
