"""writes_test.py – what was acknowledged is there: kill -9, Idempotency-Key, If-Match.

The storm of kill_9: 64 clients post 1 000 records, people and attendances in turn, each with a key
of its own; in the middle the server is killed. A client writes down what it was told, and nothing
else. After the restart everything it was told must stand as told, everything it was not told is
asked for again with the old key, and then each record is there exactly once.
"""
import http.client
import json
import signal
import threading

import house
from house import check, letters, same, together

CLIENTS, ASKED, KILL_AFTER = 64, 1000, 350


class Storm:
    def __init__(self, room, server, token):
        self.room, self.server, self.token = room, server, token
        self.lock, self.next, self.told = threading.Lock(), 0, {}
        self.event = room.number("SELECT min(id) FROM event WHERE state = 'held'")
        self.dead = threading.Event()

    def request(self, n):
        """Path, body and key of the n-th write."""
        key = f"storm-{n}"
        if n % 2 == 0:
            return "/api/v1/people", {"surname": "Дауыл" + letters(n).lower(), "given": "Сынақ", "note": f"n{n}"}, key
        return "/api/v1/attendances", {"event": self.event, "guest": "Дауыл " + letters(n), "basis": "listed"}, key

    def take(self):
        with self.lock:
            if self.next >= ASKED:
                return None
            self.next += 1
            return self.next - 1

    def tell(self, n, answer):
        with self.lock:
            self.told[n] = answer
            if len(self.told) == KILL_AFTER and not self.dead.is_set():
                self.dead.set()
                self.server.process.send_signal(signal.SIGKILL)

    def client(self, _):
        c = self.server.client(self.token, timeout=30)
        while not self.dead.is_set() or c is not None:
            n = self.take()
            if n is None:
                return
            path, body, key = self.request(n)
            try:
                status, _, data = c.post(path, body, Idempotency_Key=key)
            except (OSError, http.client.HTTPException):
                check(self.dead.is_set(), "a connection broke before the kill")
                return
            check(status == 201, "a write in the storm", status, data)
            self.tell(n, json.loads(data))


def rows_of_storm(room):
    return (room.number("SELECT count(*) FROM person WHERE surname LIKE 'Дауыл%'"),
            room.number("SELECT count(*) FROM attendance WHERE guest LIKE 'Дауыл %'"))


def is_as_told(c, path, told):
    status, _, data = c.get(f"{path}/{told['id']}")
    same((status, json.loads(data)), (200, told), f"{path}/{told['id']} after the kill")


def test_kill_9(room):
    room.demo()
    token = room.token()
    server = room.serve()
    storm = Storm(room, server, token)
    together(CLIENTS, storm.client)
    check(storm.dead.is_set() and server.process.wait(20) == -signal.SIGKILL, "the server was killed in the storm")
    told = dict(storm.told)
    check(KILL_AFTER <= len(told) < ASKED, "killed in the middle", len(told))
    print(f"# {len(told)} of {storm.next} writes were acknowledged before the kill")
    room.verify()
    people, guests = rows_of_storm(room)
    check(people + guests >= len(told), "as many rows as answers", people, guests, len(told))
    storm.server = server = room.serve()
    c = server.client(token)
    for n, answer in told.items():
        path, body, key = storm.request(n)
        is_as_told(c, path, answer)
        status, headers, data = c.post(path, body, Idempotency_Key=key)
        same((status, json.loads(data)), (201, answer), f"{key} repeated")
        same(headers.get("idempotency-replayed"), "true", f"{key} is a kept answer")
    same(rows_of_storm(room), (people, guests), "repeating writes nothing")
    ids = set()
    for n in set(range(ASKED)) - set(told):
        path, body, key = storm.request(n)
        status, _, data = c.post(path, body, Idempotency_Key=key)
        same(status, 201, f"{key} asked for again: {data!r:.300}")
        ids.add((path, json.loads(data)["id"]))
    same(len(ids), ASKED - len(told), "each has a record of its own")
    same(rows_of_storm(room), (ASKED // 2, ASKED // 2), "every write is there once")
    history = room.number("SELECT count(*) FROM history h JOIN person p ON p.id = h.rec WHERE h.kind = 'person'"
                          " AND p.surname LIKE 'Дауыл%'")
    same(history, ASKED // 2, "and has its history")
    server.stop()
    room.verify()


# ---- Idempotency-Key ----

def people(room):
    return room.number("SELECT count(*) FROM person")


def test_same_key_at_once(room):
    room.demo()
    token, other = room.token(), room.token("head")
    server = room.serve()
    for round_ in range(5):
        before = people(room)
        body = {"surname": "Егіз" + letters(round_).lower(), "given": "Сынақ"}

        def one(_, body=body, key=f"twin-{round_}"):
            return server.client(token).post("/api/v1/people", body, Idempotency_Key=key)

        answers = together(32, one)
        same({a[0] for a in answers}, {201}, f"32 times the same key: {[a[2] for a in answers if a[0] != 201][:2]}")
        same(len({json.loads(a[2])["id"] for a in answers}), 1, "one id for all")
        same(len({a[2] for a in answers}), 1, "one answer for all")
        same(people(room), before + 1, "one record")
    c = server.client(token)
    changed = dict(body, given="Басқа")
    status, headers, data = c.post("/api/v1/people", changed, Idempotency_Key="twin-4")
    same(status, 409, f"the same key with another body: {data!r:.300}")
    check(headers["content-type"].startswith("application/problem+json"), "RFC 9457", headers)
    same(people(room), before + 1, "409 writes nothing")
    status, _, data = server.client(other).post("/api/v1/people", changed, Idempotency_Key="twin-4")
    same(status, 201, "another token has keys of its own")
    event = room.number("SELECT min(id) FROM event WHERE state = 'held'")
    attendance = {"event": event, "guest": "Егіз Қонақ", "basis": "listed"}
    same(c.post("/api/v1/attendances", attendance, Idempotency_Key="twin-4")[0], 201, "and another route, too")
    before = people(room)
    for key in ("", "a b", "ә", "x" * 256, "a\tb"):
        status = c.post("/api/v1/people", body, Idempotency_Key=key.encode())[0]
        check(status in (400, 422), f"key {key!r}", status)
    same(c.post("/api/v1/people", {"given": "Тегі жоқ"}, Idempotency_Key="bad-1")[0], 422, "a wrong body with a key")
    same(people(room), before, "wrong keys write nothing")
    status = c.post("/api/v1/people", {"surname": "Түзетілген"}, Idempotency_Key="bad-1")[0]
    same(status, 201, "a refused request keeps no answer")
    server.stop()
    room.verify()


def test_different_bodies_at_once(room):
    """One key, 16 bodies at once: one wins, the others are told so."""
    room.demo()
    token = room.token()
    server = room.serve()
    before = people(room)

    def one(i):
        return server.client(token).post("/api/v1/people", {"surname": "Жарыс" + letters(i).lower()},
                                         Idempotency_Key="race")

    answers = together(16, one)
    same(sorted(a[0] for a in answers), [201] + [409] * 15, "one wins")
    same(people(room), before + 1, "one record")
    server.stop()


# ---- If-Match ----

def given(version, who):
    """Other words each time: who changes nothing makes no version and needs no winning."""
    return {"given": f"Сақшы {letters(version)} {'АБ'[who]}"}


def test_two_savers(room):
    room.demo()
    token, other = room.token(), room.token("head")
    server = room.serve()
    c = server.client(token)
    status, headers, data = c.post("/api/v1/people", {"surname": "Бірінші"})
    same((status, headers["etag"]), (201, '"1"'), "a new person")
    path = f"/api/v1/people/{json.loads(data)['id']}"
    for version in range(1, 16):

        def save(i, version=version):
            return server.client((token, other)[i]).patch(path, given(version, i), If_Match=f'"{version}"')

        answers = together(2, save)
        same(sorted(a[0] for a in answers), [200, 412], f"two savers of version {version}")
        winner = 0 if answers[0][0] == 200 else 1
        status, headers, data = c.get(path)
        now = json.loads(data)
        same((now["version"], headers["etag"], now["given"]),
             (version + 1, f'"{version + 1}"', given(version, winner)["given"]), "the winner's words stand")
        check(answers[1 - winner][1]["content-type"].startswith("application/problem+json"), "412 is a problem")
    for wrong in ('"1"', "1", '""', '"x"', '"-1"', '"99999999999999999999"', 'W/"16"', '"16x"', '"16"x', '"16'):
        same(c.patch(path, {"given": "Ескі"}, If_Match=wrong)[0], 412, f"If-Match: {wrong}")
    same(c.patch(path, {"given": "Ескі"})[0], 428, "without If-Match")
    same(c.patch(path, b"{", If_Match='"16"')[0] // 100, 4, "broken JSON with the right version")
    same(json.loads(c.get(path)[2])["version"], 16, "nothing of it was written")
    same(room.number(f"SELECT count(*) FROM history WHERE kind = 'person' AND rec = {path.rsplit('/', 1)[1]}"),
         16, "a line of history a write")
    server.stop()
    room.verify()


if __name__ == "__main__":
    house.main([f for n, f in list(globals().items()) if n.startswith("test_")])
