"""field_test.py – a laptop headquarters as it is used: a copy is made, served without the house, changed, brought back;
twice is once, kill −9 in the middle leaves nothing half, and what was tampered with or is of another program is refused in words.
"""
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import time

import house
from house import Room, check, same

NEEDS = 3


class Copy(Room):
    """A copy beside its house: a room of SQLite whose file is there already."""

    def __init__(self, room, name):
        self.engine, self.servers, self.dir = "sqlite", [], room.dir
        self.db = self.base = os.path.join(room.dir, name)
        self.house = room

    def password(self, login):
        return self.house.password(login)


def made(c, path, body):
    status, _, data = c.post("/api/v1/" + path, body)
    same(status, 201, (path, data))
    return json.loads(data)["id"]


def headquarters(room):
    """The demo with an open headquarters, a store with twenty loaves and needs."""
    room.demo()
    server = room.serve()
    head, relief, clerk = (server.client(room.token(x)) for x in ("head", "relief", "clerk"))
    hq = made(head, "headquarters", {"code": "flood-x", "name": {"kk": "Су тасқыны"}, "emergency": "flood", "act": "№ 1",
                                     "chief": room.number("SELECT min(id) FROM person")})
    district = room.number("SELECT min(id) FROM district WHERE level <> 'region'")
    made(relief, "relief-places", {"headquarters": hq, "code": "depot", "name": {"kk": "Қойма"}, "purpose": "store"})
    for n in range(NEEDS):
        made(relief, "needs", {"headquarters": hq, "channel": "phone", "name": f"Отбасы {n}", "phone": f"+7 701 000 00 0{n}",
                               "district": district, "place": "Ескі ауыл", "people": 3 + n, "urgency": "today"})
    same(clerk.post("/api/v1/movements", {"nonce": "in", "at": "2024-11-14T10:00:00Z", "type": "receipt", "lines": [
        {"account": "donor", "item": "bread", "quantity": -20}, {"account": "depot", "item": "bread", "quantity": 20}]})[0], 201, "goods")
    server.stop()
    return hq


def export(room, hq, name):
    out = room.out("field", "export", "--headquarters", str(hq), os.path.join(room.dir, name))
    check(re.fullmatch(rf"copy \d+: {NEEDS} needs, 2 users\n", out), out)
    copy = Copy(room, name)
    same(os.stat(copy.db + ".key").st_mode & 0o777, 0o600, "the key is its owner's")
    return copy


def first(copy):
    """The first need of the copy; it has its number in the house, too."""
    return copy.number("SELECT min(id) FROM need")


def step(copy, server, need, action, **more):
    c = server.client()
    cookie = {"Cookie": "s=" + c.sign_in("relief", copy.password("relief"))[1]}
    to = f"/kk/needs/{need}/step/{action}"
    page = c.get(f"/kk/needs/{need}", **cookie)[2].decode()
    form = re.search(r"<form[^>]*action='" + re.escape(to) + r"'.*?</form>", page, re.S)
    check(form, "a form for " + to, page[-1500:])
    typed = dict(re.findall(r"<input type='hidden' name='([^']+)' value='([^']*)'", form.group(0)), **more)
    answer = c.send_form(to, typed, **cookie)
    same(answer[0], 303, answer[2][-800:])


def merge(room, copy, code=0):
    p = room.run("field", "merge", copy.db, "--lang", "en")
    same(p.returncode, code, (p.stdout, p.stderr[-1500:]))
    return p.stdout.decode() if code == 0 else p.stderr.decode()


def test_there_and_back(room):
    hq = headquarters(room)
    sets = room.number("SELECT count(*) FROM movement_set")
    copy = export(room, hq, "a.db")
    copy.verify()
    for table in ("person", "body", "membership", "ethnicity", "event", "account_totp", "session", "api_token", "family_read"):
        same(copy.number(f"SELECT count(*) FROM {table}"), 0, table + " stays in the house")
    with open(copy.db, "rb") as f:
        check("Отбасы".encode() not in f.read(), "names of families are sealed")
    server = copy.serve()
    check("№ 1 ноутбук көшірмесі" in server.client().get("/kk/")[2].decode(), "a copy says that it is one")
    step(copy, server, first(copy), "check")
    c = server.client(copy.token("relief"))
    need = made(c, "needs", {"headquarters": hq, "channel": "desk", "name": "Жаңа отбасы", "phone": "+7 702 000 00 00", "district":
                             copy.number("SELECT min(id) FROM district WHERE level <> 'region'"), "people": 2, "urgency": "now"})
    code = copy.sql(f"SELECT code FROM need WHERE id = {need}")[0][0]
    status, _, data = c.post("/api/v1/vehicles", {"plate": "001 ABC 04", "type": "truck", "company": "Жол"})
    check(status == 409 and "ноутбуктегі көшірмесі" in data.decode(), "what would not come back is not taken", status, data[:300])
    same(copy.number("SELECT count(*) FROM vehicle"), 0, "no vehicle on the copy")
    same(code[0], "9", "codes of a copy begin with 9")
    same(c.post("/api/v1/movements", {"nonce": "out", "at": "2024-11-14T12:00:00Z", "type": "issue", "lines": [
        {"account": "depot", "item": "bread", "quantity": -15}, {"account": "household", "item": "bread", "quantity": 15}]})[0], 201, "given out")
    server.stop()
    copy.verify()
    same(merge(room, copy), "merged 3 operations, 0 already known, 0 conflicts, 0 shortages\n")
    same(merge(room, copy), "merged 0 operations, 3 already known, 0 conflicts, 0 shortages\n")
    same(room.sql(f"SELECT state, count(*) FROM need WHERE headquarters = {hq} GROUP BY state ORDER BY state"), [["checked", "1"], ["new", str(NEEDS)]], "needs")
    same(room.number(f"SELECT count(*) FROM need WHERE code = '{code}'"), 1, "the asker's code holds")
    same(room.number("SELECT n.balance FROM stock_now n JOIN stock_account a ON a.id = n.account WHERE a.code = 'depot'"), 5, "loaves")
    same(room.out("ledger", "check").splitlines()[-1], f"balanced {sets + 1} sets", "openings of the copy stay there")
    room.verify()


def test_conflict_on_a_page(room):
    hq = headquarters(room)
    copies = [export(room, hq, "a.db"), export(room, hq, "b.db")]
    for copy, action in zip(copies, ("refuse", "close")):
        server = copy.serve()
        step(copy, server, first(copy) + 1, action, reason="себебі бар")
        server.stop()
    same([merge(room, c).split(", ")[2] for c in reversed(copies)], ["0 conflicts", "1 conflicts"])
    server = room.serve()
    c = server.client()
    cookie = {"Cookie": "s=" + c.sign_in("head", room.password("head"))[1]}
    page = c.get(f"/ru/relief/{hq}/copies", **cookie)
    same(page[0], 200, "the list")
    path = re.search(r"/ru(/field/conflicts/\d+)", page[2].decode()).group(1)
    page = c.get("/ru" + path, **cookie)[2].decode()
    form = re.search(r"<form[^>]*action='/ru" + re.escape(path) + r"'.*?</form>", page, re.S)
    check(form, "a form", page[-2000:])
    typed = dict(re.findall(r"<input type='hidden' name='([^']+)' value='([^']*)'", form.group(0)), keep="other")
    same([c.send_form("/ru" + path, typed, **cookie)[0] for _ in range(2)], [303, 409], "decided once")
    same(room.sql(f"SELECT state FROM need WHERE id = {first(copies[0]) + 1}"), [["closed"]], "as it was decided")
    for login in ("relief", "clerk", "driver", "member"):
        other = {"Cookie": "s=" + server.client().sign_in(login, room.password(login))[1]}
        for where in (path, f"/relief/{hq}/copies"):
            same(c.get("/ru" + where, **other)[0], 403, (login, where))
    server.stop()
    same([merge(room, c).split(", ")[2] for c in copies], ["0 conflicts", "0 conflicts"], "decided is decided")
    room.verify()


def test_kill_9(room):
    """Killed at several moments: nothing, or all; merged again it is all, and nothing twice."""
    hq = headquarters(room)
    copy = export(room, hq, "a.db")
    server = copy.serve()
    c = server.client(copy.token("relief"))
    for n in range(40):
        same(c.post("/api/v1/movements", {"nonce": f"n{n}", "at": "2024-11-14T12:00:00Z", "type": "receipt", "lines": [
            {"account": "donor", "item": "bread", "quantity": -1}, {"account": "depot", "item": "bread", "quantity": 1}]})[0], 201, n)
    server.stop()
    seen, sets = set(), room.number("SELECT count(*) FROM movement_set")
    for wait in (.05, .15, .25, .4):
        p = subprocess.Popen([house.PROGRAM, "field", "merge", copy.db, "--db", room.db], env=room.env(), cwd=room.dir,
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait * house.SLOW)
        p.send_signal(signal.SIGKILL)
        p.wait()
        seen.add(room.number("SELECT count(*) FROM field_op"))
        check(seen <= {0, 40}, "all or nothing", seen)
    merge(room, copy)
    same(merge(room, copy), "merged 0 operations, 40 already known, 0 conflicts, 0 shortages\n")
    same(room.number("SELECT count(*) FROM movement_set"), sets + 40, "each set once")
    room.verify()


def write(path, sql):
    con = sqlite3.connect(path)
    con.execute(sql)
    con.commit()
    con.close()


def rows(path, table):
    con = sqlite3.connect(path)
    try:
        return con.execute(f"SELECT * FROM {table}").fetchall()
    finally:
        con.close()


def flipped(copy, name, at):
    shutil.copy(copy.db, copy.db + name)
    with open(copy.db + name, "r+b") as f:
        f.seek(at)
        byte = f.read(1)[0]
        f.seek(at)
        f.write(bytes([byte ^ 1]))
    other = Copy(copy.house, os.path.basename(copy.db) + name)
    return other


@house.only("sqlite")
def test_tampered(room):
    hq = headquarters(room)
    copy = export(room, hq, "a.db")
    server = copy.serve()
    step(copy, server, first(copy), "check")
    server.stop()
    with open(copy.db, "rb") as f:
        whole = f.read()
    places = {m.start() + 3 for text in (b'"state":"checked"', b'"people":3', b"flood-x", "Ескі ауыл".encode(), b"checked") for m in re.finditer(text, whole)}
    check(len(places) > 5, "places to flip", len(places))
    for n, at in enumerate(sorted(places)):
        other = flipped(copy, f".{n}", at)
        p = room.run("field", "merge", other.db, "--lang", "en")
        told = p.stderr.decode()
        # A word of the search index is not read by a merge, whatever it says.
        if p.returncode == 0:
            for table in ("need", "history", "audit", "headquarters", "relief_place", "movement_line", "field_origin"):
                same(rows(other.db, table), rows(copy.db, table), (at, table))
            continue
        check("Nothing was merged" in told, "clear words", at, told)
        os.remove(other.db)
    for sql in (f"UPDATE need SET people = 9 WHERE id = {first(copy) + 1}", "UPDATE field_origin SET code = 'other'", "DELETE FROM audit WHERE id = 5"):
        shutil.copy(copy.db, copy.db + ".x")
        write(copy.db + ".x", sql)
        told = merge(room, Copy(room, "a.db.x"), 2)
        check("Nothing was merged" in told, sql, told)
    # of another house, of another program, no copy at all
    write(copy.db + ".x", "DELETE FROM schema_migration WHERE number = (SELECT max(number) FROM schema_migration)")
    told = merge(room, Copy(room, "a.db.x"), 2)
    check("an older program" in told, "older", told)
    write(copy.db + ".x", "INSERT INTO schema_migration SELECT 9998, name, checksum, applied_at FROM schema_migration LIMIT 1")
    check("a newer program" in merge(room, Copy(room, "a.db.x"), 2), "newer")
    with open(copy.db + ".x", "wb") as f:
        f.write(b"no database at all" * 100)
    merge(room, Copy(room, "a.db.x"), 2)
    with Room("sqlite") as stranger:
        stranger.out("init", "--user", "boss")
        check("not made by this house" in merge(stranger, copy, 2), "of another house")
    same(room.number(f"SELECT count(*) FROM need WHERE state <> 'new' AND headquarters = {hq}"), room.number("SELECT count(*) FROM field_op"), "only a whole copy")


if __name__ == "__main__":
    house.main([test_there_and_back, test_conflict_on_a_page, test_kill_9, test_tampered])
