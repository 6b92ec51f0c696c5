"""The plain way to a report: the issues page after page, each project's hours one after another, and counted.

plain.py URL TOKEN ORGANIZATION DAYS: prints milliseconds, requests and how many KiB of memory it took.
"""
import collections, datetime, http.client, json, re, sys, time, urllib.parse

url, token, organization, days = urllib.parse.urlparse(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
connection = http.client.HTTPConnection(url.hostname, url.port)
requests = 0


def memory(name):
    """In KiB; getrusage would count what the parent had."""
    return int(re.search(name + r":\s+(\d+)", open("/proc/self/status").read())[1])


def get(path, query):
    global requests
    requests += 1
    connection.request("GET", f"/api/0/organizations/{organization}/{path}/?" + urllib.parse.urlencode(query),
                       headers={"Authorization": f"Bearer {token}"})
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, body[:200]
    following = re.search(r'rel="next"; results="true"; cursor="([^"]+)"', answer.getheader("Link") or "")
    return json.loads(body), following and following[1]


def pages(path, query):
    rows, cursor = [], None
    while True:
        page, cursor = get(path, query + [("limit", 100)] + ([("cursor", cursor)] if cursor else []))
        rows += page
        if not cursor:
            return rows


resident = memory("VmRSS")
begin = time.monotonic()
now = datetime.datetime.now(datetime.timezone.utc)
start = now - datetime.timedelta(days=days)
projects = pages("projects", [])
issues = pages("issues", [("query", ""), ("sort", "-last_seen")])
events, before = collections.Counter(), collections.Counter()
for project in projects:
    for counter, end in [(events, now), (before, start)]:
        hours, _ = get("stats_v2", [
            ("category", "error"), ("field", "sum(quantity)"), ("interval", "1h"), ("project", project["id"]),
            ("start", (end - datetime.timedelta(days=days)).isoformat()), ("end", end.isoformat())])
        counter[project["slug"]] = sum(n or 0 for n in hours["groups"][0]["series"]["sum(quantity)"])
new = [issue for issue in issues if datetime.datetime.fromisoformat(issue["firstSeen"]) >= start]
unresolved = [issue for issue in issues if issue["status"] == "unresolved"]
top = sorted(issues, key=lambda issue: -int(issue["count"]))[:5]
seconds = time.monotonic() - begin
assert sum(events.values()) > 0 and new and top
print(round(seconds * 1000), requests, memory("VmHWM") - resident)
