"""scans_test.py – the door: what devices upload is there once, whatever happens to the server meanwhile.

The storm of kill_9: 24 devices upload scans, one to six at a time, each with a nonce of its own; in the
middle the server is killed. A device forgets only what was acknowledged. After the restart all of them send
everything again, what was acknowledged and what was not: then each scan is there once, each guest came once.
"""
import http.client
import json
import signal
import threading
import uuid

import house
from house import check, same, together

DEVICES, UPLOADS, KILL_AFTER = 24, 120, 60
AT = "2024-11-15T10:%02d:%02d+05:00"


def event_today(room, token, c, name="Есік сынағы"):
    """An approved event of the demo's business day."""
    kind = room.number("SELECT min(id) FROM event_kind WHERE code = 'concert'")
    body = room.number("SELECT id FROM body WHERE code = 'secretariat'")
    status, _, data = c.post("/api/v1/events", {"name": {"kk": name}, "kind": kind, "body": body, "first_day": "2024-11-15"})
    same(status, 201, f"an event: {data!r:.300}")
    e = json.loads(data)
    status, _, data = c.post(f"/api/v1/events/{e['id']}/approve", None, If_Match=str(e["version"]))
    same(status, 200, f"approved: {data!r:.300}")
    return e["id"]


def scan(n, **more):
    return dict({"nonce": str(uuid.UUID(int=n + 1, version=4)), "guest": f"Қонақ {n}", "kind": "in",
                 "at": AT % (n // 60 % 60, n % 60), "device": f"телефон {n % DEVICES}"}, **more)


class Storm:
    def __init__(self, server, token, event):
        self.server, self.token, self.path = server, token, f"/api/v1/events/{event}/scans"
        self.lock, self.next, self.told, self.sent = threading.Lock(), 0, set(), []
        self.dead = threading.Event()

    def take(self):
        with self.lock:
            if self.next >= UPLOADS:
                return None
            n = self.next
            self.next += 1
            first = n * 6
            batch = [scan(first + i) for i in range(1 + n % 6)]
            self.sent.append(batch)
            return batch

    def tell(self, batch):
        with self.lock:
            self.told.update(s["nonce"] for s in batch)
            if len(self.told) >= KILL_AFTER and not self.dead.is_set():
                self.dead.set()
                self.server.process.send_signal(signal.SIGKILL)

    def device(self, _):
        c = self.server.client(self.token, timeout=30)
        while True:
            batch = self.take()
            if batch is None:
                return
            try:
                status, _, data = c.post(self.path, {"scans": batch})
            except (OSError, http.client.HTTPException):
                check(self.dead.is_set(), "a connection broke before the kill")
                return
            same(status, 200, f"an upload: {data!r:.300}")
            same({r["result"] for r in json.loads(data)["results"]}, {"done"}, "results")
            self.tell(batch)


def test_kill_9(room):
    room.demo()
    token = room.token()
    server = room.serve()
    event = event_today(room, token, server.client(token))
    storm = Storm(server, token, event)
    together(DEVICES, storm.device)
    check(storm.dead.is_set() and server.process.wait(20) == -signal.SIGKILL, "the server was killed in the storm")
    told = set(storm.told)
    stored = room.number(f"SELECT count(*) FROM scan WHERE event = {event}")
    check(stored >= len(told), "everything acknowledged is there", stored, len(told))
    print(f"# {len(told)} scans were acknowledged before the kill, {stored} stored")
    room.verify()
    server = room.serve()
    c = server.client(token)
    everything = [s for batch in storm.sent for s in batch]
    for again in range(2):
        for i in range(0, len(everything), 500):
            status, _, data = c.post(storm.path, {"scans": everything[i:i + 500][::-1]})
            same(status, 200, f"sent again: {data!r:.300}")
            for r in json.loads(data)["results"]:
                check(r["result"] == "duplicate" or (again == 0 and r["nonce"] not in told and r["result"] == "done"),
                      "sent again", again, r, r["nonce"] in told)
    same(room.number(f"SELECT count(*) FROM scan WHERE event = {event}"), len(everything), "each scan once")
    same(room.number(f"SELECT count(*) FROM attendance WHERE event = {event} AND withdrawn = 0 AND basis = 'scanned'"),
         len(everything), "each guest came once")
    server.stop()
    room.verify()


def test_refusals(room):
    room.demo()
    token = room.token()
    server = room.serve()
    c = server.client(token)
    event = event_today(room, token, c)
    path = f"/api/v1/events/{event}/scans"
    for body, want in (({"scans": [scan(n) for n in range(501)]}, 413), ({"scans": {}}, 422), ([], 422),
                       ({"scans": [scan(1, nonce="x")]}, 422), ({"scans": [scan(1, at="кеше")]}, 422),
                       ({"scans": [scan(1, kind="fly")]}, 422), ({"scans": [scan(1, guest="")]}, 422),
                       ({"scans": [scan(1, guest="а" * 201)]}, 422), ({"scans": [scan(1, ticket="1")]}, 422),
                       ({"scans": [scan(1, device="\u0001")]}, 422), ({"scans": [scan(1, kind="undo")]}, 422)):
        status, _, data = c.post(path, body)
        same(status, want, f"{str(body)[:120]}: {data!r:.200}")
    same(room.number(f"SELECT count(*) FROM scan WHERE event = {event}"), 0, "nothing was stored")
    same(c.post(path, {"scans": []})[0], 200, "an empty list")
    same(c.post("/api/v1/events/99999999/scans", {"scans": [scan(1)]})[0], 404, "no such event")
    same(server.client().post(path, {"scans": [scan(1)]})[0], 401, "a stranger")
    same(server.client(room.token("auditor")).post(path, {"scans": [scan(1)]})[0], 403, "an auditor")
    same(server.client(room.token("leader")).post(path, {"scans": [scan(1)]})[0], 403, "another body's leader")
    # what no device sent by itself: cut, of another length, bytes that are no text
    for code in ("", "0", "7" * 135, "7" * 137, "7" * 4000, "‮҈", "HTTPS://UY.KZ/T/" + "0" * 136):
        status, _, data = c.post(path, {"scans": [{"nonce": str(uuid.uuid4()), "ticket": code, "kind": "in", "at": AT % (0, 0)}]})
        same((status, [(r["result"], r["reason"]) for r in json.loads(data)["results"]]), (200, [("refused", "invalid")]), code[:20])
    server.alive()
    server.stop()
    room.verify()


def test_a_token_for_parts(room):
    """Names and codes of the list are those of tickets: a token for events alone sends scans and reads none."""
    room.demo()
    events, both = (room.out("token", "create", "--user", "clerk", "--kinds", kinds).splitlines()[-1]
                    for kinds in ("events", "events,tickets"))
    server = room.serve()
    c = server.client(events)
    event = event_today(room, events, c)
    same(c.post(f"/api/v1/events/{event}/scans", {"scans": [scan(1)]})[0], 200, "scans")
    same(c.get(f"/api/v1/events/{event}/roster")[0], 403, "the list by a token for events")
    same(server.client(both).get(f"/api/v1/events/{event}/roster")[0], 200, "the list by a token for tickets, too")
    server.stop()


def test_a_thousand_times(room):
    """The same scan from many devices at once, and two people with one ticket's worth of nonces."""
    room.demo()
    token = room.token()
    server = room.serve()
    event = event_today(room, token, server.client(token))
    path = f"/api/v1/events/{event}/scans"
    answers = []

    def device(n):
        c = server.client(token)
        for _ in range(60):
            status, _, data = c.post(path, {"scans": [scan(7)]})
            same(status, 200, data)
            answers.append(json.loads(data)["results"][0]["result"])

    together(16, device)
    same((answers.count("done"), answers.count("duplicate")), (1, len(answers) - 1), "once")
    same(room.number(f"SELECT count(*) FROM scan WHERE event = {event}"), 1, "one scan")
    same(room.number(f"SELECT count(*) FROM attendance WHERE event = {event}"), 1, "one attendance")
    server.stop()
    room.verify()


def test_helper(room):
    """A helper at the door holds nothing but the door."""
    room.demo()
    token = room.token()
    server = room.serve()
    c = server.client()
    event = event_today(room, token, server.client(token))
    _, cookie = c.sign_in("door", room.password("door"))
    check(cookie, "the helper signs in")
    head = {"Cookie": "s=" + cookie}
    status, _, data = c.get(f"/door/{event}/roster", **head)
    same(status, 200, f"the list: {data!r:.300}")
    roster = json.loads(data)
    same((roster["event"], roster["first_day"], roster["tickets"]), (event, "2024-11-15", []), "the list")
    csrf = roster["csrf"]
    body = {"scans": [scan(1)], "queued": 3}
    same(c.post(f"/door/{event}/scans", body, **head)[0], 403, "without the form's token")
    status, _, data = c.post(f"/door/{event}/scans", body, X_CSRF_Token=csrf, **head)
    same((status, json.loads(data)["results"][0]["result"]), (200, "done"), "a scan")
    status, headers, data = c.get(f"/door/{event}/roster", **head)
    same(c.get(f"/door/{event}/roster", If_None_Match=headers["etag"], **head)[0], 304, "the list is the same")
    status, _, data = c.get(f"/door/{event}/since?n=0", **head)
    news = json.loads(data)
    same((news["came"], news["inside"]), (1, 1), "what changed")
    for page in ("/kk/people", "/kk/memberships", f"/kk/events/{event}/attendances", f"/kk/events/{event}/door/scans", "/kk/audit"):
        same(c.get(page, **head)[0], 403, page)
    for page in ("/kk/door", f"/kk/events/{event}/door", f"/kk/events/{event}/door/arrivals"):
        same(c.get(page, **head)[0], 200, page)
    other = room.number("SELECT id FROM event WHERE first_day = 20241115 AND state IN ('held', 'reported') "
                        f"AND id <> {event} ORDER BY id LIMIT 1")
    same(c.get(f"/door/{other}/roster", **head)[0], 403, "another body's door")
    old = room.number("SELECT id FROM event WHERE first_day < 20241101 AND state = 'reported' AND body = "
                      "(SELECT id FROM body WHERE code = 'secretariat') ORDER BY first_day DESC LIMIT 1")
    same(c.get(f"/door/{old}/roster", **head)[0], 403, "a door of last month")
    same(server.client(room.token("door")).get("/api/v1/people")[0], 403, "people")
    server.stop()
    room.verify()


if __name__ == "__main__":
    house.main([f for n, f in list(globals().items()) if n.startswith("test_")])
