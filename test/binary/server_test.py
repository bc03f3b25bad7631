"""server_test.py – life on a server: configuration, proxies, figures of the server, rates, slow clients,
the end."""
import json
import os
import re
import shutil
import socket
import stat
import subprocess
import threading
import time

import house
from house import SLOW, check, once, only, same
from house import Room

PROXY = ("--quiet", "--trust-proxy", "127.0.0.1, 10.0.0.0/8")
FAR = {"X_Forwarded_For": "203.0.113.7"}


# ---- configuration ----

def config(room, text, *args, **env):
    path = os.path.join(room.dir, "c.conf")
    with open(path, "wb") as f:
        f.write(text if isinstance(text, bytes) else text.encode())
    return room.run("config", "--config", path, *args, db=False, **env)


@only("sqlite")
def test_config_holds_in_order(room):
    p = config(room, "\ufeff# a comment\n\n  listen =  127.0.0.1:1 \r\nbase-url = https://a.example\nlimits = off\n"
               "log=json\ndb = postgresql://u:secret@h/db?password=hidden&x=1\nmetrics-token = 0123456789abcdef\n",
               "--limits", "on", SHANYRAQ_LOG="journal", SHANYRAQ_LISTEN="")
    same(p.returncode, 0, p.stderr)
    out = p.stdout.decode()
    said = dict(re.findall(r"# (.*)\n#?([a-z-]+) =", out))
    by = {v: k for k, v in said.items()}
    got = dict(re.findall(r"^([a-z-]+) = (.*)$", out, re.M))
    same(got["listen"], "127.0.0.1:1", "an empty variable is none")
    same((got["limits"], got["log"], got["base-url"]), ("on", "journal", "https://a.example"), "option, environment, file")
    check("# option\nlimits" in out and "# environment\nlog" in out and "c.conf:4\nbase-url" in out, "with origins", out)
    check("secret" not in out and "hidden" not in out and "0123456789abcdef" not in out, "secrets are hidden", out)
    check("postgresql://u:***@h/db?password=***&x=1" in out and by, "but the address is told", out)


@only("sqlite")
def test_config_refuses(room):
    for line, text in enumerate(("nosuch = 1", "listen", "= 1", "listen =", "[server]", "limits = maybe",
                                 "base-url = https://a.example/path", "base-url = ftp://a", "socket-mode = 99",
                                 "socket-mode = 0444", "stop-seconds = -1", "stop-seconds = 601", "log = plain",
                                 "trust-proxy = everybody", "metrics-token = short", "db = a\n\ndb = b",
                                 "listen = \x01", b"listen = \xff", "config = other", "listen = a\n  continued"), 2):
        before = b"# one\n"
        raw = text if isinstance(text, bytes) else text.encode()
        p = config(room, before + raw + b"\n")
        at = 2 + raw.count(b"\n")
        same(p.returncode, 2, f"{line}: {text!r}")
        check(f"c.conf:{at}: ".encode() in p.stderr, "names the line", text, p.stderr)
    p = config(room, b"# x\n" * 20000)
    check(p.returncode == 2 and b"larger" in p.stderr, "a file too large", p.stderr)
    p = room.run("config", "--config", os.path.join(room.dir, "none"), db=False)
    check(p.returncode == 2 and b"none" in p.stderr, "no such file", p.stderr)
    p = room.run("config", db=False, SHANYRAQ_LIMITS="perhaps")
    check(p.returncode == 2 and b"SHANYRAQ_LIMITS" in p.stderr, "a wrong variable", p.stderr)
    p = room.run("serve", "--base-url", "nowhere")
    check(p.returncode == 2 and b"--base-url" in p.stderr, "a wrong option", p.stderr)


@only("sqlite")
def test_config_serves(room):
    """The same words in a file serve as they do as options."""
    room.demo()
    path = os.path.join(room.dir, "house.conf")
    with open(path, "w", encoding="utf-8") as f:
        f.write(f"db = {room.db}\nlisten = 127.0.0.1:0\nquiet = yes\nbase-url = https://house.example\n")
    server = room.serve(args=("--config", path))
    api = json.loads(server.client().get("/api/v1/openapi.json")[2])
    same(api["servers"], [{"url": "https://house.example"}], "the address of the house")
    p = room.run("user", "list", "--config", path, db=False)
    check(p.returncode == 0 and b"admin" in p.stdout, "commands read it too", p.stderr)
    server.stop()


# ---- proxies and sockets ----

@only("sqlite")
def test_proxy(room):
    room.demo()
    server = room.serve(args=PROXY)
    c = server.client()

    def cookie(**headers):
        csrf = c.csrf("/kk/sign-in", "/kk/sign-in")
        a = c.send_form("/kk/sign-in", {"login": "clerk", "password": room.password("clerk"), "_csrf": csrf}, **headers)
        same(a[0], 303, "signed in")
        return a[1]["set-cookie"], a[1]

    check("Secure" not in cookie()[0], "plain HTTP")
    said, head = cookie(X_Forwarded_Proto="https", **FAR)
    check("; Secure" in said, "TLS before the proxy", said)
    check("strict-transport-security" in head, "and said to the browser", head)
    url = json.loads(c.get("/api/v1/openapi.json", X_Forwarded_Proto="https", Host="x.example")[2])["servers"][0]["url"]
    same(url, "https://x.example", "without --base-url the Host")
    server.stop()
    server = room.serve()
    c = server.client()
    check("Secure" not in cookie(X_Forwarded_Proto="https", **FAR)[0], "a proxy that nobody named is not believed")
    server.stop()
    server = room.serve(args=("--quiet", "--base-url", "https://house.example"))
    c = server.client()
    csrf = c.csrf("/kk/sign-in", "/kk/sign-in")
    form = {"login": "clerk", "password": room.password("clerk"), "_csrf": csrf}
    a = c.send_form("/kk/sign-in", form, Origin="https://house.example")
    check(a[0] == 303 and "; Secure" in a[1]["set-cookie"], "its own address is an origin, and is TLS", a[:2])
    same(c.send_form("/kk/sign-in", form, Origin="https://other.example")[0], 403, "another is not")
    server.stop()


@only("sqlite")
def test_socket_mode(room):
    room.out("init")
    for mode in ("0600", "0666"):
        path = os.path.join(room.dir, "m.sock")
        server = room.serve("unix:" + path, args=("--quiet", "--socket-mode", mode))
        same(oct(stat.S_IMODE(os.stat(path).st_mode)), oct(int(mode, 8)), mode)
        server.stop()


def nginx_conf(room, socket_path, port):
    """The example that the package carries, on another port and without TLS."""
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    with open(os.path.join(root, "docs/examples/nginx.conf"), encoding="utf-8") as f:
        text = f.read()
    text, n = re.subn(r"server unix:[^;]+;", f"server unix:{socket_path};", text)
    same(n, 1, "the socket in the example")
    text, n = re.subn(r"server \{\s+listen 80;.*?\n\}\n", "", text, flags=re.S)
    same(n, 1, "the server that sends on to TLS")
    text = re.sub(r"\n\tlisten \[::\]:443[^;]*;|\n\tssl_[^;]*;", "", text)
    text, n = re.subn(r"listen 443 ssl http2;", f"listen 127.0.0.1:{port};", text)
    same(n, 1, "the port")
    path, tmp = os.path.join(room.dir, "nginx.conf"), room.dir
    with open(path, "w", encoding="utf-8") as f:
        f.write(f"daemon off; pid {tmp}/nginx.pid; error_log {tmp}/nginx.err; worker_processes 1;\n"
                "events {}\nhttp {\naccess_log off;\n" +
                "".join(f"{k}_temp_path {tmp}/{k};\n" for k in
                        ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) + text + "}\n")
    return path


@only("sqlite")
def test_nginx(room):
    """The example before the real program: who asks, what is closed, a large body, the end."""
    nginx = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")
    check(nginx, "nginx is not installed: tools/need test")
    room.demo()
    os.chmod(room.dir, 0o777)  # as root nginx serves as another user
    path = os.path.join(room.dir, "s.sock")
    server = room.serve("unix:" + path, args=("--socket-mode", "0666", "--base-url", "http://kogam.example"))
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    p = subprocess.Popen([nginx, "-p", room.dir, "-c", nginx_conf(room, path, port)], stderr=subprocess.PIPE)
    try:
        until, c = time.monotonic() + 20, house.Client(port)
        while time.monotonic() < until:
            try:
                same(c.get("/healthz")[2], b"ok\n", "through the proxy")
                break
            except OSError:
                check(p.poll() is None, "nginx ended", p.stderr.read() if p.poll() is not None else "")
                time.sleep(0.05)
        answer, cookie = c.sign_in("clerk", room.password("clerk"))
        check(answer[0] == 303 and cookie, "signed in", answer[:2])
        same(c.get("/kk/people", Cookie="s=" + cookie)[0], 200, "a page of the staff")
        same(c.get("/metrics")[0], 404, "figures of the server are closed")
        status = c.post("/api/v1/people", b"x" * (300 << 10), Authorization="Bearer x", Content_Type="application/json")[0]
        same(status, 413, "too large for the house")
        codes = {c.get("/kk/search?q=n%d" % i, X_Forwarded_For="203.0.113.%d" % (i % 250))[0] for i in range(120)}
        same(codes, {200, 429}, "what a client writes itself into X-Forwarded-For does not help it")
        server.stop()
        same(c.get("/kk/")[0], 502, "the house has ended")
    finally:
        p.terminate()
        p.wait(20)
        p.stderr.close()


# ---- what machines ask ----

def numbers(text):
    return {k: float(v) for k, v in re.findall(r"^(shanyraq_\S+) (\S+)$", text, re.M)}


def test_metrics(room):
    room.demo()
    server = room.serve(args=PROXY + ("--metrics-token", "a-token-for-figures"))
    c = server.client()
    for path in ("/kk/", "/kk/", "/kk/", "/kk/people", "/nosuch", "/kk/search?q=ab"):
        c.get(path)
    status, head, body = c.get("/metrics")
    same((status, head["content-type"]), (200, "text/plain; version=0.0.4; charset=utf-8"), "from this machine")
    text = body.decode()
    for line in text.splitlines():
        check(re.fullmatch(r"# (HELP|TYPE) shanyraq_\w+ .+|shanyraq_\w+(\{\w+=\"[^\"]*\"(,\w+=\"[^\"]*\")*\})? -?[0-9.e+]+",
                           line), "a line of the exposition", line)
    n = numbers(text)
    same(n['shanyraq_requests_total{door="search",status="2xx"}'], 1, "searches")
    check(n['shanyraq_requests_total{door="page",status="2xx"}'] >= 3, "pages")
    check(n["shanyraq_page_cache_hits_total"] >= 1 and n["shanyraq_page_cache_misses_total"] >= 1, "the cache", text)
    same(n["shanyraq_backup_last_proved_age_seconds"], -1, "no backup yet")
    for d in ("page", "api", "search"):
        same(n[f'shanyraq_request_seconds_bucket{{door="{d}",le="+Inf"}}'],
             n[f'shanyraq_request_seconds_count{{door="{d}"}}'], "a histogram ends with all")
    check(n["shanyraq_audit_last_row"] > 0 and n["shanyraq_bugs_total"] == 0, "audit and bugs")
    same(c.get("/metrics", **FAR)[0], 404, "from outside there is no such page")
    same(c.get("/metrics", Authorization="Bearer a-token-for-figurez", **FAR)[0], 404, "nor with another token")
    same(c.get("/metrics", Authorization="Bearer a-token-for-figures", **FAR)[0], 200, "with the token")
    same(c.get("/readyz")[2], b"ready\n", "ready")
    server.stop()
    server = room.serve()
    same(server.client().get("/metrics", **FAR)[0], 404, "nor behind a proxy that nobody named")
    server.stop()


def test_readiness(room):
    """A schema that another program has changed, and a database that has gone."""
    room.demo()
    server = room.serve()
    room.sql("INSERT INTO schema_migration SELECT 999, " + columns(room) +
             " FROM schema_migration WHERE number = 1")
    status, _, body = server.client().get("/readyz")
    same((status, body), (503, b"not ready: schema\n"), "a newer schema")
    same(server.client().get("/healthz")[0], 200, "it lives all the same")
    server.stop()


def columns(room):
    if room.engine == "sqlite":
        names = [r[1] for r in room.sql("PRAGMA table_info(schema_migration)")]
    else:
        names = [r[0] for r in room.sql("SELECT column_name FROM information_schema.columns WHERE table_name ="
                                        " 'schema_migration' ORDER BY ordinal_position")]
    check(names[0] == "number", "its first column", names)
    return ", ".join(names[1:])


@only("sqlite")
def test_log(room):
    """One JSON object a line, and nobody in it."""
    room.demo()
    server = room.serve(args=("--log", "json", "--trust-proxy", "127.0.0.1"))
    c = server.client()
    _, cookie = c.sign_in("clerk", room.password("clerk"))
    c.get("/kk/people?q=%D0%90%D1%81%D0%B0%D0%BD", Cookie="s=" + cookie, **FAR)
    c.get("/kk/search?q=Zhaqsybekov", **FAR)
    c.get("/kk/nosuch", **FAR)
    server.stop()
    lines = [json.loads(line) for line in server.said().splitlines()]
    asked = [x for x in lines if x["msg"] == "request"]
    check(len(asked) >= 5, "a line a request", len(asked))
    for x in asked:
        same(set(x), {"level", "t", "msg", "id", "method", "route", "lang", "who", "rc", "status", "queries", "us", "bytes",
                      "arena"}, "members")
    same({x["who"] for x in asked}, {"guest", "session"}, "who")
    said = server.said()
    for word in ("203.0.113.7", "127.0.0.1\"", "clerk", "Zhaqsybekov", "%D0", "Асан", cookie):
        check(word not in said, "nobody is named", word)


# ---- what an administrator sets, and long works ----

def signed_in(room, server, login):
    c = server.client()
    return c, {"Cookie": "s=" + c.sign_in(login, room.password(login))[1]}


def test_settings(room):
    """Changed in a group, told with who, taken back; a name by its day; refused with its field."""
    room.demo()
    server = room.serve()
    c, admin = signed_in(room, server, "admin")
    csrf = c.csrf("/en/settings", "/en/settings", **admin)
    same(c.send_form("/en/settings", {"_csrf": csrf, "phone": "+7 7132 11 11 11"}, **admin)[0], 303, "saved")
    page = c.get("/en/settings", **admin)[2].decode()
    check("+7 7132 11 11 11" in page and "+7 7132 00 00 00" in page, "before and after", page[-3000:])
    status, _, body = c.send_form("/en/settings", {"_csrf": csrf, "file_mb": "99"}, **admin)
    check(status == 422 and "Write a number from 1 to 20." in body.decode(), "refused", status)
    undo = re.search(r"action='(/en/settings/undo/\d+)'", page).group(1)
    token = c.csrf("/en/settings", undo, **admin)
    same(c.send_form(undo, {"_csrf": token}, **admin)[0], 303, "taken back")
    same(room.sql("SELECT value FROM setting WHERE name = 'phone'"), [["+7 7132 00 00 00"]], "as before")
    same(c.send_form(undo, {"_csrf": token}, **admin)[0], 404, "only once")
    csrf = c.csrf("/en/settings/institution", "/en/settings/institution", **admin)
    new = {"_csrf": csrf, "since": "01.01.2024", "name_kk": "Жаңа мекеме", "name_ru": "Новое учреждение", "name_en": "New house"}
    boundary = "x" * 20
    png = b"\x89PNG\r\n\x1a\n" + bytes(100)
    body = b"".join(f'--{boundary}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode()
                    for k, v in new.items()) + (
        f'--{boundary}\r\nContent-Disposition: form-data; name="logo"; filename="l.png"\r\n'
        "Content-Type: image/png\r\n\r\n").encode() + png + f"\r\n--{boundary}--\r\n".encode()
    answer = c.post("/en/settings/institution", body, Content_Type=f"multipart/form-data; boundary={boundary}", **admin)
    same(answer[0], 303, answer[2][-600:])
    until = time.monotonic() + 10 * SLOW
    while time.monotonic() < until and "New house" not in server.client().get("/en/")[2].decode():
        time.sleep(0.1)
    page = server.client().get("/en/")[2].decode()
    check("New house" in page and "/logo/1" in page, "shown to guests", page[:3000])
    status, head, picture = server.client().get("/logo/1")
    same((status, head["content-type"], picture), (200, "image/png", png), "the logo")
    same(server.client().get("/logo/2")[0], 404, "no other")
    same(signed_in(room, server, "clerk")[0].get("/en/settings", **signed_in(room, server, "clerk")[1])[0], 403, "a clerk")
    server.stop()


def test_long_work(room):
    """Asked for by a button, done beside, fetched by its asker only."""
    room.demo()
    server = room.serve()
    c, auditor = signed_in(room, server, "auditor")
    csrf = c.csrf("/en/jobs", "/en/jobs", **auditor)
    same(c.send_form("/en/jobs", {"_csrf": csrf, "kind": "verify"}, **auditor)[0], 303, "asked for")
    until, state = time.monotonic() + 60 * SLOW, ""
    while time.monotonic() < until and state in ("", "asked", "running"):
        status, head, _ = c.get("/en/jobs", **auditor)
        state = room.sql("SELECT state FROM work")[0][0]
        check(state not in ("asked", "running") or status == 200, "the page")
        time.sleep(0.2)
    same(state, "done", room.sql("SELECT said FROM work"))
    page = c.get("/en/jobs", **auditor)
    check("refresh" not in page[1] and "/en/jobs/1/result" in page[2].decode(), "with its result", page[2][-2000:])
    status, head, body = c.get("/en/jobs/1/result", **auditor)
    check(status == 200 and body.decode().rstrip().endswith(" 0 differences"), "the recount", status, body[-200:])
    check("attachment" in head["content-disposition"], "saved, not shown", head)
    other, admin = signed_in(room, server, "admin")
    check("Recount everything" in other.get("/en/jobs", **admin)[2].decode(), "an administrator sees that it was done")
    same(other.get("/en/jobs/1/result", **admin)[0], 404, "not fetched by another")
    same(other.send_form("/en/jobs", {"_csrf": other.csrf("/en/sign-out", "/en/sign-out", **admin), "kind": "verify"},
                         **admin)[0], 403, "nor asked for without the right")
    c2, clerk = signed_in(room, server, "clerk")
    same(c2.get("/en/jobs/1/result", **clerk)[0], 404, "nor known to a clerk")
    server.stop()


# ---- how often ----

@only("sqlite")
def test_rates(room):
    """Each kind of door has its own rate, each address its own turns; the machine itself is not counted."""
    room.demo()
    token = room.token()
    server = room.serve(args=PROXY)
    c = server.client()
    api = {"Authorization": "Bearer " + token}

    def burst(path, n, **headers):
        # a page that is kept costs nothing and is not counted, so each address is another
        out = [c.get(f"{path}{i}" if path.endswith("=") else path, **headers) for i in range(n)]
        return [a[0] for a in out], out[-1]

    codes, last = burst("/kk/search?q=", 200, **FAR)
    check(codes.count(200) >= 80 and codes[-1] == 429, "searches of a guest", codes.count(200), codes[-1])
    check(1 <= int(last[1]["retry-after"]) <= 60, "when to come again", last[1])
    for lang, title in (("kk", "тым көп"), ("ru", "слишком много"), ("en", "Too many")):
        status, _, body = c.get(f"/{lang}/search?q=new{lang}", **FAR)
        check(status == 429 and title in body.decode(), "said in the reader's language", lang, status)
    same(c.get("/kk/search?q=neighbour", X_Forwarded_For="203.0.113.8")[0], 200, "the neighbour may")
    same(c.get("/kk/figures", **FAR)[0], 200, "pages are another door")
    same(burst("/kk/search?w=1&q=", 150)[0].count(200), 150, "from the machine itself")
    codes, last = burst("/api/v1/figures/events_total/records?format=csv", 40, **api, X_Forwarded_For="203.0.113.9")
    check(5 <= codes.count(200) <= 20 and codes[-1] == 429, "exports of an account", codes)
    same(last[1]["content-type"], "application/problem+json", "the API's answer")
    same(json.loads(last[2])["status"], 429, "in JSON")
    codes, _ = burst("/api/v1/figures/events_total/records?format=csv", 2, **api, X_Forwarded_For="203.0.113.10")
    same(codes, [429, 429], "an account is the same from everywhere")
    v6 = [c.get(f"/kk/search?q=v6-{i}", X_Forwarded_For=f"2001:db8::{i:x}")[0] for i in range(1, 150)]
    check(429 in v6, "a network of IPv6 is one")
    n = numbers(c.get("/metrics")[2].decode())
    check(n['shanyraq_rate_refusals_total{door="search"}'] > 100, "refusals are counted", n)
    server.stop()
    server = room.serve(args=PROXY + ("--limits", "off"))
    c = server.client()
    same(burst("/kk/search?w=2&q=", 150, **FAR)[0].count(200), 150, "limits can be off")
    server.stop()


@only("sqlite")
def test_slow_clients(room):
    """200 clients that send and read a byte now and then; the good ones are answered meanwhile."""
    room.demo()
    server = room.serve()
    slow, stop = [], threading.Event()
    for i in range(200):
        s = socket.create_connection(("127.0.0.1", server.port))
        if i % 3 == 0:
            s.sendall(b"GET /kk/ HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        elif i % 3 == 1:
            s.sendall(b"POST /kk/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n"
                      b"Content-Type: application/x-www-form-urlencoded\r\n\r\nlogin=")
        else:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            s.sendall(b"GET /kk/events HTTP/1.1\r\nHost: x\r\n\r\n" * 20)
        s.setblocking(False)
        slow.append(s)

    def drip():
        while not stop.is_set():
            for i, s in enumerate(slow):
                try:
                    s.recv(1) if i % 3 == 2 else s.send(b"a")
                except OSError:
                    pass
            stop.wait(1)

    t = threading.Thread(target=drip, daemon=True)
    t.start()
    took, until, c = [], time.monotonic() + 11, server.client()
    while time.monotonic() < until:
        begin = time.monotonic()
        same(c.get("/kk/figures")[0], 200, "a good client")
        same(server.client().get("/healthz")[0], 200, "and a new one")
        took.append(time.monotonic() - begin)
        time.sleep(0.05)
    check(max(took) < 1.5 * SLOW, "within a moment", max(took))
    n = numbers(c.get("/metrics")[2].decode())
    check(n["shanyraq_connections"] < 140, "slow heads are closed after ten seconds", n["shanyraq_connections"])
    stop.set()
    t.join()
    for s in slow:
        s.close()
    begin = time.monotonic()
    server.stop()
    check(time.monotonic() - begin < 11 * SLOW, "nor do they hold the end up")
    print(f"# {len(took)} pairs of good requests, the slowest {max(took) * 1000:.0f} ms")


# ---- what every answer says ----

HEADERS = {"x-content-type-options": "nosniff", "referrer-policy": "same-origin", "x-frame-options": "DENY",
           "cross-origin-opener-policy": "same-origin", "cross-origin-resource-policy": "same-origin"}


@only("sqlite")
def test_security_headers(room):
    """Every kind of door, whatever its outcome."""
    room.demo()
    token = room.token()
    server = room.serve(args=PROXY)
    c = server.client()
    style = re.search(r"/static/shanyraq\.[^'\"]+", c.get("/kk/")[2].decode()).group(0)
    admin = {"Cookie": "s=" + c.sign_in("admin", room.password("admin"))[1]}
    api = {"Authorization": "Bearer " + token}
    seen = set()
    for path, headers in ((style, {}), ("/", {}), ("/kk/", {}), ("/kk/", {}), ("/kk/nosuch", {}), ("/nosuch", {}),
                          ("/kk/people", {}), ("/kk/people", admin), ("/kk/settings", admin), ("/kk/sign-in", {}),
                          ("/kk/people?format=csv", admin), ("/kk/search?q=a", admin), ("/healthz", {}), ("/readyz", {}),
                          ("/metrics", {}), ("/metrics", FAR), ("/api/v1/openapi.json", {}), ("/api/v1/people", {}),
                          ("/api/v1/people", api), ("/api/v1/people/0", api), ("/api/v1/search?q=a", api),
                          ("/kk/a%00b", {}), ("/kk/?q=%ff", {})):
        for method in ("GET", "HEAD"):
            status, head, _ = c.ask(method, path, **headers, X_Forwarded_Proto="https")
            seen.add(status)
            for name, value in HEADERS.items():
                same(head.get(name), value, f"{method} {path} ({status}): {name}")
            csp = head.get("content-security-policy", "")
            check("default-src 'self'" in csp and "frame-ancestors 'none'" in csp and "unsafe" not in csp, path, csp)
            check("cache-control" in head and "permissions-policy" in head, path, head)
            check("max-age=" in head.get("strict-transport-security", ""), f"{path}: TLS from now on", status, head)
            if headers in (admin, api):
                check("no-store" in head["cache-control"] or "private" in head["cache-control"], path, head)
            check("server" not in head, "the program's name is nobody's business", head)
    check({200, 303, 400, 401, 404} <= seen, "outcomes of many kinds", seen)
    server.stop()


# ---- the end ----

def test_end_answers_what_runs(room):
    """Requests that were sent whole are answered whole; nobody new is let in."""
    room.demo()
    token = room.token()
    server = room.serve()
    open_ones = []
    for _ in range(24):
        s = socket.create_connection(("127.0.0.1", server.port), timeout=60)
        s.sendall(f"GET /api/v1/figures/events_total/records?format=csv HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n".encode())
        open_ones.append(s)
    until = time.monotonic() + 30
    while time.monotonic() < until and numbers(server.client().get("/metrics")[2].decode()).get(
            'shanyraq_request_seconds_count{door="export"}', 0) < 1:
        time.sleep(0.01)
    server.process.terminate()
    time.sleep(0.05)
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", server.port), timeout=1).close()
        except OSError:
            break
        time.sleep(0.01)
    else:
        check(False, "the listener is closed first")
    whole = 0
    for s in open_ones:
        got = b""
        while True:
            part = s.recv(1 << 16)
            if not part:
                break
            got += part
        s.close()
        head, _, body = got.partition(b"\r\n\r\n")
        m = re.search(rb"Content-Length: (\d+)", head)
        check(got.startswith(b"HTTP/1.1 200 ") and m and int(m.group(1)) == len(body), "answered whole", got[:200], len(body))
        whole += 1
    same(server.process.wait(30), 0, "exit")
    print(f"# {whole} answered")


def test_end_breaks_off_a_proof(room):
    """A backup that is being proved does not hold the end up, leaves nothing behind, and is made later."""
    room.demo()
    server = room.serve()
    c = server.client()
    cookie = {"Cookie": "s=" + c.sign_in("admin", room.password("admin"))[1]}
    csrf = c.csrf("/kk/backups", "/kk/backups", **cookie)
    same(c.send_form("/kk/backups", {"_csrf": csrf}, **cookie)[0], 303, "asked for")
    until = time.monotonic() + 20 * SLOW
    while time.monotonic() < until and room.sql("SELECT state FROM backup_run")[0][0] == "asked":
        time.sleep(0.005)
    begin = time.monotonic()
    server.stop()
    took = time.monotonic() - begin
    check(took < 4 * SLOW, "the end comes soon", took)
    state = room.sql("SELECT state FROM backup_run")[0][0]
    left = os.listdir(room.base + ".backups")
    if state == "asked":
        same(left, [], "nothing stays")
    else:
        same((state, len(left)), ("proved", 1), "or it was done in time")
    server = room.serve()
    until = time.monotonic() + 60 * SLOW
    while time.monotonic() < until and room.sql("SELECT state FROM backup_run")[0][0] != "proved":
        time.sleep(0.05)
    same(room.sql("SELECT state FROM backup_run")[0][0], "proved", "it is made at the next start")
    server.stop()
    print(f"# was {state} after {took:.2f} s")


@once
def test_systemd_is_told():
    """READY=1 once it listens, STOPPING=1 at the end: datagrams to NOTIFY_SOCKET."""
    with Room("sqlite") as room:
        room.out("init")
        path = os.path.join(room.dir, "notify.sock")
        s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        s.bind(path)
        s.settimeout(30)
        p = subprocess.Popen([house.PROGRAM, "serve", "--quiet", "--listen", "127.0.0.1:0", "--db", room.db],
                             env=room.env(NOTIFY_SOCKET=path), stderr=subprocess.DEVNULL, cwd=room.dir)
        try:
            same(s.recv(100), b"READY=1", "listens")
            p.terminate()
            same(s.recv(100), b"STOPPING=1", "ends")
            same(p.wait(30), 0, "exit")
        finally:
            p.kill()
            s.close()


if __name__ == "__main__":
    house.main([test_config_holds_in_order, test_config_refuses, test_config_serves, test_proxy, test_socket_mode, test_nginx,
                test_metrics, test_readiness, test_log, test_settings, test_long_work, test_rates, test_slow_clients, test_security_headers,
                test_end_answers_what_runs, test_end_breaks_off_a_proof, test_systemd_is_told])
