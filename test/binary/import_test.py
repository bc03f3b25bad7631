"""import_test.py – a table through the real program: killed in the middle and taken up again, sent through
the pages while the server dies, and given back as the list it became."""
import csv
import io
import json
import os
import re
import time

import house
from house import check, same

HEAD = "Аты-жөні;Туған күні;Телефон\n"


def table(room, rows):
    """People none of whose names is like another, and one row that cannot come in."""
    letters = "абвгдежзклмнопрстуфх"
    text = HEAD
    for i in range(rows):
        name = letters[i % 20] + letters[i // 20 % 20] + letters[i // 400 % 20]
        text += f"Тек{name} Ат{name[::-1]};{1 + i % 28:02d}.{1 + i % 12:02d}.{1940 + i % 60};8701{i:07d}\n"
    text += "Қате Күн;31.02.1990;\n"
    path = os.path.join(room.dir, "people.csv")
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    return path


def people(room):
    return room.number("SELECT count(*) FROM person WHERE surname LIKE 'Тек%'")


def test_killed_and_taken_up(room):
    """kill -9 while it writes; the same command goes on behind the last row, and each row is there once."""
    room.out("init")
    rows = 1500 if house.SLOW == 1 else 1200
    path = table(room, rows)
    p = house.subprocess.Popen([house.PROGRAM, "import", "people", path, "--db", room.db], env=room.env(),
                               cwd=room.dir, stdout=house.subprocess.DEVNULL, stderr=house.subprocess.DEVNULL)
    until = time.monotonic() + 120
    while people(room) == 0 and p.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    p.kill()
    p.wait()
    some = people(room)
    check(0 < some <= rows, "something was written before it was killed", some)
    done = room.run("import", "people", path)
    same(done.returncode, 1, "one row cannot come in: " + done.stderr.decode())
    same(people(room), rows, "all rows are there")
    same(room.number("SELECT count(DISTINCT phone) FROM person"), rows, "each once")
    same(room.number("SELECT count(*) FROM history WHERE kind = 'person'"), rows, "each with its history")
    rejected = open(path + ".rejected.csv", encoding="utf-8-sig").read().splitlines()
    same(len(rejected), 2, "the header and the row that was refused")
    check(rejected[1].startswith("Қате Күн;31.02.1990;;"), "in its own columns", rejected)
    out = room.run("verify").stdout.decode()
    check(" 0 differences" in out, out[-500:])


def test_export_is_the_list(room):
    """The same people as CSV and JSON on the command line, with the page's own filter."""
    room.demo()
    rows = list(csv.reader(io.StringIO(room.out("export", "people", "sex=f").lstrip("\ufeff")), delimiter=";"))
    items = json.loads(room.out("export", "people", "--format", "json", "sex=f"))
    women = room.number("SELECT count(*) FROM person WHERE sex = 'f' AND merged_into IS NULL")
    same(len(rows) - 1, women, "CSV")
    same(len(items), women, "JSON")
    check(all("iin" not in i for i in items), "no IIN in any export")
    check(room.run("export", "people", "--format", "pdf").returncode == 2, "no such form")
    check(room.run("export", "people", "nonsense=1").returncode == 2, "no such filter")


def form_file(fields, name, body):
    edge = "edge0123456789"
    parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in fields.items()]
    parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
                 f"Content-Type: text/csv\r\n\r\n".encode() + body + b"\r\n")
    return b"".join(parts) + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"


def test_pages(room):
    """Five screens over the wire; the staged file is the house's own and goes when the import is put aside."""
    room.demo()
    server = room.serve()
    c = server.client()
    cookie = {"Cookie": "s=" + c.sign_in("clerk", room.password("clerk"))[1]}
    before = people(room)
    with open(table(room, 60), "rb") as f:
        body = f.read()
    token = c.csrf("/kk/imports", "/kk/imports", **cookie)
    data, kind = form_file({"_csrf": token, "kind": "people"}, "C:\\lists\\people.csv", body)
    status, head, _ = c.post("/kk/imports", data, Content_Type=kind, **cookie)
    same(status, 303, "sent")
    at = head["location"]
    status, _, page = c.get(at, **cookie)
    check(status == 200 and "people.csv" in page.decode() and "lists" not in page.decode(), "the bare name", status)
    columns = {"_csrf": c.csrf(at, at + "/columns", **cookie), "columns": "3", "c0": "full_name", "c1": "birth_day",
               "c2": "phone", "whole": "", "tag": ""}
    same(c.send_form(at + "/columns", dict(columns, c2="birth_day"), **cookie)[0], 422, "one meaning twice")
    same(c.send_form(at + "/columns", columns, **cookie)[0], 303, "planned")
    same(people(room), before, "nothing is written yet")
    page = c.get(at, **cookie)[2].decode()
    plan = re.search(r"name='plan' value='(\w{64})'", page).group(1)
    token = c.csrf(at, at + "/commit", **cookie)
    same(c.send_form(at + "/commit", {"_csrf": token, "plan": "0" * 64}, **cookie)[0], 409, "another plan")
    same(c.send_form(at + "/commit", {"_csrf": token, "plan": plan}, **cookie)[0], 303, "agreed")
    until = time.monotonic() + 60
    while "refresh" in (answer := c.get(at, **cookie))[1] and time.monotonic() < until:
        time.sleep(0.1)
    same(people(room), before + 60, "written")
    status, _, data = c.get(at + "/rejected?format=csv", **cookie)
    check(status == 200 and "Қате Күн" in data.decode(), "the row that was refused")
    leader = {"Cookie": "s=" + server.client().sign_in("leader", room.password("leader"))[1]}
    same(c.get(at, **leader)[0], 404, "another's import is not there")
    same(c.get(at + "/rejected", **leader)[0], 404, "nor are its rows")
    same(c.send_form(at + "/undo", {"_csrf": c.csrf(at, at + "/undo", **cookie)}, **cookie)[0], 303, "undone")
    until = time.monotonic() + 60
    while "refresh" in (answer := c.get(at, **cookie))[1] and time.monotonic() < until:
        time.sleep(0.1)
    same(people(room), before, "as before: " + answer[2].decode()[-200:])
    data, kind = form_file({"_csrf": c.csrf("/kk/imports", "/kk/imports", **cookie), "kind": "people"}, "x.xls",
                           b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old")
    same(c.post("/kk/imports", data, Content_Type=kind, **cookie)[0], 422, "an old workbook is named")
    same(len(os.listdir(room.base + ".files/import")), 1, "of what was refused no file stays")
    server.stop()
    out = room.run("verify").stdout.decode()
    check(" 0 differences" in out, out[-500:])


FIXTURES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "fixtures")


def told(room, status, *args):
    p = room.run(*args)
    same(p.returncode, status, f"{args}: {p.stderr.decode()}")
    return json.loads(p.stdout) if p.stdout else p.stderr.decode()


@house.only("sqlite")
def test_saved_page(room):
    """import-page: nothing without a rubric, then a draft with what was chosen; the bytes are kept, proven and backed up."""
    room.demo()
    path = os.path.join(FIXTURES, "saved_page.html")
    dry = told(room, 0, "import-page", path, "--dry-run")
    same((dry["original"], dry["dated"]), ("kk", "2024-11-14"))
    old = os.path.join(room.dir, "old.html")
    for code, text in (("kz1048", open(path, encoding="utf-8").read()), ("cp1251", "Праздник дружбы\n\nВ Доме дружбы прошёл праздник, на него пришли все соседи.\n")):
        with open(old, "wb") as f:
            f.write(text.encode(code, "replace"))
        read = told(room, 0, "import-page", old, "--dry-run")
        check(read["title"] in ("Достық үйінде күзгі кездесу өтті", "Праздник дружбы"), "letters of one byte", read)
        same(read["original"], "kk" if code == "kz1048" else "ru")
    check("no open rubric" in told(room, 2, "import-page", path, "--rubric", "none"), "no such rubric")
    check("--accept" in told(room, 2, "import-page", path, "--accept", "some"), "no such choice")
    same(room.number("SELECT count(*) FROM article_source"), 0, "nothing was written")
    server = room.serve()
    big = os.path.join(room.dir, "big.txt")
    with open(big, "wb") as f:
        f.write("мәтін ".encode() * (52 << 20 >> 4))
    check("8" in told(room, 2, "import-page", big) and "kB" not in told(room, 2, "check-draft", big), "50 MB are refused")
    answer = house.raw(server.port, b"POST /kk/newsroom/import HTTP/1.1\r\nHost: a\r\nContent-Length: 52428800\r\n\r\n")
    check(house.raw_status(answer) in (401, 413, 400), "and on the wire", answer[:100])
    server.alive()
    server.stop()
    certain = told(room, 0, "import-page", path, "--source", "https://news.example/1", "--on", "2024-11-14")
    for f in certain["findings"]:
        same(f["accepted"], f["certain"], f["text"])
        check(not (f["quoted"] and f["accepted"]), "a quotation stays", f)
    reasons = {x["line"]: x["reason"] for x in certain["left_out"]}
    same(reasons["Back to top button"], "menu")
    same(reasons["Пікір үстеу"], "comments")
    text = "SELECT count(*) FROM article WHERE id = %d AND text_kk LIKE '%%%s%%'"
    same(room.number(text % (certain["article"], "Оларға 14 мыңнан аса")), 1, "repaired")
    same(room.number(text % (certain["article"], "тұрғыныэтникалық")), 1, "only the dictionary knows it")
    none = told(room, 0, "import-page", path, "--accept", "none", "--rubric", "assambleya")
    same(room.number(text % (none["article"], "14мыңнан")), 1, "as it stood")
    every = told(room, 0, "import-page", path, "--accept", "all", "--rubric", "assambleya")
    same(room.number(text % (every["article"], "тұрғыны этникалық")), 1, "suggestions too")
    same(room.number(text % (every["article"], "жердебереке")), 1, "but for quotations")
    sha = certain["sha256"]
    kept = os.path.join(room.base + ".files", sha[:2], sha[2:])
    same(open(kept, "rb").read(), open(path, "rb").read(), "the very bytes")
    check(" 0 differences" in room.out("verify"), "proven")
    room.out("backup", "whole.shanyraq")
    with house.Room(room.engine) as copy:
        house.shutil.copy(room.base + ".key", copy.base + ".key")
        p = copy.run("restore", os.path.join(room.dir, "whole.shanyraq"))
        check(p.returncode == 0 and b" 0 differences" in p.stdout, "restored with its pages", p.stdout, p.stderr)
        check(os.path.exists(os.path.join(copy.base + ".files", sha[:2], sha[2:])), "the page came along")
    with open(kept, "ab") as f:
        f.write(b" ")
    check("has changed" in room.run("verify").stdout.decode(), "an edited copy is found")


@house.only("sqlite")
def test_each_number_changed(room):
    """check-draft of a whole text: all true; each number changed once, and exactly that claim is false, with the right
    words; a file that is cut, broken or no text at all is answered."""
    room.demo()
    source = open(os.path.join(FIXTURES, "draft.txt"), "rb").read()
    path = os.path.join(room.dir, "draft.txt")

    def checked(data, status):
        with open(path, "wb") as f:
            f.write(data)
        return told(room, status, "check-draft", path)

    whole = checked(source, 0)
    same(whole["summary"], {"true": len(whole["claims"]), "stale": 0, "false": 0, "nosource": 0})
    counts = [c for c in whole["claims"] if c["value"] is not None or c["unit"] == "day"]
    same(len(counts), 12, "counts and days of the text")
    for c in counts:
        old = source[c["from"]:c["to"]].decode()
        digits = re.search(r"\d+", old).group()
        more = int(digits) + (10 if c["relation"] == "gt" and int(digits) >= 40 else 1)
        new = old.replace(digits, str(more))
        false = [x for x in checked(source[:c["from"]] + new.encode() + source[c["to"]:], 1)["claims"]
                 if x["verdict"] == "false"]
        same([(x["from"], x["text"]) for x in false], [(c["from"], new)], "exactly that one")
        same(false[0]["suggestion"].replace(" ", ""), old.replace(" ", ""), "the right words")
    for data in (b"", b"\0\0", "Бір\0екі 497 іс-шара".encode(), b"\xff\xfe\x80", source[:777] + b"\xd0",
                 b"<!DOCTYPE html>" + b"<div><b>" * 10000 + "497 іс-шара өтті, бәрі жақсы болды.".encode()):
        checked(data, 0)


if __name__ == "__main__":
    house.main([test_killed_and_taken_up, test_export_is_the_list, test_pages, test_saved_page, test_each_number_changed])
