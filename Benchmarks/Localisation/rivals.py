"""The plain ways to a guilty commit and file, as other tools do it; each gets the same frames and the same clone."""

from cases import frames, git

WINDOW = 60 * 86400


class Rivals:
    """The answers of all rivals for one case."""

    def __init__(self, case, clone):
        self.case, self.clone, self.before = case, clone, case["before"]
        self.places = self.traced(case, clone)
        blamed = [self._blame(path, line) for path, line in self.places]
        self.blamed = [entry for entry in blamed if entry]

    @staticmethod
    def traced(case, clone):
        """The frames' files in the repository and their lines, crash first."""
        by_name = {}
        for path in git(clone, "ls-tree", "-r", "-z", "--name-only", "--full-tree", case["before"]).split("\0"):
            by_name.setdefault(path.split("/")[-1], []).append(path)
        return [
            (path, frame.get("lineNo")) for frame in frames(case) if (path := Rivals._path(frame, by_name))]

    def files(self):
        return {"deepest frame in the repository": _unique(path for path, _ in self.places)}

    def commits(self):
        event_time = self.case["event_time"]
        young = sorted((e for e in self.blamed if 0 <= event_time - e[1] <= WINDOW), key=lambda e: -e[1])
        return {
            "five latest commits of each file": _unique(
                sha for path in _unique(path for path, _ in self.places)
                for sha in git(self.clone, "log", "-5", "--format=%H", self.before, "--", path).split()),
            "newest blame of any frame, ≤ 60 days": _unique(sha for sha, _ in young),
            "blame of the first frame's line": [sha for sha, _ in self.blamed[:1]],
        }

    @staticmethod
    def _path(frame, by_name):
        """The file whose path agrees longest with the frame's, counted from the end."""
        parts = (frame["filename"] or "").split("/")

        def agreement(path):
            count = 0
            for one, other in zip(reversed(parts), reversed(path.split("/"))):
                if one != other:
                    break
                count += 1
            return count

        candidates = by_name.get(parts[-1], [])
        return max(sorted(candidates, key=len), key=agreement, default=None)

    def _blame(self, path, line):
        if not line:
            return None
        text = git(self.clone, "blame", "--porcelain", "-L", f"{line},{line}", self.before, "--", path)
        time = [word for word in text.split("\n") if word.startswith("author-time ")]
        return (text.split()[0], int(time[0].split()[1])) if time else None


def _unique(items):
    return list(dict.fromkeys(items))
