"""report_test.py – the report as a reader of its files gets it: DOCX, XLSX and HTML open with other
programs' parsers, hold the figures that `figures` prints, and are the same bytes when asked twice.
"""
import io
import json
import re
import zipfile
from xml.etree import ElementTree

import house
from house import check, same

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"


def report(room, form, *options):
    p = room.run("report", "--format", form, *options)
    check(p.returncode == 0, "report", form, options, p.stderr)
    return p.stdout


def parts(data):
    """Every part of a package; all XML in it is well-formed and every relationship leads somewhere."""
    z = zipfile.ZipFile(io.BytesIO(data))
    same(z.testzip(), None, "the package")
    out = {n: z.read(n) for n in z.namelist()}
    for name, text in out.items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(text)
    for name in [n for n in out if n.endswith(".rels")]:
        base = name.replace("_rels/", "").rsplit("/", 1)[0] + "/" if "/" in name.replace("_rels/", "") else ""
        for r in ElementTree.fromstring(out[name]).iter(REL + "Relationship"):
            target = r.get("Target").lstrip("/")
            check(base + target in out or target in out, "a relationship of", name, "leads nowhere:", target)
    return out


def figures(room):
    return {f["code"]: f for f in json.loads(room.out("figures")) if not f["dims"]}


def texts(element):
    return "".join(t.text or "" for t in element.iter(W + "t"))


def tables(document):
    return [[[texts(c) for c in row.iter(W + "tc")] for row in t.iter(W + "tr")] for t in document.iter(W + "tbl")]


def test_docx(room):
    room.demo()
    data = report(room, "docx", "--number", "12-3")
    all_parts = parts(data)
    document = ElementTree.fromstring(all_parts["word/document.xml"])
    styles = ElementTree.fromstring(all_parts["word/styles.xml"])
    known = {s.get(W + "styleId") for s in styles.iter(W + "style")}
    used = {s.get(W + "val") for s in document.iter(W + "pStyle")}
    check(used <= known, "styles that are used and not there", used - known)
    same({f.get(W + "ascii") for f in styles.iter(W + "rFonts")}, {"Times New Roman"}, "face")
    size = document.find(f".//{W}sectPr/{W}pgSz")
    same((size.get(W + "w"), size.get(W + "h")), ("11906", "16838"), "A4")
    value = figures(room)["events_total"]["value"]
    whole = texts(document)
    check(whole.index("Атқарылған жұмыс туралы есеп") < whole.index("Отчёт о проделанной работе"),
          "Kazakh stands first")
    check(f"{value} іс-шара өткізілді" in whole and f"проведено {value} мероприятий" in whole, "sentences", whole[:900])
    check("№ 12-3" in whole and "2024 жылғы 15 қараша" in whole, "number and date")
    for t in tables(document):
        check(len({len(r) for r in t}) == 1, "rows of one width", t[:2])
    first = [t for t in tables(document) if t[0][0] == "Көрсеткіш"][0]
    check(str(value) in first[1], "the first figure", first[1])
    heads = [t for t in document.iter(W + "tbl") if len(list(t.iter(W + "tr"))) > 2]
    for t in heads:
        check(next(t.iter(W + "tr")).find(f"{W}trPr/{W}tblHeader") is not None, "the head repeats")
    # A moment stands in the foot; but for it, two papers of one day are the same.
    clock = re.compile(rb"\d\d\.\d\d\.\d{4} \d\d:\d\d|\d{4}-\d\d-\d\dT[^<]*")
    again = parts(report(room, "docx", "--number", "12-3"))
    same({n: clock.sub(b"", p) for n, p in again.items()}, {n: clock.sub(b"", p) for n, p in all_parts.items()}, "asked twice")


def cells(parts_, sheet):
    root = ElementTree.fromstring(parts_[sheet])
    out = []
    for row in root.iter(S + "row"):
        line = {}
        for c in row.iter(S + "c"):
            column = re.match(r"[A-Z]+", c.get("r")).group(0)
            if c.get("t") == "inlineStr":
                line[column] = "".join(t.text or "" for t in c.iter(S + "t"))
            else:
                line[column] = float(c.find(S + "v").text)
        out.append(line)
    return out


def test_xlsx(room):
    room.demo()
    book = parts(report(room, "xlsx"))
    sheets = sorted((n for n in book if re.match(r"xl/worksheets/sheet\d+\.xml", n)),
                    key=lambda n: int(re.search(r"\d+", n).group(0)))
    check(len(sheets) >= 8, "sheets", sheets)
    want = figures(room)
    rows = {r["A"]: r for r in cells(book, sheets[1])[1:]}
    same(rows["Өткізілген іс-шаралар"]["C"], float(want["events_total"]["value"]), "events")
    same(rows["Бірлестіктердегі мүшелік"]["C"], float(want["eca_members"]["value"]), "memberships")
    same(rows["Бірегей қатысушылар"]["B"], "Уникальные участники", "labels in both languages")
    names = re.findall('<sheet name="([^"]*)"', book["xl/workbook.xml"].decode())
    check({"Қайырымдылық", "Көмек штабы"} <= set(names), "sheets of charity and relief", names)
    quarters = cells(book, sheets[names.index("Тоқсандар бойынша іс-шаралар")])[1:]
    same(sum(r["C"] for r in quarters), float(want["events_total"]["value"]), "quarters add up")


def test_html(room):
    room.demo()
    value = figures(room)["events_total"]["value"]
    for lang, word in (("kk", f"{value} іс-шара өткізілді"), ("ru", f"проведено {value} мероприятий"),
                       ("en", f"{value} events were held")):
        text = report(room, "html", "--lang", lang).decode()
        check(text.startswith("<!DOCTYPE html>") and text.count("<h1>") == 1, lang, text[:200])
        check(word in text, lang, word)
        check("href=" not in text and "src=" not in text, "nothing leads out of the file")
        check("<title id=" in text and "<desc id=" in text, "charts have titles")


def test_refusals(room):
    room.demo()
    for options in (("--format", "pdf"), (), ("--format", "docx", "--period", "2024-13"),
                    ("--format", "docx", "--period", "2030"), ("--format", "docx", "--body", "nowhere"),
                    ("--format", "xlsx", "--signer", "0x"), ("--format", "docx", "word"),
                    ("--format", "html", "--lang", "de")):
        p = room.run("report", *options)
        same((p.returncode, p.stdout), (2, b""), f"{options}")
    p = room.run("report", "--format", "docx", "--out", room.dir + "/none/r.docx")
    same(p.returncode, 3, "a folder that is not there")
    room.out("report", "--format", "docx", "--out", room.dir + "/r.docx")
    with open(room.dir + "/r.docx", "rb") as f:
        parts(f.read())


if __name__ == "__main__":
    house.main([f for n, f in list(globals().items()) if n.startswith("test_")])
