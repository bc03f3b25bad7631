"""house.py – what the tests of the binary share: TAP, rooms, servers, a client.

A room is a folder of its own with a database of its own: an SQLite file in it, or a PostgreSQL
database in the cluster that SHANYRAQ_TEST_PG names. Leaving the room kills its servers and removes
both, whatever happened inside. The demo is made once per engine and file of tests and then copied.
Servers listen on port 0 and say where they are; nothing outside the room is touched. Tests are
functions test_*(room); each runs on both engines unless it is marked with @only(). SHANYRAQ_BUG_ABORT
makes every BUG() of the program its end, so a server that lives had none.
"""
import http.client
import json
import os
import re
import resource
import shutil
import signal
import socket
import sqlite3
import struct
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import urllib.parse
import zlib

PROGRAM = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else None
SLOW = int(sys.argv[2]) if len(sys.argv) > 2 else 1  # how much slower a sanitized build may be
PG = os.environ.get("SHANYRAQ_TEST_PG")
DATA = os.environ.get("SHANYRAQ_TEST_PG_DATA")
LENT = DATA and os.path.join(os.path.dirname(DATA), "demo")  # beside the cluster, and gone with it
ENV = dict(os.environ, SHANYRAQ_BUG_ABORT="1")
ENV.pop("SHANYRAQ_DB", None)
ENV.pop("SHANYRAQ_DIR", None)


def png(side, pixels=None):
    """A picture of side × side points; `pixels`: other bytes than those it needs."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + bytes((x * y) % 256 for x in range(3 * side)) for y in range(side)) if pixels is None else pixels
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


class Failed(Exception):
    pass


class Skipped(Exception):
    """Nothing was tested; the text says why."""


def check(yes, what="", *more):
    if not yes:
        raise Failed(" ".join([str(what)] + [repr(m)[:600] for m in more]))


def same(got, want, what=""):
    if got != want:
        raise Failed(f"{what}: got {got!r:.900}, wanted {want!r:.900}")


# ---- rooms ----

def pg_url(name):
    return PG.replace("/postgres?", f"/{name}?")


def psql(url, sql):
    """Rows as lists of texts; stops the test when the server refuses."""
    p = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1", url],
                       input=sql, capture_output=True, text=True, timeout=60)
    check(p.returncode == 0, "psql", sql, p.stderr)
    return [line.split("\t") for line in p.stdout.splitlines()]


class Room:
    count = 0
    demos = {}  # engine → room that is only copied from

    def __init__(self, engine):
        Room.count += 1
        self.engine, self.servers = engine, []
        self.dir = tempfile.mkdtemp(prefix="shanyraq-bin-")
        os.chmod(self.dir, 0o755)
        self.name = f"bin_{os.getpid()}_{Room.count}"
        if engine == "postgresql":
            psql(PG, f"CREATE DATABASE {self.name}")
            self.db, self.base = pg_url(self.name), os.path.join(self.dir, self.name)
        else:
            self.db = self.base = os.path.join(self.dir, "d.db")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for s in self.servers:
            s.kill()
        if self.engine == "postgresql":
            psql(PG, f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
        shutil.rmtree(self.dir, ignore_errors=True)

    def env(self, **more):
        return dict(ENV, SHANYRAQ_DIR=self.dir, **more)

    def run(self, *args, db=True, timeout=120, **env):
        words = [PROGRAM, *args] + (["--db", self.db] if db else [])
        return subprocess.run(words, capture_output=True, env=self.env(**env), cwd=self.dir, timeout=timeout,
                              stdin=subprocess.DEVNULL)

    def out(self, *args):
        """Standard output of a command that must succeed."""
        p = self.run(*args)
        check(p.returncode == 0, f"{args} ended with {p.returncode}:", p.stderr.decode(errors="replace"))
        return p.stdout.decode()

    def demo(self):
        """This room with the demo region in it."""
        first = Room.first(self.engine)
        if self.engine == "postgresql":
            psql(PG, f"DROP DATABASE {self.name}")
            psql(PG, f"CREATE DATABASE {self.name} TEMPLATE {first.name} STRATEGY FILE_COPY")
        else:
            shutil.copy(first.db, self.db)
        for end in (".key", ".sign-ins"):
            shutil.copy(first.base + end, self.base + end)
        os.makedirs(self.base + ".files", 0o700, exist_ok=True)
        return self

    @staticmethod
    def first(engine):
        """The room that the demo is copied from."""
        if engine not in Room.demos:
            room = Lent(engine) if LENT else Room(engine)
            try:
                room.make()
            except BaseException:
                room.__exit__()
                raise
            Room.demos[engine] = room  # whole: half a demo is copied by nobody
        return Room.demos[engine]

    def make(self):
        """The demo; self.took: seconds by the clock, and the program's own."""
        begin, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        self.out("demo")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.took = [time.monotonic() - begin, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime]

    def sql(self, text):
        """Rows as lists of texts, beside the program."""
        if self.engine == "postgresql":
            return psql(self.db, text)
        con = sqlite3.connect(self.db, timeout=20)
        try:
            rows = [["" if c is None else str(c) for c in r] for r in con.execute(text).fetchall()]
            con.commit()
            return rows
        finally:
            con.close()

    def number(self, text):
        return int(self.sql(text)[0][0])

    def token(self, login="clerk"):
        return self.out("token", "create", "--user", login).splitlines()[-1]

    def password(self, login):
        with open(self.base + ".sign-ins", encoding="utf-8") as f:
            return dict(line.split(" ", 1) for line in f.read().splitlines())[login]

    def verify(self):
        p = self.run("verify")
        last = p.stdout.decode().splitlines()[-1:]
        check(p.returncode == 0 and last and last[0].endswith(" 0 differences"), "verify is not clean:",
              p.returncode, p.stdout.decode()[-1500:], p.stderr)

    def serve(self, listen="127.0.0.1:0", **more):
        s = Server(self, listen, **more)
        self.servers.append(s)
        s.wait_up()
        return s


class Lent(Room):
    """The demo that all files of tests copy from, one an engine: made by the first, beside the cluster that
    test/pg.sh lends and takes away at the end. One more would take half a minute under sanitizers."""

    def __init__(self, engine):
        self.engine, self.servers, self.dir, self.name = engine, [], os.path.join(LENT, engine), "bin_demo"
        self.base = os.path.join(self.dir, self.name)
        self.db = pg_url(self.name) if engine == "postgresql" else self.base

    def __exit__(self, *_):
        pass

    def make(self):
        made = os.path.join(self.dir, "made")
        if os.path.exists(made):
            with open(made, encoding="utf-8") as f:
                self.took = json.load(f)
            return
        shutil.rmtree(self.dir, ignore_errors=True)  # one that was broken off
        os.makedirs(self.dir)
        if self.engine == "postgresql":
            psql(PG, f"DROP DATABASE IF EXISTS {self.name}")
            psql(PG, f"CREATE DATABASE {self.name}")
        super().make()
        with open(made + ".part", "w", encoding="utf-8") as f:
            json.dump(self.took, f)
        os.rename(made + ".part", made)


# ---- servers and clients ----

class Server:
    def __init__(self, room, listen, preexec=None, args=("--quiet",)):
        self.room = room
        self.log = tempfile.TemporaryFile(dir="/tmp")
        self.process = subprocess.Popen([PROGRAM, "serve", *args, "--listen", listen, "--db", room.db],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self.log,
                                        env=room.env(), cwd=room.dir, preexec_fn=preexec)
        self.port = None

    def said(self):
        return os.pread(self.log.fileno(), 1 << 20, 0).decode(errors="replace")

    def wait_up(self):
        until = time.monotonic() + 20 * SLOW
        while time.monotonic() < until:
            m = re.search(r"listens on (?:https?://.*:(\d+)/|unix:)", self.said())
            if m:
                self.port = m.group(1) and int(m.group(1))
                return
            check(self.process.poll() is None, "the server ended:", self.process.returncode, self.said())
            time.sleep(0.01)
        raise Failed("the server does not come up: " + self.said())

    def alive(self):
        check(self.process.poll() is None, "the server is dead:", self.process.returncode, self.said()[-1500:])
        same(self.client().get("/healthz")[0], 200, "healthz")

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.log.close()

    def stop(self):
        self.process.terminate()
        code = self.process.wait(30)
        check(code == 0, "exit after SIGTERM:", code, self.said()[-1500:])

    def client(self, token=None, timeout=60):
        return Client(self.port, token, timeout)


class Client:
    """One connection; an answer is (status, headers with small names, body)."""

    def __init__(self, port, token=None, timeout=60):
        self.port, self.token, self.timeout, self.con = port, token, timeout, None

    def ask(self, method, path, body=None, **headers):
        h = {k.replace("_", "-"): v for k, v in headers.items()}
        if self.token:
            h["Authorization"] = "Bearer " + self.token
        if isinstance(body, (dict, list)):
            body = json.dumps(body, ensure_ascii=False).encode()
        for again in (False, True):
            fresh = self.con is None
            if fresh:
                self.con = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
            try:
                self.con.request(method, path, body, h)
                r = self.con.getresponse()
                data = r.read()
                if r.will_close:
                    self.close()
                names = {k.lower() for k in r.headers}
                return r.status, {k: ", ".join(r.headers.get_all(k)) for k in names}, data
            except (ConnectionError, http.client.BadStatusLine, OSError):
                self.close()
                # a kept connection may have ended between two requests; only reading is asked twice
                if fresh or again or method != "GET":
                    raise
        return None

    def close(self):
        if self.con is not None:
            self.con.close()
            self.con = None

    def get(self, path, **headers):
        return self.ask("GET", path, None, **headers)

    def post(self, path, body, **headers):
        return self.ask("POST", path, body, **headers)

    def patch(self, path, body, **headers):
        return self.ask("PATCH", path, body, **headers)

    def send_form(self, path, fields, **headers):
        return self.post(path, urllib.parse.urlencode(fields),
                         Content_Type="application/x-www-form-urlencoded", **headers)

    def csrf(self, page, action, **headers):
        """The token in the form of that page that goes to that action."""
        status, _, data = self.get(page, **headers)
        check(status == 200, page, status)
        m = re.search(r"<form[^>]*action='" + re.escape(action) + r"'[^>]*>.*?name='_csrf' value='([^']+)'",
                      data.decode(), re.S)
        check(m, "a form for " + action, data[-3000:])
        return m.group(1)

    def sign_in(self, login, password):
        """Answer of the form, and the cookie or None."""
        answer = self.send_form("/kk/sign-in", {"login": login, "password": password,
                                                "_csrf": self.csrf("/kk/sign-in", "/kk/sign-in")})
        m = re.search(r"(?:^|, )s=([^;]+)", answer[1].get("set-cookie", ""))
        return answer, m and m.group(1)


def raw(port, data, timeout=30):
    """Bytes to the server and everything that comes back; the sender does not wait for the reader."""
    s = socket.create_connection(("127.0.0.1", port), timeout=timeout)
    got = b""

    def send():
        try:
            s.sendall(data)
            s.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # refused in the middle, as it may be

    t = threading.Thread(target=send, daemon=True)
    t.start()
    try:
        while True:
            part = s.recv(65536)
            if not part:
                break
            got += part
    except ConnectionError:
        pass
    finally:
        s.close()
        t.join(timeout)
    return got


def raw_status(answer):
    m = re.match(rb"HTTP/1\.[01] (\d{3}) ", answer)
    return int(m.group(1)) if m else 0


def together(n, work):
    """work(i) in n threads that begin at once; the results in order, or the first failure."""
    gate, out, wrong = threading.Barrier(n), [None] * n, []

    def one(i):
        try:
            gate.wait(30)
            out[i] = work(i)
        except BaseException as e:  # handed to the caller below
            wrong.append(e)

    threads = [threading.Thread(target=one, args=(i,), daemon=True) for i in range(n)]
    for t in threads:
        t.start()
    for t in threads:
        t.join(240)
    if wrong:
        raise wrong[0]
    check(not any(t.is_alive() for t in threads), "a thread hangs")
    return out


LETTERS = "абвгдежзик"


def letters(n):
    """A number as letters, for names."""
    return "".join(LETTERS[int(c)] for c in f"{n:05d}").capitalize()


# ---- TAP ----

def only(engine):
    def mark(f):
        f.engines = [engine]
        return f
    return mark


def once(f):
    """The test opens its own rooms and gets none."""
    f.engines = [None]
    return f


def plan(tests):
    return [(f, e) for f in tests for e in getattr(f, "engines", ["sqlite", "postgresql"])]


def run_one(f, engine):
    if engine is None:
        f()
        return
    with Room(engine) as room:
        f(room)


def main(tests):
    def leave(*_):
        raise SystemExit("stopped by a signal")

    signal.signal(signal.SIGTERM, leave)
    wanted, failed = plan(tests), 0
    print(f"1..{len(wanted)}", flush=True)
    try:
        for i, (f, engine) in enumerate(wanted, 1):
            name = f"{f.__name__.removeprefix('test_')}{'' if engine is None else ' ' + engine}"
            if engine == "postgresql" and not PG:
                print(f"ok {i} - {name} # SKIP SHANYRAQ_TEST_PG is not set", flush=True)
                continue
            begin = time.monotonic()
            try:
                run_one(f, engine)
                print(f"ok {i} - {name}\n# {time.monotonic() - begin:.1f} s", flush=True)
            except Skipped as e:
                print(f"ok {i} - {name} # SKIP {e}", flush=True)
            except Exception as e:
                failed += 1
                text = str(e) if isinstance(e, Failed) else traceback.format_exc()
                where = traceback.extract_tb(e.__traceback__)
                lines = [f"line {t.lineno} in {t.name}" for t in where if t.filename == os.path.abspath(sys.argv[0])]
                print(f"not ok {i} - {name}")
                print("\n".join("# " + line for line in (text + "\n" + ", ".join(lines)).splitlines()), flush=True)
    finally:
        for r in Room.demos.values():
            r.__exit__()
    sys.exit(1 if failed else 0)
