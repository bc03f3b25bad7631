"""door_test.py – what comes to the door: hostile requests, signals, sockets, guessers.

After every hostile request the same server must live, have answered with a refusal (never 5xx), and
the tables must be as they were.
"""
import html
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import threading
import time

import house
from house import SLOW, check, letters, only, raw, raw_status, same, together

TABLES = ("person", "body", "event", "attendance", "membership", "history", "audit", "idempotency", "figure_delta")


def counts(room):
    return room.sql("SELECT " + ", ".join(f"(SELECT count(*) FROM {t})" for t in TABLES[:-1]))[0]


def json_request(token, body, path="/api/v1/people", method="POST", extra=""):
    return (f"{method} {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n{extra}\r\n").encode() + body


# ---- hostile bodies ----

def bodies():
    big = json.dumps({"surname": "а" * (5 << 20)}, ensure_ascii=False).encode()
    yield "10 MB", big, {413}
    yield "10 MB of brackets", b"[" * (10 << 20), {413}
    yield "300 KB", json.dumps({"surname": "Үлкен", "note": "x" * 300000}).encode(), {413}
    yield "a field of 200 KB", json.dumps({"surname": "x" * 200000}).encode(), {422}
    for name, text in (("broken UTF-8", b"\xff\xfe"), ("half a letter", b"\xd0"), ("an overlong one", b"\xc0\xaf"),
                       ("a surrogate", b"\xed\xa0\x80"), ("too high", b"\xf4\x90\x80\x80"), ("NUL", b"\x00"),
                       ("written NUL", b"\\u0000"), ("half a pair", b"\\ud800"), ("a control", b"\x01")):
        yield name, b'{"surname": "A' + text + b'B"}', {400, 422}
    yield "NUL behind", b'{"surname": "Asan"}\x00', {400, 422}
    yield "more behind", b'{"surname": "Asan"} {"surname": "Asan"}', {400, 422}
    for depth in (100, 5000, 100000):
        yield f"{depth} brackets", b"[" * depth + b"]" * depth, {400, 422}
        yield f"{depth} brackets in a field", b'{"surname": ' + b"[" * depth + b"]" * depth + b"}", {400, 422}
        yield f"{depth} objects", b'{"a":' * depth + b"1" + b"}" * depth, {400, 413, 422}
    for n in ("1e400", "-1e400", "99999999999999999999999", "9223372036854775808", "-9223372036854775809", "1.5",
              "1" * 5000, "true", "[1]", '{"id":1}', '"1e3"', "-1", "0", "9223372036854775807", "NaN", "0x10", "01"):
        yield f"a number {n[:30]}", b'{"surname": "San", "body": ' + n.encode() + b"}", {400, 404, 422}
    yield "twice the same member", b'{"surname": "Asan", "surname": "Usen"}', {400, 422}
    yield "unknown member", b'{"surname": "Asan", "nosuch": 1}', {422}
    yield "a ruled member", b'{"surname": "Asan", "iin_mac": "x"}', {422}
    for text in (b"", b"null", b"[]", b'"x"', b"1", b"{", b'{"surname"', b"{'surname':'x'}", b"{}", b'{"surname":null}',
                 b'{"surname":""}', b'{"surname":"   "}', b'{"surname":5}', b'{"surname":{}}', b"surname=Asan"):
        yield f"not a person: {text!r}", text, {400, 422}
    for day in ("2024-02-30", "0000-00-00", "99999-01-01", "2024-13-01", "2050-01-01"):
        yield f"born {day}", json.dumps({"surname": "Asan", "birth_day": day}).encode(), {422}


def test_hostile_bodies(room):
    room.demo()
    token = room.token()
    server = room.serve()
    before, n = counts(room), 0
    for what, body, wanted in bodies():
        n += 1
        answer = raw(server.port, json_request(token, body))
        status = raw_status(answer)
        check(status in wanted, f"{what}: {status}, wanted {wanted}", answer[-300:])
        server.alive()
        same(counts(room), before, f"{what} writes nothing")
    body = json.dumps({"surname": "а" * (5 << 20)}, ensure_ascii=False).encode()
    same(raw_status(raw(server.port, json_request("sq_nosuch", body))) // 100, 4, "10 MB from a stranger")
    print(f"# {n} bodies")
    server.stop()
    room.verify()


IDS = ("0", "-1", "9999999999999999999", "9223372036854775807", "9223372036854775808", "1x", "x", "%00", "1%00", "..",
       "%2e%2e", "%2E%2E%2F", "1%2f2", "+1", " 1".replace(" ", "%20"), "1.0", "1e1", "%ff", "%d9%a1", "0x1", "%", "%4",
       "%zz", "'", "1;", "a" * 3000)


def test_hostile_paths(room):
    room.demo()
    token = room.token()
    server = room.serve()
    before = counts(room)

    def refused(method, path, body=b"", extra=""):
        answer = raw(server.port, json_request(token, body, path, method, extra))
        status = raw_status(answer)
        check(400 <= status < 500, f"{method} {path[:80]}: {status}", answer[-300:])
        check(server.process.poll() is None, "the server died of " + path[:80], server.said()[-800:])

    for id_ in IDS:
        refused("GET", f"/api/v1/people/{id_}")
        refused("PATCH", f"/api/v1/people/{id_}", b'{"given":"x"}', 'If-Match: "1"\r\n')
        refused("POST", f"/api/v1/events/{id_}/hold", b"", 'If-Match: "1"\r\n')
        refused("GET", f"/kk/bodies/{id_}")
        refused("GET", f"/kk/events/{id_}")
    for path in ("/api/v1/nosuch", "/api/v1/nosuch/1", "/api/v1/users", "/api/v1/sessions", "/api/v1/..", "/api/v1/%00",
                 "/api/v1/people%00", "/api/v1/../../etc/passwd", "/static/../../../../etc/passwd",
                 "/static/%2e%2e/%2e%2e/etc/passwd", "/kk/%2e%2e/%2e%2e/etc/passwd", "/kk/..", "/xx/bodies",
                 "/kk/figures/%00", "/kk/figures/nosuch", "/api/v1/figures/%2e%2e/records", "/api/v1/figures/" + "a" * 3000,
                 "/api/v1/people?limit=0", "/api/v1/people?limit=-1", "/api/v1/people?limit=99999999999999999999",
                 "/api/v1/people?limit=x", "/api/v1/people?sort=nosuch", "/api/v1/people?sort=-", "/api/v1/people?sort=iin",
                 "/api/v1/people?after=zz", "/api/v1/people?after=" + "f" * 2000, "/api/v1/people?nosuch=1",
                 "/api/v1/people?iin=1", "/api/v1/people?body=x", "/api/v1/people?body=1e9", "/api/v1/people?q=%00",
                 "/api/v1/people?q=%ff", "/api/v1/people?birth_day_from=2024-02-30", "/api/v1/figures?on=%00",
                 "/api/v1/figures?period=2024-01-01..", "/api/v1/figures?on=99999-01-01", "/api/v1/figures?body=%ff"):
        refused("GET", path)
    for path in ("/api/v1/nosuch", "/api/v1/people%00", "/api/v1/figures", "/api/v1/events/1/nosuch", "/kk/sign-in"):
        refused("POST", path, b'{"surname":"x"}')
    for method in ("DELETE", "PUT", "TRACE", "CONNECT", "OPTIONS", "FOO"):
        refused(method, "/api/v1/people/1")
    server.alive()
    same(counts(room), before, "nothing is written")
    server.stop()
    room.verify()


# ---- life ----

def busy_clients(server, token, told, stop):
    """Readers and writers until the server goes; a writer notes what was acknowledged."""
    def one(i):
        c, n = server.client(token, timeout=30), 0
        while not stop.is_set():
            n += 1
            try:
                if i % 2:
                    status, _, data = c.get("/api/v1/figures")
                    check(status in (200, 503) and (status == 503 or json.loads(data)), "figures", status)
                else:
                    status, _, data = c.post("/api/v1/people", {"surname": "Соңғы" + letters(1000 * i + n).lower()})
                    if status == 201:
                        told.append(json.loads(data)["id"])
            except (OSError, http.client.HTTPException):
                return
    threads = [threading.Thread(target=one, args=(i,), daemon=True) for i in range(16)]
    for t in threads:
        t.start()
    return threads


def test_sigterm(room):
    room.demo()
    token = room.token()
    server = room.serve()
    told, stop = [], threading.Event()
    threads = busy_clients(server, token, told, stop)
    slow = socket.create_connection(("127.0.0.1", server.port))
    slow.sendall(json_request(token, b'{"surname": "Jartysy"}')[:-5])
    idle = socket.create_connection(("127.0.0.1", server.port))
    until = time.monotonic() + 20 * SLOW
    while len(told) < 30 and time.monotonic() < until:
        time.sleep(0.02)
    check(len(told) >= 30, "requests run", len(told))
    begin = time.monotonic()
    server.process.terminate()
    same(server.process.wait(30), 0, "exit")
    took = time.monotonic() - begin
    stop.set()
    check(took < 12 + 3 * (SLOW - 1), "SIGTERM ends within 12 s", took)
    for t in threads:
        t.join(40)
    slow.close()
    idle.close()
    ids = {int(r[0]) for r in room.sql("SELECT id FROM person WHERE surname LIKE 'Соңғы%'")}
    check(set(told) <= ids, "what was acknowledged is there", set(told) - ids)
    check(len(ids) <= len(told) + 8, "at most the last write of each is unanswered", len(ids), len(told))
    same(room.number("SELECT count(*) FROM person WHERE surname = 'Jartysy'"), 0, "half a request is no write")
    room.verify()
    print(f"# {took:.1f} s, {len(told)} writes acknowledged")


@only("sqlite")
def test_sigint(room):
    """With nobody but a silent connection there is nothing to wait for."""
    room.out("init")
    server = room.serve()
    idle = socket.create_connection(("127.0.0.1", server.port))
    begin = time.monotonic()
    server.process.send_signal(signal.SIGINT)
    same(server.process.wait(15), 0, "exit after SIGINT")
    check(time.monotonic() - begin < 5 * SLOW, "and at once", time.monotonic() - begin)
    idle.close()


def over_unix(path, request):
    s = socket.socket(socket.AF_UNIX)
    s.settimeout(20)
    s.connect(path)
    s.sendall(request)
    got = b""
    while True:
        part = s.recv(65536)
        if not part:
            s.close()
            return got
        got += part


@only("sqlite")
def test_unix_socket(room):
    room.demo()
    path = os.path.join(room.dir, "s.sock")
    get = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    server = room.serve("unix:" + path)
    check(over_unix(path, get).endswith(b"\r\n\r\nok\n"), "healthz over the socket")
    figures = over_unix(path, f"GET /api/v1/figures HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {room.token()}\r\n"
                              "Connection: close\r\n\r\n".encode())
    check(b'"events_total","value":497' in figures, "figures over the socket", figures[:300])
    second = room.run("serve", "--listen", "unix:" + path)
    check(second.returncode == 3 and second.stderr.strip(), "a socket in use", second.returncode, second.stderr)
    check(over_unix(path, get).endswith(b"ok\n"), "the first server was not disturbed")
    server.process.kill()
    server.process.wait()
    check(os.path.exists(path), "kill -9 leaves the socket's file")
    server = room.serve("unix:" + path)
    check(over_unix(path, get).endswith(b"ok\n"), "an orphaned socket is taken over")
    server.stop()
    check(not os.path.exists(path), "the end removes the socket")
    with open(path, "w", encoding="utf-8") as f:
        f.write("not a socket")
    p = room.run("serve", "--listen", "unix:" + path, timeout=30)
    same(p.returncode, 3, "a file that is no socket")
    with open(path, encoding="utf-8") as f:
        same(f.read(), "not a socket", "that file stays")


@only("sqlite")
def test_taken_port(room):
    room.out("init")
    server = room.serve()
    p = room.run("serve", "--listen", f"127.0.0.1:{server.port}", timeout=30)
    same(p.returncode, 3, "a taken port")
    check(b"taken" in p.stderr, "with words", p.stderr)
    server.alive()
    for wrong in ("127.0.0.1:70000", "nowhere", "127.0.0.1:", ":", "unix:", "unix:/nonexistent/x.sock", "256.1.1.1:80"):
        p = room.run("serve", "--listen", wrong, timeout=30)
        check(p.returncode in (2, 3) and p.stderr.strip(), f"--listen {wrong}", p.returncode, p.stderr)
    server.stop()


# ---- signing in ----

def plain(data, login):
    """A page without what differs between any two requests."""
    text = data.decode().replace(login, "LOGIN")
    return re.sub(r"value='[0-9]+\.[0-9a-f]+'", "value='TOKEN'", text)


def guess(c, login, times):
    return [c.sign_in(login, "қате құпиясөз")[0] for _ in range(times)]


def test_lock_out(room):
    room.demo()
    server = room.serve()
    c = server.client()
    known, unknown = guess(c, "clerk", 6), guess(c, "nobody", 6)
    same([a[0] for a in known], [422] * 5 + [429], "five wrong passwords, then the door is closed")
    for i, (a, b) in enumerate(zip(known, unknown), 1):
        same((a[0], plain(a[2], "clerk")), (b[0], plain(b[2], "nobody")), f"attempt {i} of an unknown login looks the same")
    check(plain(known[0][2], "clerk") != plain(known[5][2], "clerk"), "the waiting says so")
    waiting = re.search(r"<div class='errs'.*?</div>", known[5][2].decode(), re.S)
    check(waiting and re.search(r"\d", waiting.group(0).split("<p>")[1]), "the waiting time in numbers", waiting)
    answer, cookie = c.sign_in("clerk", room.password("clerk"))
    same((answer[0], cookie), (429, None), "the right password does not open a closed door")
    answer, cookie = c.sign_in(" CLERK ", room.password("clerk"))
    same((answer[0], cookie), (429, None), "nor the same login in other letters")
    answer, cookie = c.sign_in("head", room.password("head"))
    check(answer[0] == 303 and cookie, "others come in", answer[0])
    server.stop()
    server = room.serve()
    answer, cookie = server.client().sign_in("clerk", room.password("clerk"))
    same((answer[0], cookie), (429, None), "a restart does not open the door")
    same(room.number("SELECT count(*) FROM audit WHERE action = 'locked'"), 1, "one line of audit for the lock")
    server.stop()


def test_sessions(room):
    room.demo()
    server = room.serve()
    a, b = server.client(), server.client()
    answer, one = a.sign_in("clerk", room.password("clerk"))
    flags = {w.strip().lower() for w in answer[1]["set-cookie"].split("s=" + one)[1].split(", ")[0].split(";")[1:]}
    check("httponly" in flags, "HttpOnly", flags)
    check({"samesite=lax", "samesite=strict"} & flags, "SameSite", flags)
    check("path=/" in flags and not any(f.startswith("domain") for f in flags), "Path, no Domain", flags)
    _, two = b.sign_in("clerk", room.password("clerk"))
    check(one and two and one != two and re.fullmatch("[0-9a-f]{64}", one), "two sessions", one, two)
    same(room.number(f"SELECT count(*) FROM session WHERE CAST(token AS TEXT) = '{one}'")
         if "token" in columns(room, "session") else 0, 0, "the cookie's word is not in the database")
    for cookie in (one, two):
        same(a.get("/kk/today", Cookie="s=" + cookie)[0], 200, "signed in")
    token = a.csrf("/kk/me", "/kk/me/sign-out-everywhere", Cookie="s=" + one)
    path = "/kk/me/sign-out-everywhere"
    same(a.send_form(path, {"_csrf": "x" * len(token)}, Cookie="s=" + one)[0], 403, "a wrong form token")
    same(a.send_form(path, {}, Cookie="s=" + one)[0], 403, "no form token")
    same(a.send_form(path, {"_csrf": token}, Cookie="s=" + two)[0], 403, "a form token of another session")
    same(a.send_form(path, {"_csrf": token}, Cookie="s=" + one, Origin="http://evil.example")[0], 403, "another origin")
    same(b.get("/kk/today", Cookie="s=" + two)[0], 200, "nobody was signed out by these")
    answer = a.send_form(path, {"_csrf": token}, Cookie="s=" + one)
    same(answer[0], 303, "sign out everywhere")
    for cookie in (one, two):
        status, headers, _ = b.get("/kk/today", Cookie="s=" + cookie)
        check(status in (302, 303) and "/sign-in" in headers.get("location", ""), "the session has ended", status, headers)
    server.stop()


@only("sqlite")
def test_language_api(room):
    """The filters of `lang` over the API are those of the command, byte for byte."""
    room.demo()
    server = room.serve()
    c = server.client(room.token())
    lines = "мүшелерінің\nбірлестіктеріне\n\nDostyq üiı\n".encode()
    for name in ("stem", "key", "latin", "cyrillic", "fix", "suggest"):
        p = subprocess.run([house.PROGRAM, "lang", name], input=lines, capture_output=True, env=house.ENV, timeout=60)
        same((p.returncode, c.post(f"/api/v1/lang/{name}", lines)[2]), (0, p.stdout), name)
    status, headers, data = c.post("/api/v1/lang/article", "Тақырып\n\nБірінші сөйлем осы жерде аяқталады.".encode())
    check(status == 200 and headers["content-type"] == "application/json" and "body" in json.loads(data), "JSON", data)
    same(c.post("/api/v1/lang/stem", b"\xff\xfe\x00\n" * 10)[0], 200, "broken text is no error")
    same(c.post("/api/v1/lang/stem", b"x\n" * 2001)[0], 413, "too many lines")
    same(c.post("/api/v1/lang/none", b"x")[0], 404, "no such filter")
    same(server.client().post("/api/v1/lang/stem", lines)[0], 401, "without a token")
    server.stop()


@only("sqlite")
def test_text_check(room):
    """What is certain is chosen beforehand, a quotation is not; repairing, taking back, refusing."""
    room.demo()
    server = room.serve()
    c = server.client()
    cookie = {"Cookie": "s=" + c.sign_in("clerk", room.password("clerk"))[1]}
    csrf = c.csrf("/en/text", "/en/text", **cookie)
    before = "Кешке 14мыңнан аса адам келді. Ол «ойындар,билер» деп аталды."

    def areas(page):
        return [html.unescape(t) for t in re.findall(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.S)]

    def send(**fields):
        status, _, data = c.send_form("/en/text", dict(fields, _csrf=csrf), **cookie)
        return status, data.decode()

    status, page = send(text=before)
    check(status == 200 and "<mark>14мыңнан</mark>" in page, "the place is marked", status, page[-3000:])
    chosen = re.findall(r"name='c(\d+)' value='(\d+)' checked", page)
    same(chosen, [("0", "1"), ("1", "0")], "chosen beforehand")
    status, page = send(text=before, act="repair", **{f"c{i}": v for i, v in chosen})
    same(areas(page)[-1], before.replace("14мыңнан", "14 мыңнан"), "repaired, but not inside the quotation")
    check(before in areas(page), "the text before it is there to take it back", areas(page))
    same(send(text=before, act="repair", c0="99", c1="-1", c7="1")[0], 200, "choices that do not exist change nothing")
    status, page = send(text="ә" * 40000)
    check(status == 422 and areas(page)[-1] == "ә" * 40000, "too long, and kept as it was typed", status, len(page))
    guest = server.client()
    check(guest.get("/en/text")[0] in (302, 303, 403), "not for guests")
    server.stop()


@only("sqlite")
def test_forgotten_password(room):
    """The administrator prints a slip, the clerk sets a password with it and signs in; once."""
    room.demo()
    server = room.serve()
    admin, clerk = server.client(), server.client()
    cookie = {"Cookie": "s=" + admin.sign_in("admin", room.password("admin"))[1]}
    account = room.number("SELECT id FROM account WHERE login = 'clerk'")
    action = f"/kk/users/{account}/reset"
    csrf = admin.csrf(f"/kk/users/{account}", action, **cookie)
    status, headers, data = admin.send_form(action, {"_csrf": csrf}, **cookie)
    code = re.search(r"<code[^>]*>([a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4})</code>", data.decode())
    check(status == 200 and code and "no-store" in headers.get("cache-control", ""), "the slip", status, headers)
    fresh = {"login": "clerk", "code": code.group(1), "password": "жаңа құпия 2024"}

    def send(**other):
        return clerk.send_form("/kk/reset", dict(fresh, _csrf=clerk.csrf("/kk/reset", "/kk/reset"), **other))

    status, _, data = send(code="aaaa-bbbb-cccc")
    check(status == 422 and "id='code-e'" in data.decode(), "a wrong code is named at its field", status)
    status, _, data = send(password="qysqa")
    check(status == 422 and "id='password-e'" in data.decode() and "qysqa" not in data.decode(), "a short one", status)
    same(send()[0], 303, "the new password is set")
    check(clerk.sign_in("clerk", room.password("clerk"))[1] is None, "the old one is gone")
    check(clerk.sign_in("clerk", fresh["password"])[1], "the new one works")
    same(send()[0], 422, "the code works once")
    server.stop()


def columns(room, table):
    if room.engine == "postgresql":
        return {r[0] for r in room.sql(f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}'")}
    return {r[1] for r in room.sql(f"PRAGMA table_info({table})")}


if __name__ == "__main__":
    house.main([f for n, f in list(globals().items()) if n.startswith("test_")])
