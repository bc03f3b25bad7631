"""backup_test.py – backup and restore: while serving, to the other engine and back, and every way in
which a file or a place may be wrong. What is refused writes nothing."""
import glob
import hashlib
import json
import os
import re
import random
import re
import resource
import shutil
import struct
import subprocess
import sys
import threading
import time

import house
from house import Room, check, letters, once, same

OTHER = {"sqlite": "postgresql", "postgresql": "sqlite"}
MAGIC = b"shanyraq backup 1\n"  # rows; the image of an SQLite database has 2
PNG = house.png(4)


def backup(room, name="b.shq", *form):
    path = os.path.join(room.dir, name)
    room.out("backup", path, *form)
    return path


def restore(room, path, key_of=None):
    """An answer of the program; the key of another room laid in place first."""
    if key_of is not None:
        shutil.copy(key_of.base + ".key", room.base + ".key")
    return room.run("restore", path, "--lang", "en")


def said(p):
    return p.stderr.decode(errors="replace")


def refused(p, words, code=2):
    check(p.returncode == code and words in said(p), f"refused with “{words}”", p.returncode, said(p))


def figures(room):
    found = json.loads(room.out("figures"))
    for f in found:
        f.pop("known")
    return found


def rows(room):
    return {t: room.number(f"SELECT count(*) FROM {t}") for t in
            ("person", "membership", "event", "attendance", "history", "audit", "account", "setting", "figure_sum")}


def pieces(data):
    """(letter, body) of a backup; its parts can be put together again by sealed()."""
    check(data[:16] == MAGIC[:16] and data[16:18] in (b"1\n", b"2\n"), "the first line", data[:40])
    at, out = len(MAGIC), []
    while at < len(data):
        n = struct.unpack("<Q", data[at + 1:at + 9])[0]
        out.append((data[at:at + 1], data[at + 9:at + 9 + n]))
        at += 9 + n
    return out


def sealed(parts, magic=MAGIC):
    body = magic + b"".join(c + struct.pack("<Q", len(b)) + b for c, b in parts if c != b"E")
    return body + b"E" + struct.pack("<Q", 32) + hashlib.blake2b(body, digest_size=32).digest()


def test_there_and_back(room):
    """Demo with a file → backup while 8 clients write → other engine → back: figures and rows equal."""
    room.demo()
    token = room.token()
    server = room.serve()
    event = room.number("SELECT min(id) FROM event WHERE state = 'held'")
    form = (b'--cut\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
            + PNG + b'\r\n--cut\r\nContent-Disposition: form-data; name="type"\r\n\r\nphoto\r\n--cut--\r\n')
    status, _, data = server.client(token).post(f"/api/v1/events/{event}/files", form,
                                                Content_Type="multipart/form-data; boundary=cut")
    check(status == 201, "a picture as evidence", status, data)
    stop, told = threading.Event(), []

    def writer(i):
        c, n = server.client(token), 0
        while not stop.is_set() and n < 30:
            s, _, body = c.post("/api/v1/people", {"surname": "Көшу" + letters(i * 1000 + n).lower()})
            same(s, 201, f"a write beside the backup: {body!r:.200}")
            told.append(json.loads(body)["id"])
            n += 1

    threads = [threading.Thread(target=writer, args=(i,), daemon=True) for i in range(8)]
    for t in threads:
        t.start()
    before = list(told)
    first = backup(room, "live.shq")
    stop.set()
    for t in threads:
        t.join(60)
    server.stop()
    with Room(room.engine) as copy:
        p = restore(copy, first, room)
        same(p.returncode, 0, said(p))
        for person in before:
            same(copy.number(f"SELECT count(*) FROM person WHERE id = {person}"), 1, "acknowledged before it began")
        copy.verify()
    still = backup(room)
    wanted, counted = figures(room), rows(room)
    with Room(OTHER[room.engine]) as other, Room(room.engine) as back:
        p = restore(other, still, room)
        check(p.returncode == 0 and p.stdout.decode().splitlines()[-1].endswith(" 0 differences"), said(p), p.stdout)
        same(figures(other), wanted, "figures and digests on the other engine")
        same(rows(other), counted, "rows on the other engine")
        again = backup(other, "again.shq", "--format", "rows")
        same(restore(back, again, room).returncode, 0, "and back")
        same(figures(back), wanted, "figures after the way back")
        with open(backup(room, "rows.shq", "--format", "rows"), "rb") as a, open(again, "rb") as b:
            same(pieces(a.read())[1:-1] == pieces(b.read())[1:-1], True, "both engines write the same pieces")
        os.makedirs(back.base + ".files", exist_ok=True)
        server = back.serve()
        password = room.password("clerk")
        answer, cookie = server.client().sign_in("clerk", password)
        check(answer[0] == 303 and cookie, "the clerk signs in after the move", answer[0])
        status, _, body = server.client(token).post("/api/v1/people", {"surname": "Жаңа"})
        check(status == 201 and json.loads(body)["id"] > max(told), "ids go on behind the largest", body)
        server.stop()
        back.verify()


@once
def test_refusals():
    with Room("sqlite") as room, Room("sqlite") as target:
        room.out("init")
        path = backup(room)
        with open(path, "rb") as f:
            data = f.read()
        refused(restore(target, path), "key", 3)
        check(not os.path.exists(target.base + ".key"), "restore makes no key")
        with Room("sqlite") as stranger:
            stranger.out("init")
            refused(restore(target, path, stranger), "key beside this database is another")
        refused(restore(room, path), "restored only into an empty one")
        bad = os.path.join(room.dir, "bad.shq")
        for cut in [0, 5, len(MAGIC), len(MAGIC) + 4, 60, 200, len(data) // 2, len(data) - 41, len(data) - 1]:
            with open(bad, "wb") as f:
                f.write(data[:cut])
            p = restore(target, bad, room)
            check(p.returncode == 2 and said(p).startswith("shanyraq: "), f"cut at {cut}", p.returncode, said(p))
        for text, words in ((data[:-1] + bytes([data[-1] ^ 1]), "changed"), (data + b"x", "changed"),
                            (data.replace(b"backup 2\n", b"backup 9\n", 1), "another version"),
                            (data[:300] + bytes([data[300] ^ 4]) + data[301:], ""), (b"PK\x03\x04" * 50, "backup"),
                            (data.replace(b"schema=", b"schema=9", 1), "newer")):
            with open(bad, "wb") as f:
                f.write(text)
            refused(restore(target, bad, room), words)
        same(restore(target, os.path.join(room.dir, "none.shq"), room).returncode, 2, "no such file")
        same(restore(target, path, room).returncode, 0, "and after all these the right one is taken")
        target.verify()


@once
def test_foreign_bytes():
    """Well sealed nonsense: lengths, letters and cells changed at random, the sum made right again; of rows
    and of an image."""
    chance = random.Random(20241115)
    with Room("sqlite") as room:
        room.out("init")
        for form in (["--format", "rows"], []):
            with open(backup(room, "b.shq", *form), "rb") as f:
                data = f.read()
            nonsense(room, chance, [(c, b) for c, b in pieces(data) if c != b"E"], data[:len(MAGIC)])


def nonsense(room, chance, parts, magic):
    taken = 0
    for n in range(24):
        some = [(c, bytearray(b)) for c, b in parts]
        for _ in range(chance.randint(1, 3)):
            i = chance.randrange(1, len(some))
            c, b = some[i]
            act = chance.randrange(4)
            if act == 0 and b:
                b[chance.randrange(len(b))] = chance.randrange(256)
            elif act == 1:
                some[i] = (bytes([chance.choice(b"TRFHPWX")]), b)
            elif act == 2:
                del b[chance.randrange(len(b) + 1):]
            else:
                some.insert(i, (c, bytearray(b)))
        bad = os.path.join(room.dir, "bad.shq")
        with open(bad, "wb") as f:
            f.write(sealed([(c, bytes(b)) for c, b in some], magic))
        with Room("sqlite") as target:
            p = restore(target, bad, room)
            check(p.returncode in (0, 1, 2, 3), f"nonsense {n}", p.returncode, said(p))
            check(p.returncode < 2 or said(p).startswith("shanyraq: "), f"nonsense {n} is answered", said(p))
            taken += p.returncode in (0, 1)
            if p.returncode in (2, 3) and os.path.exists(target.db):
                same(target.number("SELECT count(*) FROM setting"), 0, f"nonsense {n} wrote nothing: {said(p)}")
            left = [f for f in os.listdir(target.base + ".files") if f.startswith(".image")] \
                if os.path.exists(target.base + ".files") else []
            same(left, [], "no unpacked image stays")
    check(taken < 24, "some were refused", taken)
    print(f"# {taken} of 24 were harmless")


@once
def test_disk_full():
    with Room("sqlite") as room:
        room.demo()
        path = backup(room)
        with open(path, "rb") as f:
            good = f.read()

        def small():
            resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

        p = subprocess.run([house.PROGRAM, "backup", path, "--lang", "en", "--db", room.db], capture_output=True, env=room.env(),
                           preexec_fn=small, stdin=subprocess.DEVNULL, timeout=120)
        check(p.returncode == 3 and "cannot be written" in said(p), "a full disk", p.returncode, said(p))
        with open(path, "rb") as f:
            check(f.read() == good, "the older backup stands")
        same([n for n in os.listdir(room.dir) if ".new-" in n], [], "no half file stays")
        room.verify()


def ended(room, n):
    """The n-th run, when it has ended."""
    until = time.monotonic() + 60 * house.SLOW
    while time.monotonic() < until:
        found = room.sql("SELECT state, coalesce(file, ''), coalesce(error, '') FROM backup_run ORDER BY id")
        if len(found) >= n and found[n - 1][0] in ("proved", "failed"):
            return found[n - 1]
        time.sleep(0.2)
    raise house.Failed(f"the backup does not end: {found}")


def test_proof_on_the_page(room):
    """Made by a button, read back, called proved; and not when the sums were touched from outside."""
    room.demo()
    server = room.serve()
    c = server.client()
    cookie = {"Cookie": "s=" + c.sign_in("admin", room.password("admin"))[1]}
    csrf = c.csrf("/kk/backups", "/kk/backups", **cookie)
    same(c.send_form("/kk/backups", {"_csrf": csrf}, **cookie)[0], 303, "asked for")
    state, path, error = ended(room, 1)
    same((state, error), ("proved", ""), "the first one")
    page = c.get("/en/backups", **cookie)[2].decode()
    check("Proved" in page and path in page, "it stands on the page", page[-2000:])
    with Room(room.engine) as copy:
        same(restore(copy, os.path.join(room.base + ".backups", path), room).returncode, 0, "it can be restored")
    room.sql("UPDATE figure_sum SET amount = amount + 1 WHERE figure = (SELECT min(figure) FROM figure_sum)"
             if room.engine == "sqlite" else
             "UPDATE figure_sum SET amount = amount + 1 WHERE figure = (SELECT min(figure) FROM figure_sum)"
             " RETURNING 1")
    same(c.send_form("/kk/backups", {"_csrf": csrf}, **cookie)[0], 303, "asked for again")
    state, _, error = ended(room, 2)
    check(state == "failed" and error, "a copy that does not add up is not called proved", state, error)
    same(sorted(os.listdir(room.base + ".backups"))[:1][0].startswith(".proof"), False, "no scratch database stays")
    for login in ("clerk", "head", "auditor"):
        other = {"Cookie": "s=" + server.client().sign_in(login, room.password(login))[1]}
        same(c.get("/kk/backups", **other)[0], 403, f"{login} has no business there")
    server.stop()


def undone(number):
    """Statements that take a migration back, as far as ours make tables and columns."""
    path = glob.glob(os.path.join(os.path.dirname(os.path.abspath(__file__)), f"../../schema/{number:04d}_*.sql"))
    with open(path[0], encoding="utf-8") as f:
        text = re.sub(r"--[^\n]*", "", f.read())
    back = []
    for words in (s.split() for s in text.split(";")):
        if words[:2] == ["CREATE", "TABLE"]:
            back.append(f"DROP TABLE {words[2]}")
        elif words[:2] == ["ALTER", "TABLE"] and words[3:5] == ["ADD", "COLUMN"]:
            back.append(f"ALTER TABLE {words[2]} DROP COLUMN {words[5]}")
        elif words and words[0] == "CREATE" and "INDEX" in words[:3]:
            back.append(f"DROP INDEX {words[words.index('INDEX') + 1]}")
        else:
            check(not words, "a migration that can be taken back", words)
    back = list(dict.fromkeys(back))  # a table made for each engine in words of its own goes once
    return back[::-1] + [f"DELETE FROM schema_migration WHERE number = {number}"]


def test_migrate_keeps_a_backup(room):
    """An older database: serve refuses and names migrate, which saves it first; that backup restores."""
    room.demo()
    newest = room.number("SELECT max(number) FROM schema_migration")
    for sql in undone(newest):
        room.sql(sql if room.engine == "sqlite" else f"{sql}; SELECT 1")
    p = room.run("serve", "--listen", "127.0.0.1:0")
    check(p.returncode == 2 and "shanyraq migrate" in said(p), "serve refuses an older database", p.returncode, said(p))
    wanted = rows(room)
    same(room.out("migrate").split(), ["schema", str(newest)], "migrated")
    same(rows(room), wanted, "nothing is lost")
    saved = f"{room.base}.before-schema-{newest}.shanyraq"
    with Room(room.engine) as copy:
        p = restore(copy, saved, room)
        # lines of the audit that lost a column with the migration taken back cannot prove themselves
        check(p.returncode in (0, 1) and all(line.endswith(": the row was changed") or line.startswith(("verify: ", "… and"))
                                             for line in p.stdout.decode().splitlines()), said(p), p.stdout[-900:])
        same(copy.number("SELECT max(number) FROM schema_migration"), newest, "brought to the program's schema")
        same(rows(copy), wanted, "with everything in it")
    os.unlink(saved)
    room.out("migrate")
    check(not os.path.exists(saved), "nothing to do, nothing saved")
    room.sql(f"INSERT INTO schema_migration VALUES ({newest + 1}, 'later', 'x', 0)"
             + ("" if room.engine == "sqlite" else " RETURNING 1"))
    p = room.run("serve", "--listen", "127.0.0.1:0")
    check(p.returncode == 2 and "newer" in said(p), "serve refuses a newer database", p.returncode, said(p))
    check(room.run("migrate").returncode != 0, "and so does migrate")


if __name__ == "__main__":
    house.main([test_there_and_back, test_refusals, test_foreign_bytes, test_disk_full,
                test_proof_on_the_page, test_migrate_keeps_a_backup])
