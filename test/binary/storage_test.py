"""storage_test.py – the disk is full, somebody holds the lock, PostgreSQL goes and comes back.

Each time: writes are answered with 503 and words, nothing half-written stays, what can be read is
read, and when the trouble is over the same server works on without a restart.
"""
import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import house
from house import Room, Skipped, check, letters, once, only, same, together

HERE = os.path.dirname(os.path.abspath(__file__))


def is_503(answer, what):
    status, headers, data = answer
    same(status, 503, f"{what}: {data!r:.300}")
    problem = json.loads(data)
    check(headers["content-type"].startswith("application/problem+json") and problem["status"] == 503
          and problem["title"], "a problem with words", headers, problem)


def person(n, note="x"):
    return {"surname": "Қойма" + letters(n).lower(), "note": note}


def stored(room):
    return room.number("SELECT count(*) FROM person WHERE surname LIKE 'Қойма%'")


def until_full(c, note, at_most=4000):
    """Writes until one is refused; how many were acknowledged, and the refusal."""
    for n in range(at_most):
        answer = c.post("/api/v1/people", person(n, note), Idempotency_Key=f"full-{n}")
        if answer[0] != 201:
            return n, answer
    raise house.Failed("the disk does not get full")


def total(c):
    return json.loads(c.get("/api/v1/people?limit=1")[2])["total"]


def full_and_free(room, server, free):
    c = server.client(room.token_before)
    before = total(c)
    note = "қ" * 1900
    acknowledged, answer = until_full(c, note)
    is_503(answer, "a write to a full disk")
    print(f"# {acknowledged} writes until the disk was full")
    # A checkpoint in between may make a little room: then one more is taken, and it counts like the others.
    answers = [c.post("/api/v1/people", person(5000 + n, note)) for n in range(5)]
    answers += together(8, lambda i: server.client(room.token_before).post("/api/v1/people", person(6000 + i, note)))
    taken = sum(a[0] == 201 for a in answers)
    for answer in answers:
        if answer[0] != 201:
            is_503(answer, "the next ones, and eight at once")
    same(taken < len(answers), True, "the disk is full")
    same(c.get("/api/v1/people?limit=1")[0], 200, "reading goes on")
    same(c.get("/kk/")[0], 200, "the home page, too")
    server.alive()
    free()
    status, _, data = c.post("/api/v1/people", person(acknowledged, note), Idempotency_Key=f"full-{acknowledged}")
    same(status, 201, f"the refused write again, with room: {data!r:.300}")
    for n in range(8000, 8020):
        same(c.post("/api/v1/people", person(n))[0], 201, "writes go on")
    same(total(c) - before, acknowledged + taken + 21, "the acknowledged writes and no other")
    server.stop()
    same(stored(room), acknowledged + taken + 21, "in the table, too")
    room.verify()


@only("sqlite")
def test_file_size_limit(room):
    """What `ulimit -f` or LimitFSIZE= do: the write fails, and the signal must not end the server."""
    room.demo()
    room.token_before = room.token()
    limit = os.path.getsize(room.db) + (1 << 20)

    def narrow():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)

    server = room.serve(preexec=narrow)
    full_and_free(room, server, lambda: resource.prlimit(
        server.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)))


def mounted(path, size):
    p = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "shanyraq-test", path], capture_output=True)
    return p.returncode == 0


@only("sqlite")
def test_disk_full(room):
    room.demo()
    room.token_before = room.token()
    disk = os.path.join(room.dir, "disk")
    os.mkdir(disk)
    size = os.path.getsize(room.db) + (2 << 20)
    if not mounted(disk, size):
        raise Skipped("no file system can be mounted here; the file size limit stands for it")
    try:
        for end in ("", ".key"):
            shutil.copy(room.base + end, os.path.join(disk, "d.db" + end))
        room.db = room.base = os.path.join(disk, "d.db")
        server = room.serve()
        full_and_free(room, server, lambda: subprocess.run(
            ["mount", "-o", f"remount,size={size + (64 << 20)}", disk], check=True))
    finally:
        for s in room.servers:
            s.kill()
        subprocess.run(["umount", "-l", disk], check=True)


@only("sqlite")
def test_locked(room):
    room.demo()
    token = room.token()
    server = room.serve()
    c = server.client(token)
    for mode in ("IMMEDIATE", "EXCLUSIVE"):
        con = sqlite3.connect(room.db, isolation_level=None, timeout=10)
        con.execute("BEGIN " + mode)
        try:
            begin = time.monotonic()

            def one(i):
                if i < 4:
                    return server.client(token).post("/api/v1/people", person(i))
                time.sleep(1)
                answer = server.client(token).get("/api/v1/people?limit=1")
                check(time.monotonic() - begin < 4 * house.SLOW, "a reader does not wait for the lock")
                return answer

            answers = together(6, one)
            took = time.monotonic() - begin
            for a in answers[:4]:
                is_503(a, "a write to a locked database")
            same({a[0] for a in answers[4:]}, {200}, "reading goes on")
            check(4 < took < 25, "the program waits, but not for ever", took)
        finally:
            con.execute("ROLLBACK")
            con.close()
        same(c.post("/api/v1/people", person(100))[0], 201, "after " + mode)
    same(stored(room), 2, "nothing of the refused writes")
    server.alive()
    server.stop()
    room.verify()


@only("sqlite")
def test_short_lock(room):
    """A lock shorter than the patience is not seen by the client."""
    room.demo()
    token = room.token()
    server = room.serve()
    con = sqlite3.connect(room.db, isolation_level=None, check_same_thread=False)
    con.execute("BEGIN IMMEDIATE")

    def one(i):
        if i == 0:
            time.sleep(1.5)
            con.execute("ROLLBACK")
            return 201
        return server.client(token).post("/api/v1/people", person(i))[0]

    same(together(5, one), [201] * 5, "writes wait for the lock")
    con.close()
    same(stored(room), 4, "all are there")
    server.stop()


@only("postgresql")
def test_table_locked(room):
    room.demo()
    token = room.token()
    server = room.serve()
    holder = subprocess.Popen(["psql", "-X", "-q", "-A", "-t", room.db], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, text=True)
    try:
        holder.stdin.write("BEGIN;\nLOCK TABLE person IN EXCLUSIVE MODE;\nSELECT 'held';\n")
        holder.stdin.flush()
        same(holder.stdout.readline().strip(), "held", "the lock")
        for a in together(4, lambda i: server.client(token).post("/api/v1/people", person(i))):
            is_503(a, "a write to a locked table")
        same(server.client(token).get("/api/v1/people?limit=1")[0], 200, "reading goes on")
    finally:
        holder.stdin.close()
        holder.wait(10)
        holder.stdout.close()
    same(server.client(token).post("/api/v1/people", person(9))[0], 201, "and then it works")
    same(stored(room), 1, "nothing of the refused writes")
    server.stop()
    room.verify()


# ---- PostgreSQL gone and back, in a cluster of its own ----

def pg_ctl(*words):
    command = os.environ["SHANYRAQ_TEST_PG_CTL"].split() + ["-D", os.environ["SHANYRAQ_TEST_PG_DATA"], "-w", *words]
    subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, timeout=120)


def works(c):
    return c.get("/healthz")[0] == 200 and c.get("/api/v1/people?limit=1")[0] == 200


def gone_and_back(room, how):
    server = room.servers[-1]
    c = server.client(room.token_before)
    pg_ctl("stop", "-m", how)
    for _ in range(3):
        is_503(c.post("/api/v1/people", person(1)), f"a write without a server ({how})")
        is_503(c.get("/api/v1/people?limit=1"), "a list without a server")
        same(c.get("/healthz")[0], 503, "healthz says so")
        same(c.get("/ru/bodies?x=1")[0], 503, "and pages")
    check(server.process.poll() is None, "the program lives on", server.said()[-500:])
    pg_ctl("start", "-l", os.environ["SHANYRAQ_TEST_PG_DATA"] + "/log")
    until = time.monotonic() + 10
    while not works(c):
        check(time.monotonic() < until, "it works again without a restart", server.said()[-500:])
        time.sleep(0.1)


def inside_own_cluster():
    with Room("postgresql") as room:
        room.out("demo")
        room.token_before = room.token()
        server = room.serve()
        c = server.client(room.token_before)
        same(c.post("/api/v1/people", person(0))[0], 201, "before")
        for n, how in enumerate(("fast", "immediate")):
            gone_and_back(room, how)
            answers = together(16, lambda i, n=n: server.client(room.token_before).post(
                "/api/v1/people", person(100 * (n + 1) + i)))
            same({a[0] for a in answers}, {201}, "all connections are new: " + repr(answers[0])[:200])
        same(stored(room), 33, "nothing of the refused writes")
        server.stop()
        room.verify()
        pg_ctl("stop", "-m", "fast")
        same(room.run("figures").returncode, 3, "a command without a server")
        pg_ctl("start", "-l", os.environ["SHANYRAQ_TEST_PG_DATA"] + "/log")


@once
def test_postgresql_gone_and_back():
    if not house.PG:
        raise Skipped("SHANYRAQ_TEST_PG is not set")
    words = [os.path.join(HERE, "..", "pg.sh"), sys.executable, "-B", os.path.abspath(__file__), house.PROGRAM,
             str(house.SLOW), "inside"]
    p = subprocess.run(words, capture_output=True, text=True, timeout=240, env=dict(os.environ, PGFAST="1"))
    check(p.returncode == 0, "in a cluster of its own:", (p.stdout + p.stderr)[-3000:])


if __name__ == "__main__":
    if sys.argv[3:] == ["inside"]:
        try:
            inside_own_cluster()
        except house.Failed as e:
            sys.exit(str(e))
    else:
        house.main([f for n, f in list(globals().items()) if n.startswith("test_")])
