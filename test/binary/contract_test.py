"""contract_test.py – what scripts rely on: verbs, exit codes, figures, records, statement, verify.

Every figure is opened and counted again from its own records: number, hash, amounts, splits.
"""
import csv
import datetime
import hashlib
import io
import json
import os
import re
import stat
import statistics

import house
from house import PG, SLOW, Room, Skipped, check, once, only, same

FIELDS = {"code", "value", "exactness", "unit", "from", "to", "on", "known", "records", "sha256", "dims"}
STOCK = {"eca_count", "eca_members", "eca_persons", "bodies_by_kind", "ethnos_present", "club_learners", "youth_members",
         "consents_valid", "centre_occupancy"}
DAY = r"\d{4}-\d\d-\d\d"


def figures(room, *options):
    return json.loads(room.out("figures", *options, "--format", "json"))


def whole(list_, code):
    return [f for f in list_ if f["code"] == code and not f["dims"]][0]


def split(list_, code):
    return [f for f in list_ if f["code"] == code and f["dims"]]


def records(room, code, *options):
    text = room.out("records", code, *options, "--format", "csv")
    check(text.split("\n", 1)[0].rstrip("\r") == "id,kind,label,date,body,amount,basis", "header of records", text[:200])
    return list(csv.DictReader(io.StringIO(text)))


def digest(rows):
    ids = sorted({int(r["id"]) for r in rows})
    return hashlib.sha256("".join(f"{i}\n" for i in ids).encode()).hexdigest()


def without_known(list_):
    return [{k: v for k, v in f.items() if k != "known"} for f in list_]


def mode(path):
    return stat.S_IMODE(os.stat(path).st_mode)


# ---- beginning ----

def test_init(room):
    said = room.out("init")
    m = re.search(r"^password: (\S{8,})$", said, re.M)
    check(m, "init prints a password", said)
    same(mode(room.base + ".key"), 0o600, "mode of the key")
    server = room.serve()
    answer, cookie = server.client().sign_in("admin", m.group(1))
    check(answer[0] == 303 and cookie, "sign-in with the printed password", answer)
    server.stop()
    again = room.run("init")
    same(again.returncode, 2, "init a second time")
    check(b"password:" not in again.stdout, "a second init draws no password", again.stdout)
    room.verify()


def test_usage(room):
    room.demo()
    wrong = [["figures", "--nope"], ["figures", "extra"], ["verify", "extra"], ["demo"], ["init"],
             ["figures", "--format", "xml"], ["figures", "--on", "2024-02-30"],
             ["figures", "--period", "2024-03-01"], ["figures", "--period", "2024-03-02..2024-03-01"],
             ["figures", "--body", "nosuch"], ["figures", "--district", "nosuch"], ["records"],
             ["records", "nosuch"], ["records", "eca_count", "eca_members"], ["statement", "--lang", "xx"],
             ["user", "list", "more"], ["user", "add", "x", "--role", "king"], ["token", "create"],
             ["token", "create", "--user", "nobody"], ["token", "create", "--user", "clerk", "--days", "0"],
             ["token", "create", "--user", "clerk", "--days", "ten"], ["user", "password", "nobody"]]
    for words in wrong:
        p = room.run(*words)
        same(p.returncode, 2, " ".join(words))
        same(p.stdout, b"", "standard output of " + " ".join(words))
        check(p.stderr.strip() != b"", "words for " + " ".join(words))
    for words in ([], ["nosuch"], ["--db"], ["figures"]):
        same(room.run(*words, db=False).returncode, 2, f"{words} without a database")
    same(room.run("--help", db=False).returncode, 0, "--help")
    p = room.run("figures", db=False, SHANYRAQ_DB=room.db)
    same(p.returncode, 0, "SHANYRAQ_DB instead of --db")
    room.verify()


@only("sqlite")
def test_no_database(room):
    nowhere = os.path.join(room.dir, "none", "x.db")
    for verb in ("figures", "verify", "statement", "serve", "migrate", "init"):
        p = room.run(verb, "--db", nowhere, db=False)
        same(p.returncode, 3, f"{verb} of a database in no folder")
        check(p.stderr.strip(), "words")
    missing = os.path.join(room.dir, "x.db")
    same(room.run("figures", "--db", missing, db=False).returncode, 3, "figures of a missing file")
    check(not os.path.exists(missing) and not os.path.exists(missing + ".key"), "reading makes no database")
    gone = f"postgresql://u@/x?host={room.dir}"
    same(room.run("init", "--db", gone, db=False).returncode, 3, "no PostgreSQL there")
    broken = os.path.join(room.dir, "broken.db")
    room.out("init")
    with open(broken, "wb") as f:
        f.write(b"this is no database, but long enough to look like one" * 100)
    os.link(room.base + ".key", broken + ".key")
    same(room.run("figures", "--db", broken, db=False).returncode, 3, "a file that is no database")


def check_demo(made):
    for end in (".key", ".sign-ins"):
        same(mode(made.base + end), 0o600, "mode of D" + end)
    same(mode(made.base + ".files"), 0o700, "mode of D.files")
    with open(made.base + ".sign-ins", encoding="utf-8") as f:
        lines = [line.split() for line in f]
    same(sorted(w[0] for w in lines), sorted(["admin", "head", "clerk", "leader", "door", "relief", "driver", "member", "auditor"]), "sign-ins")
    check(len({w[1] for w in lines}) == len(lines) and all(len(w[1]) >= 12 for w in lines), "passwords are drawn")


def test_demo(room):
    """Of the demo that all files of tests copy from; a second is made only where that one took long."""
    first = Room.first(room.engine)
    check_demo(first)
    took = [first.took]
    # the wall clock of PostgreSQL is mostly its server's, which other tests of the machine slow down
    which = 0 if room.engine == "sqlite" else 1
    if took[0][which] >= 10 * SLOW:  # a neighbour on the machine may have had its moment
        room.make()
        check_demo(room)
        took.append(room.took)
    print(f"# demo on {room.engine}: {min(t[0] for t in took):.1f} s, of it the program's own {min(t[1] for t in took):.1f} s")
    check(min(t[which] for t in took) < 10 * SLOW, "demo takes longer than 10 s:", took)


# ---- figures ----

def check_shape(list_):
    check(isinstance(list_, list) and list_, "an array")
    seen = set()
    for f in list_:
        same(set(f), FIELDS, "fields of " + str(f.get("code")))
        check(f["value"] is None or type(f["value"]) in (int, float), "value", f)
        check(f["exactness"] in ("exact", "at_least", "about", "unknown"), "exactness", f)
        check(re.fullmatch(DAY, f["on"]), "on", f)
        stock = f["from"] is None and f["to"] is None  # counted on a day, not over a period
        check(stock == (f["code"] in STOCK) and (stock or (re.fullmatch(DAY, f["from"]) and
              re.fullmatch(DAY, f["to"]) and f["from"] <= f["to"])), "period", f)
        check(re.fullmatch(DAY + r"T\d\d:\d\d:\d\d(\.\d+)?Z", f["known"]), "known", f)
        known = datetime.datetime.fromisoformat(f["known"].replace("Z", "+00:00"))
        now = datetime.datetime.now(datetime.timezone.utc)
        check(abs((now - known).total_seconds()) < 300, "known is the real clock", f)
        check(type(f["records"]) is int and re.fullmatch("[0-9a-f]{64}", f["sha256"]), "records, sha256", f)
        check(isinstance(f["unit"], str) and f["unit"], "unit", f)
        same(not f["dims"], f["code"] not in seen, f"the first object of {f['code']} has no dims, the others have")
        seen.add(f["code"])
    return seen


# What adds up from the amounts of its records; the middle one of them; all others count records.
SUMS = {"participants_total", "charity_people", "charity_served", "charity_amount", "charity_goods", "hot_meals",
        "hot_meals_cooked", "hot_meals_thrown", "relief_goods", "relief_goods_received", "relief_goods_pledged",
        "relief_sheltered", "volunteer_hours", "centre_occupancy"}
MEDIANS = ("participants_median", "needs_hours")


RECORDS = {}  # engine → code → rows of the whole year, as test_figures read them


def check_records(room, list_, code, *options):
    f, rows = whole(list_, code), records(room, code, *options)
    same(len(rows), f["records"], f"number of records of {code}")
    same(digest(rows), f["sha256"], f"hash of {code}")
    same(len({(r["kind"], r["id"]) for r in rows}), len(rows), f"records of {code} stand once")
    amounts = [int(r["amount"]) for r in rows if r["amount"]]
    if code in SUMS:
        same(sum(amounts), f["value"] or 0, f"amounts of {code}")
        same(len(amounts), len(rows), f"each record of {code} has an amount")
    elif code in ("participants_mean", "signups_came") and amounts:
        check(abs(statistics.mean(amounts) - f["value"]) <= 0.051, "mean", f, statistics.mean(amounts))
    elif code in MEDIANS and amounts:
        same(f["value"], statistics.median(amounts), "median")
    elif amounts or code not in ("participants_mean", "signups_came", *MEDIANS):
        same(len(rows), f["value"], f"a count opens to as many records: {code}")
    return rows


def check_splits(list_, rows_of):
    for code, dim, column in (("events_by_basis", "basis", "basis"),
                              ("eca_members", "body", None), ("events_by_kind", "event_kind", None),
                              ("events_by_district", "district", None), ("bodies_by_kind", "kind", None)):
        parts = split(list_, code)
        check(parts and all(set(p["dims"]) == {dim} for p in parts), f"dims of {code}", parts[:1])
        same(sum(p["value"] for p in parts), whole(list_, code)["value"], f"parts of {code} add up")
        for p in parts if column else []:
            rows = [r for r in rows_of[code] if r[column] == p["dims"][dim]]
            same((len(rows), digest(rows)), (p["value"], p["sha256"]), f"{code} {p['dims']}")
    # an event of three organisers stands with each of them
    led = {}
    for r in rows_of["events_by_body"]:
        led[r["body"]] = led.get(r["body"], 0) + 1
    by_body = {p["dims"]["body"]: p["value"] for p in split(list_, "events_by_body")}
    check(set(led) <= set(by_body) and all(by_body[b] >= n for b, n in led.items()), "events by body", led, by_body)
    for p in split(list_, "participants_total"):
        rows = [r for r in rows_of["participants_total"] if r["basis"] == p["dims"]["basis"]]
        same(sum(int(r["amount"]) for r in rows), p["value"], f"amounts by basis {p['dims']}")
        same(digest(rows), p["sha256"], f"hash by basis {p['dims']}")
    same(sum(p["value"] for p in split(list_, "participants_total")), whole(list_, "participants_total")["value"],
         "parts of participants_total")


def test_figures(room):
    room.demo()
    list_ = figures(room)
    codes = check_shape(list_)
    value = {c: whole(list_, c)["value"] for c in codes}
    for code, want in (("events_total", 497), ("eca_members", 2245), ("eca_count", 17), ("ethnos_present", 93),
                       ("club_learners", 43)):
        same(value[code], want, code)
    check(14200 <= value["participants_total"] <= 14299, "participants_total", value["participants_total"])
    check(value["eca_persons"] < 2245, "fewer persons than memberships", value["eca_persons"])
    same((list_[0]["from"], list_[0]["to"], list_[0]["on"]), ("2024-01-01", "2024-11-15", "2024-11-15"), "defaults")
    RECORDS[room.engine] = {c: check_records(room, list_, c) for c in sorted(codes)}
    check_splits(list_, RECORDS[room.engine])


def test_filters(room):
    room.demo()
    all_, events = figures(room), records(room, "events_total")
    on = figures(room, "--on", "2024-06-30")
    check_shape(on)
    f = whole(on, "events_total")
    same((f["from"], f["to"], f["on"]), ("2024-01-01", "2024-06-30", "2024-06-30"), "days of --on")
    same(f["value"], len([r for r in events if r["date"] <= "2024-06-30"]), "events until June")
    check(0 < f["value"] < 497, "June is less than the year", f)
    for code in ("events_total", "participants_total", "participants_unique", "eca_members", "eca_count"):
        check_records(room, on, code, "--on", "2024-06-30")
    same(figures(room, "--on", "30.06.2024")[0]["value"], f["value"], "a day as it is written here")
    march = figures(room, "--period", "2024-03-01..2024-03-31")
    same((march[0]["from"], march[0]["to"]), ("2024-03-01", "2024-03-31"), "days of --period")
    rows = check_records(room, march, "events_total", "--period", "2024-03-01..2024-03-31")
    same([r["id"] for r in rows], [r["id"] for r in events if "2024-03-01" <= r["date"] <= "2024-03-31"], "March")
    check(whole(figures(room, "--period", "2023-12-01..2023-12-31"), "events_total")["value"] > 0, "December 2023 is there")
    empty = figures(room, "--period", "1999-01-01..1999-12-31")
    check_shape(empty)
    same((whole(empty, "events_total")["value"], whole(empty, "events_total")["sha256"]),
         (0, hashlib.sha256(b"").hexdigest()), "a year without events")
    part = max(split(all_, "eca_members"), key=lambda p: p["value"])
    code = part["dims"]["body"]
    body = figures(room, "--body", code)
    same(whole(body, "eca_members")["value"], part["value"], f"members of {code}")
    for c in ("eca_members", "events_total", "participants_total"):
        check_records(room, body, c, "--body", code)
    parents = dict(room.sql("SELECT d.code, coalesce(p.code, '') FROM district d LEFT JOIN district p ON p.id = d.parent"))
    parts = {p["dims"]["district"]: p for p in split(all_, "events_by_district") if p["dims"]["district"] in parents}
    code = max((c for c in parts if c not in parents.values()), key=lambda c: parts[c]["value"])
    district = figures(room, "--district", code)
    same((whole(district, "events_total")["value"], whole(district, "events_total")["sha256"]),
         (parts[code]["value"], parts[code]["sha256"]), f"events of district {code}")
    check_records(room, district, "participants_total", "--district", code)
    city = max((c for c in parts if c in parents.values()), key=lambda c: parts[c]["value"])

    def beneath(c):
        return c == city or (c in parents and beneath(parents[c]))

    district = figures(room, "--district", city)
    same(whole(district, "events_total")["value"], sum(p["value"] for c, p in parts.items() if beneath(c)),
         f"events of {city} and all beneath it")
    check_records(room, district, "events_total", "--district", city)


def test_statement(room):
    room.demo()
    kk = room.out("statement", "--lang", "kk")
    for words in ("497 іс-шара", "2245 мүшесі бар 17 этномәдени бірлестік", "90-нан астам этнос", "40-тан астам"):
        check(words in kk, f"«{words}»", kk)
    m = re.search(r"14 мыңнан аса адам \(қатысу саны; бірегей адам – (\d+)\)", kk)
    check(m, "persons and attendances stand apart", kk)
    same(int(m.group(1)), whole(figures(room), "participants_unique")["value"], "unique persons")
    for lang in ("ru", "en"):
        text = room.out("statement", "--lang", lang)
        check("497" in text and "2245" in text.replace("\u00a0", "").replace(",", "") and text != kk, lang, text)
    earlier = room.out("statement", "--lang", "kk", "--on", "2024-06-30")
    check("497" not in earlier, "computed, not typed", earlier)


# ---- verify ----

def verify_finds(room, what):
    p = room.run("verify")
    lines = p.stdout.decode().splitlines()
    m = re.fullmatch(r"verify: (\d+) figures, (\d+) records, (\d+) differences", lines[-1])
    check(p.returncode == 1 and m and int(m.group(3)) > 0, f"verify finds {what}:", p.returncode, lines[-3:])
    check(len(lines) > 1, f"the difference is named: {what}", lines)


def test_verify(room):
    room.demo()
    p = room.run("verify")
    last = p.stdout.decode().splitlines()[-1]
    m = re.fullmatch(r"verify: (\d+) figures, (\d+) records, 0 differences", last)
    check(p.returncode == 0 and m, "verify is clean", p.returncode, last)
    check(int(m.group(1)) >= 15 and int(m.group(2)) > 10000, "it looked at all of it", last)
    tampers = (("a sum", "UPDATE figure_sum SET amount = amount + 1 WHERE figure = 'events_total' AND day ="
                " (SELECT max(day) FROM figure_sum WHERE figure = 'events_total')",
                "UPDATE figure_sum SET amount = amount - 1 WHERE figure = 'events_total' AND day ="
                " (SELECT max(day) FROM figure_sum WHERE figure = 'events_total')"),
               ("a membership", "UPDATE membership SET role = 'volunteer' WHERE id = 1", None))
    for what, do, undo in tampers:
        if undo is None:
            same(room.number("SELECT count(*) FROM membership WHERE id = 1 AND role = 'member'"), 1, "membership 1")
        room.sql(do)
        verify_finds(room, what)
        if undo is not None:
            room.sql(undo)
            room.verify()
    room.sql("UPDATE membership SET role = 'member' WHERE id = 1")
    room.verify()


def test_edited_by_hand(room):
    """Whoever edits the database beside the program is named: kind, number, version, day."""
    room.demo()
    person = room.number("SELECT min(rec) FROM history WHERE kind = 'person'")
    tell = "" if room.engine == "sqlite" else " RETURNING 1"
    number = room.number(f"SELECT min(id) FROM audit WHERE kind = 'person' AND rec = {person}")
    day = r"\(\d{4}-\d\d-\d\d\)"
    for sql, named in (
            (f"UPDATE person SET surname = 'Басқа' WHERE id = {person}",
             rf"person {person}, version 1: the record was changed by hand after {day[2:-2]}: surname"),
            (f"UPDATE history SET at = at + 1 WHERE kind = 'person' AND rec = {person}",
             rf"person {person}, version 1 {day}: the history was changed"),
            (f"UPDATE audit SET account = account + 1 WHERE id = {number}",
             rf"audit {number} \(create person {person}, {day[2:-2]}\): the row was changed"),
            (f"DELETE FROM audit WHERE id = {number}",
             rf"person {person}, version 1 {day}: its line in the audit is missing")):
        room.sql(sql + tell)
        p = room.run("verify")
        check(p.returncode == 1 and re.search(named, p.stdout.decode()), named, p.returncode, p.stdout.decode()[:1500])
    none = "0" * 64
    p = room.run("verify", "--root", f"2024-11-15:{none}")
    check(p.returncode == 1 and "root given for 2024-11-15: no day here has it" in p.stdout.decode(), p.stdout.decode())
    same(room.run("verify", "--root", "12").returncode, 2, "what is no root")


def test_tampered_attendance(room):
    room.demo()
    room.sql("DELETE FROM attendance WHERE id = (SELECT max(id) FROM attendance)")
    verify_finds(room, "an attendance that is gone")


# ---- token, API ----

def test_token(room):
    room.demo()
    said = room.out("token", "create", "--user", "head", "--days", "2")
    token = said.splitlines()[-1]
    check(re.fullmatch(r"sq_[A-Za-z0-9_-]{30,}", token), "the token alone on the last line", said)
    server = room.serve()
    c = server.client(token)
    status, headers, body = c.get("/api/v1/figures")
    same((status, headers["content-type"]), (200, "application/json"), "figures by the API")
    same(without_known(json.loads(body)), without_known(figures(room)), "the API's figures and the command's")
    options = "?on=2024-06-30&body=eca03"
    same(without_known(json.loads(c.get("/api/v1/figures" + options)[2])),
         without_known(figures(room, "--on", "2024-06-30", "--body", "eca03")), "the same with options")
    for code in ("events_total", "participants_total", "eca_members"):
        status, _, body = c.get(f"/api/v1/figures/{code}/records?format=csv")
        same((status, body.decode()), (200, room.out("records", code, "--format", "csv")), f"records of {code}")
    same(c.get("/api/v1/figures?on=2024-02-30")[0], 422, "a day that does not exist")
    same(c.get("/api/v1/figures/nosuch/records")[0] // 100, 4, "no such figure")
    same(server.client(token[:-1] + ("A" if token[-1] != "A" else "B")).get("/api/v1/figures")[0], 401, "another token")
    same(server.client().post("/api/v1/people", b"{not json")[0], 401, "no token, whatever the body")
    server.stop()


@once
def test_engines_agree():
    if not PG:
        raise Skipped("SHANYRAQ_TEST_PG is not set")
    with Room("sqlite") as a, Room("postgresql") as b:
        a.demo()
        b.demo()
        one, two = figures(a), figures(b)
        same(without_known(one), without_known(two), "figures and hashes of both engines")
        same(sorted(set(RECORDS)), ["postgresql", "sqlite"], "engines whose records were read")
        for code in sorted({f["code"] for f in one}):
            same(RECORDS["sqlite"][code], RECORDS["postgresql"][code], f"records of {code} on both engines")
        for code in ("events_total", "eca_members", "participants_total", "hot_meals"):  # and as a table
            same(a.out("records", code), b.out("records", code), f"records of {code} on both engines")
        for lang in ("kk", "ru", "en"):
            same(a.out("statement", "--lang", lang), b.out("statement", "--lang", lang), "statement " + lang)


if __name__ == "__main__":
    house.main([f for n, f in list(globals().items()) if n.startswith("test_")])
