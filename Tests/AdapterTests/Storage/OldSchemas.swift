/// The schema as each version left it, with something in each table: one step a version, as SQLite has it. Copies, so
/// that a step that was released and changed nevertheless is noticed.
let oldSchemas: [[String]] = [
    [
        """
        CREATE TABLE inbox (
            update_id INTEGER PRIMARY KEY,
            position INTEGER NOT NULL,
            chat INTEGER NOT NULL,
            payload BLOB NOT NULL,
            received_at REAL NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            finished_at REAL
        ) STRICT
        """,
        "CREATE INDEX inbox_position ON inbox (position)",
        "CREATE INDEX inbox_waiting ON inbox (position, chat) WHERE finished_at IS NULL",
        """
        CREATE TABLE outbox (
            key TEXT PRIMARY KEY,
            position INTEGER NOT NULL,
            chat INTEGER NOT NULL,
            thread INTEGER,
            reply_to INTEGER,
            subject TEXT,
            priority INTEGER NOT NULL,
            content BLOB NOT NULL,
            wanted INTEGER NOT NULL DEFAULT 1,
            sent INTEGER NOT NULL DEFAULT 0,
            message_id INTEGER,
            attempts INTEGER NOT NULL DEFAULT 0,
            not_before REAL NOT NULL DEFAULT 0,
            trouble TEXT,
            given_up_at REAL,
            created_at REAL NOT NULL,
            delivered_at REAL
        ) STRICT
        """,
        "CREATE INDEX outbox_position ON outbox (position)",
        """
        CREATE INDEX outbox_due ON outbox (chat, priority, position, not_before)
        WHERE wanted > sent AND given_up_at IS NULL
        """,
        """
        CREATE INDEX outbox_put_off ON outbox (not_before)
        WHERE wanted > sent AND given_up_at IS NULL AND not_before > 0
        """,
        "CREATE INDEX outbox_given_up ON outbox (given_up_at) WHERE given_up_at IS NOT NULL",
        "CREATE INDEX outbox_message ON outbox (chat, message_id)",
        """
        CREATE TABLE chats (
            chat INTEGER PRIMARY KEY,
            moved_to INTEGER,
            not_before REAL NOT NULL DEFAULT 0,
            paused_at REAL,
            trouble TEXT
        ) STRICT
        """,
        """
        CREATE TABLE audit (
            position INTEGER NOT NULL,
            date REAL NOT NULL,
            sender INTEGER NOT NULL,
            name TEXT NOT NULL,
            chat INTEGER NOT NULL,
            line TEXT NOT NULL,
            outcome TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX audit_position ON audit (position)",
        "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
        "CREATE TABLE done_once (key TEXT PRIMARY KEY, date REAL NOT NULL) STRICT",
        "INSERT INTO inbox (update_id, position, chat, payload, received_at) VALUES (1, 1, 1, x'0102', 1700000000.0)",
        """
        INSERT INTO outbox (key, position, chat, priority, content, created_at)
        VALUES ('update:1', 1, 1, 0, x'01', 1700000000.0)
        """,
        "INSERT INTO chats (chat, moved_to) VALUES (-5, -1005)",
        """
        INSERT INTO audit (position, date, sender, name, chat, line, outcome)
        VALUES (1, 1700000000.0, 7, 'Ada', 1, '/resolve 42', 'resolved')
        """,
        "INSERT INTO settings (key, value) VALUES ('menu', 'v1')",
        "INSERT INTO done_once (key, date) VALUES ('report:1', 1700000000.0)",
    ],
    [
        """
        CREATE TABLE alerts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            payload BLOB NOT NULL,
            received_at REAL NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            not_before REAL NOT NULL DEFAULT 0,
            trouble TEXT,
            finished_at REAL
        ) STRICT
        """,
        "CREATE INDEX alerts_waiting ON alerts (id) WHERE finished_at IS NULL",
        "INSERT INTO alerts (payload, received_at) VALUES (x'03', 1700000000.0)",
    ],
    [
        """
        CREATE TABLE episodes (
            issue INTEGER NOT NULL,
            number INTEGER NOT NULL,
            state TEXT NOT NULL,
            project TEXT NOT NULL,
            kind TEXT NOT NULL,
            opened_at REAL NOT NULL,
            is_open INTEGER NOT NULL,
            is_touched INTEGER NOT NULL,
            is_fatal INTEGER NOT NULL,
            lacks_details INTEGER NOT NULL,
            announced TEXT NOT NULL,
            announced_at REAL,
            chat INTEGER,
            storm INTEGER,
            silence INTEGER,
            events INTEGER NOT NULL,
            shown INTEGER NOT NULL,
            closed_at REAL,
            checked_at REAL NOT NULL DEFAULT 0,
            read_at REAL NOT NULL DEFAULT 0,
            read_events INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (issue, number)
        ) STRICT
        """,
        "CREATE INDEX episodes_kind ON episodes (project, kind, opened_at)",
        "CREATE INDEX episodes_open ON episodes (checked_at) WHERE is_open = 1",
        "CREATE INDEX episodes_announced ON episodes (chat, announced_at)",
        "CREATE INDEX episodes_storm ON episodes (storm) WHERE storm IS NOT NULL",
        "CREATE INDEX episodes_closed ON episodes (closed_at) WHERE closed_at IS NOT NULL",
        """
        CREATE TABLE episode_hours (
            issue INTEGER NOT NULL,
            hour INTEGER NOT NULL,
            events INTEGER NOT NULL,
            PRIMARY KEY (issue, hour)
        ) STRICT
        """,
        """
        CREATE TABLE silences (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            state TEXT NOT NULL,
            events INTEGER NOT NULL DEFAULT 0,
            ended_at REAL
        ) STRICT
        """,
        "CREATE INDEX silences_active ON silences (number) WHERE ended_at IS NULL",
        """
        CREATE TABLE held_back (
            silence INTEGER NOT NULL,
            issue INTEGER NOT NULL,
            events INTEGER NOT NULL,
            PRIMARY KEY (silence, issue)
        ) STRICT
        """,
        """
        CREATE TABLE storms (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            chat INTEGER NOT NULL,
            thread INTEGER,
            cause TEXT NOT NULL,
            opened_at REAL NOT NULL,
            joined_at REAL NOT NULL,
            closed_at REAL
        ) STRICT
        """,
        "CREATE INDEX storms_open ON storms (chat) WHERE closed_at IS NULL",
        """
        CREATE TABLE monitors (
            monitor INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            outage INTEGER NOT NULL,
            down_since REAL
        ) STRICT
        """,
        """
        INSERT INTO episodes (issue, number, state, project, kind, opened_at, is_open, is_touched, is_fatal, lacks_details,
            announced, events, shown) VALUES (42, 1, '{}', 'shop-web', 'TypeError', 1, 1, 0, 0, 0, 'message', 5, 4)
        """,
        "INSERT INTO episode_hours (issue, hour, events) VALUES (42, 500000, 7)",
        "INSERT INTO silences (state) VALUES ('{}')",
        "INSERT INTO held_back (silence, issue, events) VALUES (1, 42, 3)",
        "INSERT INTO storms (chat, cause, opened_at, joined_at) VALUES (-1, 'rush', 1, 2)",
        "INSERT INTO monitors (monitor, name, outage) VALUES (1, 'Shop', 2)",
    ],
    [
        "ALTER TABLE outbox ADD COLUMN put_off_at REAL NOT NULL DEFAULT 0",
        "ALTER TABLE chats ADD COLUMN put_off_at REAL NOT NULL DEFAULT 0",
    ],
    [
        """
        CREATE TABLE project_hours (
            project INTEGER NOT NULL,
            hour INTEGER NOT NULL,
            events INTEGER NOT NULL,
            PRIMARY KEY (project, hour)
        ) STRICT
        """,
        "CREATE INDEX episode_hours_hour ON episode_hours (hour)",
    ],
    [
        """
        CREATE TABLE runbook_uses (
            issue INTEGER NOT NULL,
            runbook TEXT NOT NULL,
            short_id TEXT NOT NULL,
            sketch TEXT NOT NULL,
            matched_at REAL,
            opened_at REAL,
            PRIMARY KEY (issue, runbook)
        ) STRICT
        """,
        """
        CREATE TABLE runbook_links (
            issue INTEGER PRIMARY KEY,
            runbook TEXT NOT NULL,
            name TEXT NOT NULL,
            date REAL NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE runbook_unlinks (
            issue INTEGER NOT NULL,
            runbook TEXT NOT NULL,
            project TEXT NOT NULL,
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            date REAL NOT NULL,
            PRIMARY KEY (issue, runbook)
        ) STRICT
        """,
        "CREATE INDEX runbook_unlinks_kind ON runbook_unlinks (project, kind)",
        """
        CREATE TABLE runbook_ticks (
            issue INTEGER NOT NULL,
            runbook TEXT NOT NULL,
            step TEXT NOT NULL,
            name TEXT NOT NULL,
            date REAL NOT NULL,
            PRIMARY KEY (issue, runbook, step)
        ) STRICT
        """,
        """
        CREATE TABLE runbook_verdicts (
            issue INTEGER NOT NULL,
            runbook TEXT NOT NULL,
            person INTEGER NOT NULL,
            name TEXT NOT NULL,
            has_helped INTEGER NOT NULL,
            date REAL NOT NULL,
            PRIMARY KEY (issue, runbook, person)
        ) STRICT
        """,
        "INSERT INTO runbook_uses (issue, runbook, short_id, sketch) VALUES (42, 'cart', 'SHOP-1', '{}')",
        "INSERT INTO runbook_links (issue, runbook, name, date) VALUES (42, 'cart', 'Ada', 1)",
        """
        INSERT INTO runbook_unlinks (issue, runbook, project, kind, name, date)
        VALUES (43, 'cart', 'shop-web', 'TypeError', 'Ada', 1)
        """,
        "INSERT INTO runbook_ticks (issue, runbook, step, name, date) VALUES (42, 'cart', '1.1', 'Ada', 1)",
        """
        INSERT INTO runbook_verdicts (issue, runbook, person, name, has_helped, date)
        VALUES (42, 'cart', 7, 'Ada', 1, 2)
        """,
    ],
    [
        """
        CREATE TABLE named (
            issue INTEGER NOT NULL,
            sha TEXT NOT NULL,
            place INTEGER NOT NULL,
            is_likely INTEGER NOT NULL,
            named_at REAL NOT NULL,
            PRIMARY KEY (issue, sha)
        ) STRICT
        """,
        """
        CREATE TABLE verdicts (
            issue INTEGER NOT NULL,
            sha TEXT NOT NULL,
            person INTEGER NOT NULL,
            name TEXT NOT NULL,
            is_right INTEGER NOT NULL,
            said_at REAL NOT NULL,
            PRIMARY KEY (issue, sha, person)
        ) STRICT
        """,
        """
        CREATE TABLE culprits (
            issue INTEGER PRIMARY KEY,
            sha TEXT NOT NULL,
            author TEXT NOT NULL,
            subject TEXT NOT NULL,
            committed_at REAL NOT NULL,
            name TEXT NOT NULL,
            said_at REAL NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE stacks (
            issue INTEGER PRIMARY KEY,
            project TEXT NOT NULL,
            frames TEXT NOT NULL,
            seen_at REAL NOT NULL
        ) STRICT
        """,
        "CREATE INDEX stacks_project ON stacks (project, seen_at)",
        "INSERT INTO named (issue, sha, place, is_likely, named_at) VALUES (42, 'abc', 1, 1, 1)",
        """
        INSERT INTO verdicts (issue, sha, person, name, is_right, said_at) VALUES (42, 'abc', 7, 'Ada', 1, 2)
        """,
        """
        INSERT INTO culprits (issue, sha, author, subject, committed_at, name, said_at)
        VALUES (42, 'abc', 'Grace', 'Break it', 1, 'Ada', 2)
        """,
        "INSERT INTO stacks (issue, project, frames, seen_at) VALUES (42, 'shop-web', '1a 2b', 1)",
    ],
    [
        """
        CREATE TABLE paths (
            project TEXT NOT NULL,
            repository TEXT NOT NULL,
            prefix TEXT NOT NULL,
            folder TEXT NOT NULL,
            learnt_at REAL NOT NULL,
            PRIMARY KEY (project, repository, prefix, folder)
        ) STRICT
        """
    ],
    [
        """
        CREATE TABLE projects (
            project INTEGER PRIMARY KEY,
            slug TEXT NOT NULL,
            name TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE releases (
            version TEXT NOT NULL,
            project TEXT NOT NULL,
            first_seen REAL NOT NULL,
            PRIMARY KEY (version, project)
        ) STRICT
        """,
        "CREATE INDEX releases_first_seen ON releases (first_seen)",
        "INSERT INTO projects (project, slug, name) VALUES (1, 'shop-web', 'Shop Web')",
        "INSERT INTO releases (version, project, first_seen) VALUES ('shop-web@2.3.1', 'shop-web', 1700000000.0)",
    ],
    [
        "ALTER TABLE outbox ADD COLUMN refusals INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE silences ADD COLUMN carried INTEGER NOT NULL DEFAULT 0",
    ],
]
